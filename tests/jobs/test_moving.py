"""Members and circles that move to another zone, with the letters, nudges and events of the whole bot.

The walk goes from one moment at which something is due to the next, through a Slack on loopback.
"""

import random
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from bot.domain import reminders, when
from bot.domain.briefs import ask_at
from bot.domain.ids import MemberId
from bot.domain.manners import NOWHERE, Own
from bot.features.circles import flows
from bot.features.circles.form import Rhythm
from bot.features.onboarding import handlers
from bot.jobs.deliver import Deliverer
from bot.jobs.manners import Placing
from bot.jobs.nudge import Nudges
from bot.repertoire import FEATURES
from bot.slack.gateway import Gateway
from bot.slack.requests import Click, Event
from bot.store.agenda import next_moment
from bot.store.leases import Pace
from bot.store.outbox import State
from bot.store.unit_of_work import inside_work
from tests.builders import ZONE, a_rule, an_id, saved_circle, saved_commitment, saved_member, saved_program
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


# Circles


async def a_circle_on_the_way(desk: Desk, walk: Walk, zone: str, monday: date):
    """Meets on Thursdays at three, checks in on Mondays at ten; it has done so for two weeks when this Monday comes."""
    first = monday - timedelta(days=11)
    desk.clock.to(when.to_utc(first - timedelta(days=9), when.MORNING, zone))
    async with desk.store.open_work(desk.team) as work:
        for name in ("Ana", "Bo", "Chi", "Dee"):
            await saved_member(work, name, zone="Etc/UTC")
            await work.settings.save(an_id(name), Own(country=NOWHERE))
        program = await saved_program(work)
        rule = a_rule(zone=zone, starts=first, every=1)
        circle = await saved_circle(work, program=program.id, rule=rule, created=desk.clock.now().date())
        await work.sessions.plan_ahead(circle, desk.clock.now())
    return circle


@pytest.mark.parametrize("number", range(len(WAYS)))
async def test_a_circle_that_moves_takes_its_sessions_and_letters_along(desk, number):
    (before, after), monday = WAYS[number], list(MONDAYS.values())[number % len(MONDAYS)]
    walk = Walk(desk, "sessions", "hotseat", "checkins")
    circle = await a_circle_on_the_way(desk, walk, before, monday)
    # When the check-in of Monday is promised, or the brief for the session after next.
    await walk.to(when.to_utc(monday, time(10), before) - timedelta(hours=(5, 110, 20)[number % 3]))
    moves = desk.clock.now()
    today = when.local(moves, after).date()
    # Where a brief has been promised, the session it is for comes two weeks later than it would have, too.
    later = 14 if number % 3 == 1 else 0
    starts = today + timedelta(days=(3 - today.weekday()) % 7 + later)
    rhythm = Rhythm(replace(circle.rule, zone=after, starts=starts), circle.minutes)
    request = Click(desk.team, ANA)
    await flows.change_rhythm(request, flows.Seen(circle.id, circle.version), rhythm, walk.deps)
    await walk.to(moves + timedelta(days=21 + later))
    async with desk.store.open_view(desk.team) as work:
        sessions = [one for one in await work.sessions.of_circle(circle.id) if moves < one.starts < desk.clock.now()]
        every = await work.outbox.standing(limit=1000)
    letters = [one for one in every if one.letter.due <= desk.clock.now()]
    assert len(sessions) in (2, 3)
    for session in sessions:
        here = when.local(session.starts, after)
        assert (here.weekday(), here.time()) == (3, time(15))
        check_session(session, after, [one for one in letters if one.letter.subject == str(session.id)], moves)
    check_checkins([one for one in letters if one.letter.kind == "checkins.thread"], before, after, moves)


def check_session(session, zone, letters, moves):
    """One agenda for the time it has; one brief a presenter, and neither before its time unless the move came after."""
    key = session.starts.isoformat(timespec="minutes")
    agendas = [one for one in letters if one.letter.kind == "sessions.agenda"]
    [agenda] = [one for one in agendas if one.letter.key.endswith(key)]
    assert agenda.state is State.SENT
    day = when.working_days_before(when.local(session.starts, zone).date(), 2)
    assert agenda.done - max(moves, when.to_utc(day, time(10), zone)) < timedelta(days=4)
    assert agenda.done >= when.to_utc(day, time(10), zone)
    assert all(one.done <= moves or one.state is State.MOOT for one in agendas if one is not agenda)
    briefs = [one for one in letters if one.letter.kind == "hotseat.brief" and one.state is State.SENT]
    assert briefs
    for one in briefs:
        assert one.done <= moves or one.done >= ask_at(session.starts, zone, "Etc/UTC")
        assert one.done < session.starts - timedelta(days=1)
    assert all(one.state in (State.SENT, State.MOOT) for one in letters if one.letter.kind.startswith("hotseat"))


def check_checkins(threads, before, after, moves):
    """Every Monday at ten by the clock that holds, once; where that was over when they moved, at once."""
    weeks = []
    for one in threads:
        assert one.state is State.SENT
        zone = before if one.done <= moves else after
        here = when.local(one.done, zone)
        assert (here.weekday(), here.hour, here.minute) == (0, 10, 0) or one.done - moves < timedelta(minutes=1)
        weeks.append(when.week_of(when.local(one.done, zone).date()))
    assert len(weeks) >= 4
    assert sorted(set(weeks)) == sorted(weeks)
