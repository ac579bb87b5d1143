"""Members and circles that move to another zone, with the letters, nudges and events of the whole bot.

The walk goes from one moment at which something is due to the next, through a Slack on loopback.
"""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.domain import reminders, when
from bot.domain.ids import MemberId
from bot.domain.manners import NOWHERE, Own
from bot.features.onboarding import handlers
from bot.jobs.deliver import Deliverer
from bot.jobs.manners import Placing
from bot.jobs.nudge import Nudges
from bot.repertoire import FEATURES
from bot.slack.gateway import Gateway
from bot.slack.requests import Event
from bot.store.agenda import next_moment
from bot.store.leases import Pace
from bot.store.outbox import State
from bot.store.unit_of_work import inside_work
from tests.builders import ZONE, saved_circle, saved_commitment, saved_member, saved_program
from tests.jobs.conftest import ANA, Desk
from tests.jobs.loopback import DirectSlack

KINDS = {letter.kind: letter for feature in FEATURES for letter in feature.letters}
MONDAYS = {
    "forth in Los Angeles": date(2026, 3, 9),
    "forth in Berlin": date(2026, 3, 30),
    "back in Berlin": date(2026, 10, 26),
    "back in Los Angeles": date(2026, 11, 2),
}
"""The morning after clocks moved, by which way and where."""
OTHERS = ("Asia/Tokyo", "America/Los_Angeles", "Pacific/Auckland", "Pacific/Pago_Pago")
WAYS = [(ZONE, other) for other in OTHERS] + [(other, ZONE) for other in OTHERS]


class Walk:
    """The nudges of these features and all letters, from moment to moment."""

    def __init__(self, desk: Desk, *names: str) -> None:
        features = [feature for feature in FEATURES if feature.name in names]
        assert len(features) == len(names)
        self.desk = desk
        self.deps = replace(desk.deps, slack=Gateway(lambda _team: DirectSlack(desk.slack), inside_work))
        desk.store.place = Placing(KINDS, desk.clock.now).place
        self._nudges = Nudges(self.deps, features)
        self._deliverer = Deliverer(self.deps, KINDS, terms=desk.terms)

    async def to(self, moment: datetime) -> None:
        clock = self.desk.clock
        while True:
            await self._nudges.run_once()
            await self._deliverer.deliver_once()
            async with self.desk.store.transaction(read_only=True) as connection:
                coming = await next_moment(connection, clock.now(), Pace())
            ahead = [at for at in (self._nudges.later, coming) if at is not None]
            coming = max(min(ahead, default=moment), clock.now() + timedelta(seconds=1))
            if coming > moment:
                clock.to(moment)
                return
            clock.to(coming)

    async def went(self, *kinds: str) -> list[tuple[str, datetime]]:
        """When letters of these kinds went, in order; none may have ended any other way or wait any more."""
        async with self.desk.store.open_view(self.desk.team) as work:
            every = [one for one in await work.outbox.standing(limit=1000) if one.letter.kind in kinds]
        for one in every:
            assert one.state is State.SENT, one
        return sorted(((one.letter.key, one.done) for one in every), key=lambda went: went[1])


async def move_house(walk: Walk, zone: str, who: MemberId = ANA) -> None:
    """As Slack tells it."""
    person = {"id": who, "tz": zone, "profile": {"display_name": "Ana"}}
    event = Event(walk.desk.team, who, "user_change", {"type": "user_change", "user": person})
    await handlers.keep_up(event, walk.deps)


@pytest.mark.parametrize("monday", MONDAYS.values(), ids=MONDAYS)
@pytest.mark.parametrize(("before", "after"), WAYS)
async def test_who_moves_hears_once_on_the_morning_there(desk, before, after, monday):
    """The last reminder of a commitment for Wednesday, on Monday morning; they move some hours before it was due."""
    walk = Walk(desk, "commitments")
    hours = random.Random(f"{before} {after} {monday}").choice((3, 15, 23, 40))
    there, here = (when.to_utc(monday, when.MORNING, zone) for zone in (before, after))
    async with desk.store.open_work(desk.team) as work:
        await saved_member(work, "Ana", zone=before)
        # The Monday is a holiday in New Zealand, which would put the letter off by a day.
        await work.settings.save(ANA, Own(country=NOWHERE))
        program = await saved_program(work)
        circle = await saved_circle(work, program=program.id, channel=None)
    desk.clock.to(there - timedelta(days=10))
    async with desk.store.open_work(desk.team) as work:
        made = await saved_commitment(
            work, "Ana", by=monday + timedelta(days=2), circle=circle.id, made_at=desk.clock.now()
        )
        await work.commitments.promise(reminders.waiting([made], reminders.Place(before)))
    await walk.to(there - timedelta(hours=hours))
    moves = desk.clock.now()
    await move_house(walk, after)
    await walk.to(max(there, here) + timedelta(days=4))
    [(key, at)] = await walk.went("commitments.reminder")
    assert key == f"commitments.reminder:{made.id}:{monday}"
    expected = here if here > moves else None
    if expected:
        assert timedelta() <= at - expected < timedelta(seconds=10)
    else:
        assert at >= moves and not when.is_quiet(at, after)
