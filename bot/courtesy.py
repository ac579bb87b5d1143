"""The manners of a workspace as its tables have them: the program's, and those of each reader."""

from collections.abc import Collection
from datetime import date

from bot.daysoff import holidays_of
from bot.domain.ids import MemberId
from bot.domain.manners import Hours, House, Reader, reader_of
from bot.domain.people import Member
from bot.domain.programs import Rules
from bot.store.unit_of_work import Work


async def house_of(work: Work) -> House:
    program = await work.programs.current()
    return House.of(program.rules if program else Rules())


async def readers(work: Work, who: Collection[MemberId]) -> dict[MemberId, tuple[Member, Reader]]:
    """Those of them who are known, each with how they want to be written to; two questions, however many there are."""
    if not who:
        return {}
    house = await house_of(work)
    return {
        number: (
            one.member,
            reader_of(one.member, one.own, house, location=one.location, days_off=holidays_of),
        )
        for number, one in (await work.settings.known(who)).items()
    }


async def hours(work: Work, who: Collection[MemberId]) -> dict[MemberId, Hours]:
    """When each of them may be written to."""
    return {number: reader.hours for number, (_member, reader) in (await readers(work, who)).items()}


def days_off(of: Hours) -> frozenset[date]:
    """Holidays and weeks off alike, for whoever counts working days."""
    return of.off | of.away
