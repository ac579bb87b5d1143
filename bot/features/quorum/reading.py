"""What is read for a quorum: who comes, who works when, and a question with what is needed to show it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.agenda import AgendaFacts
from bot.domain.ballots import Ballot, Tally, tally
from bot.domain.circles import Circle
from bot.domain.ids import MemberId, SessionId
from bot.domain.people import Availability
from bot.domain.programs import Rules
from bot.domain.quorum import Count, Hours, count
from bot.domain.sessions import Session
from bot.store.unit_of_work import Work


@dataclass(frozen=True)
class Asked:
    """A question about a session as its circle sees it."""

    ballot: Ballot
    session: Session
    circle: Circle
    counted: Count
    zones: tuple[str, ...]
    """Where its members are, so that a proposed time can be said in all of their hours."""

    @property
    def tally(self) -> Tally:
        return tally(self.ballot, self.counted.people)


async def asked_of(work: Work, ballot: Ballot) -> Asked:
    session = await work.sessions.get(SessionId(ballot.subject))
    circle = await work.circles.get(ballot.circle)
    people = await work.members.named(circle.members)
    zones = tuple(sorted({person.tz for person in people.values()}))
    return Asked(ballot, session, circle, await count_of(work, session, circle), zones)


async def count_of(work: Work, session: Session, circle: Circle) -> Count:
    people = await work.members.named(circle.members)
    paused = frozenset(person.id for person in people.values() if person.is_paused(session.starts))
    program = await work.programs.get(circle.program)
    return count(AgendaFacts(circle, session, paused=paused), (program.rules if program else Rules()).quorum_min)


async def hours_of(work: Work, members: Collection[MemberId]) -> Mapping[MemberId, Hours]:
    """When these people work: as they said in their profile, else from nine to five."""
    people = await work.members.named(members)
    profiles = await work.members.profiles_of(members)
    return {
        member: Hours(people[member].tz, profiles[member].availability if member in profiles else Availability())
        for member in members
        if member in people
    }


def occasion_of(starts: datetime) -> str:
    return starts.isoformat(timespec="minutes")
