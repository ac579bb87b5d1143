"""Drafts a charter for a circle that has begun, reminds once of signing, and asks for a fresh look after a year."""

from datetime import datetime

from bot.domain import when
from bot.domain.charters import A_YEAR, Charter, drafted, renewed
from bot.domain.circles import Circle
from bot.domain.ids import CircleId
from bot.domain.programs import Rules
from bot.domain.sessions import BY_TAP
from bot.feature import Nudge, standing
from bot.features.charter.flows import post, remind_at
from bot.store.base import Earliest
from bot.store.charters import Due
from bot.store.unit_of_work import Work


@standing
def next_draft(work: Work) -> Earliest:
    return work.charters.earliest_missing()


@standing
def next_look(work: Work) -> Earliest:
    return work.charters.earliest_look()


async def draft(work: Work, now: datetime) -> None:
    """It is there at once, for who asks; it is posted at the circle's hour on the next working day."""
    found = await work.circles.named(await work.charters.missing())
    programs = {program.id: program for program in await work.programs.all()} if found else {}
    templates = await work.charters.templates_of(list(programs))
    for circle in found.values():
        program = programs.get(circle.program)
        template = templates[program.id].words if program else {}
        words = drafted(template, circle, program.rules if program else Rules())
        charter = Charter(circle.id, 1, words, BY_TAP, now)
        await work.charters.write(charter, due=Due.POST, look_at=_next_hour(circle, now))


def _next_hour(circle: Circle, now: datetime) -> datetime:
    day = when.working_days_after(when.local(now, circle.zone).date(), 1)
    return when.to_utc(day, max(circle.checkin_time, when.MORNING), circle.zone)


async def look(work: Work, now: datetime) -> None:
    due = dict(await work.charters.to_look_at(now))
    circles = await work.circles.named(due)
    for number, what in due.items():
        circle = circles.get(number)
        if circle is None or not circle.is_open:
            await work.charters.look_again(number, what, None)
        elif circle.is_alone:
            await work.charters.look_again(number, what, _next_hour(circle, now))
        else:
            await _do(work, circle, what, now)


async def _do(work: Work, circle: Circle, due: Due, now: datetime) -> None:
    charter = await work.charters.hold(circle.id)
    if charter is None:
        return
    match due:
        case Due.POST:
            await post(work, circle, charter, now)
            await work.charters.look_again(circle.id, Due.REMIND, remind_at(circle, now))
        case Due.REMIND:
            await _remind(work, circle, charter, now)
            await work.charters.look_again(circle.id, Due.REVISIT, charter.at + A_YEAR)
        case Due.REVISIT:
            again = renewed(charter, now)
            await work.charters.write(again, due=Due.REMIND, look_at=remind_at(circle, now))
            await post(work, circle, again, now)


async def _remind(work: Work, circle: Circle, charter: Charter, now: datetime) -> None:
    """Once for each version, in the hours of each."""
    unsigned = await work.members.named(charter.unsigned(circle.members))
    for member in sorted(unsigned.values(), key=lambda one: one.id):
        due = when.first_good_moment(now, member.tz)
        key = f"{charter.number}:{member.id}"
        await work.outbox.add("charter.remind", CircleId(circle.id), to=member.id, due=due, key=key)


NUDGES = (Nudge("charter.draft", draft, due=next_draft), Nudge("charter.look", look, due=next_look))
