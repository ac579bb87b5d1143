"""Manners in delivery: on the real store, through a Slack on loopback."""

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot import courtesy
from bot.domain import manners
from bot.domain.ids import MemberId
from bot.domain.manners import Manner, Own, Topic
from bot.domain.programs import Rules
from bot.feature import LetterKind, Moot, Send
from bot.jobs.deliver import Deliverer
from bot.jobs.manners import Placing
from bot.slack import blocks
from bot.slack.blocks import Message
from bot.slack.gateway import Gateway
from bot.store.agenda import next_moment
from bot.store.leases import Pace
from bot.store.outbox import State
from bot.store.unit_of_work import inside_work
from tests.builders import a_member, saved_program
from tests.jobs.conftest import ANA, BO, Desk
from tests.jobs.loopback import DirectSlack

NUDGE, REPLY = "test.nudge", "test.reply"
THURSDAY = datetime(2026, 3, 5, 8, tzinfo=UTC)
"""Nine in Berlin, in the week that the tests begin in."""


def spoken(desk: Desk):
    """Each letter is one section and one primary button, unless the test says otherwise."""

    async def compose(work, letter, now):
        outcome = desk.outcomes.get(letter.subject)
        if outcome is not None:
            return outcome
        button = blocks.button("Do it", f"test.do:{letter.subject}", style="primary")
        return Send(Message(letter.subject, [blocks.section(f"*{letter.subject}*"), blocks.actions(button)]))

    return {
        NUDGE: LetterKind(NUDGE, compose, Manner.NUDGE, Topic.CHECKINS, deadline="it is over"),
        REPLY: LetterKind(REPLY, compose, Manner.REPLY),
    }


@pytest.fixture
def kinds(desk: Desk):
    found = spoken(desk)
    desk.store.place = Placing(found, desk.clock.now).place
    return found


@pytest.fixture
def deliver(desk: Desk, kinds):
    """Whatever may go now, goes, however long the conversation has to rest in between."""

    async def run() -> list[str]:
        before = len(desk.slack.posts)
        for _turn in range(12):
            await Deliverer(desk.deps, kinds, terms=desk.terms).deliver_once()
            desk.clock.forward(seconds=2)
        return [post.text for post in desk.slack.posts[before:]]

    return run


async def promise(desk: Desk, *subjects: str, kind: str = NUDGE, to: str = ANA, **more):
    async with desk.store.open_work(desk.team) as work:
        for subject in subjects:
            await work.outbox.add(kind, subject, to=to, **{"due": desk.clock.now(), **more})


async def settings(desk: Desk, **own):
    async with desk.store.open_work(desk.team) as work:
        await work.settings.save(ANA, Own(**own))


def blocks_of(desk: Desk, method: str = "chat.postMessage") -> list[dict]:
    return desk.slack.called(method)[-1]["blocks"]


def buttons(shown: list[dict]) -> list[dict]:
    return [one for block in shown if block["type"] == "actions" for one in block["elements"]]


async def test_at_night_it_is_put_off_when_promised_and_says_why(desk, kinds, deliver):
    desk.clock.forward(hours=12)
    await promise(desk, "one")
    standing = await desk.standing("one")
    assert standing.why == "quiet hours until Tuesday 3 March at 09:00, Berlin time"
    assert await deliver() == []
    desk.clock.to(standing.letter.due)
    assert await deliver() == ["one"]


async def test_what_changed_since_the_promise_is_asked_again_when_its_time_comes(desk, kinds, deliver):
    await promise(desk, "one", due=desk.clock.now() + timedelta(hours=1))
    await settings(desk, opens=time(14), closes=time(20), muted=frozenset())
    desk.clock.forward(hours=1)
    assert await deliver() == []
    assert "quiet hours until Monday 2 March at 14:00" in (await desk.standing("one")).why
    await settings(desk, muted=frozenset({Topic.CHECKINS}))
    desk.clock.forward(hours=5)
    assert await deliver() == []
    assert (await desk.standing("one")).error == "they turned these off"


async def test_two_go_alone_and_the_rest_in_one_message_on_thursday(desk, kinds, deliver):
    await promise(desk, "one", "two", "three", "four", "five")
    assert await deliver() == ["one", "two"]
    assert (await desk.standing("four")).why == "in Thursday's digest"
    assert buttons(blocks_of(desk))[-1]["text"]["text"] == "Fewer of these"
    desk.outcomes["four"] = Moot("done")
    desk.clock.to(THURSDAY)
    [said] = await deliver()
    assert said.startswith("2 things for you this week")
    shown = blocks_of(desk)
    assert [one.get("style") for one in buttons(shown)] == ["primary", None, None]
    states = [await desk.state(word) for word in ("one", "two", "three", "four", "five")]
    assert states == [State.SENT, State.SENT, State.SENT, State.MOOT, State.CARRIED]
    async with desk.store.open_view(desk.team) as work:
        assert await work.outbox.where_went([f"{NUDGE}:three"]) == {}
        assert set(await work.outbox.where_went([f"{NUDGE}:one"])) == {f"{NUDGE}:one"}


async def test_what_cannot_wait_for_the_next_week_is_added_to_the_digest(desk, kinds, deliver):
    await promise(desk, "one", "two", "three")
    await deliver()
    desk.clock.to(THURSDAY)
    assert await deliver() == ["three"]
    monday = desk.clock.now() + timedelta(days=4)
    await promise(desk, "late", expires=monday)
    await promise(desk, "later", expires=monday + timedelta(days=4))
    assert await deliver() == []
    assert (await desk.state("late"), await desk.state("later")) == (State.SENT, State.PENDING)
    assert (await desk.standing("late")).place == (await desk.standing("three")).place
    sections = [block["text"]["text"] for block in blocks_of(desk, "chat.update") if block["type"] == "section"]
    assert sections == ["*2 things for you this week, in one message.*", "*three*", "*late*"]
    assert (await desk.standing("later")).why.startswith("3 this week is enough; until Monday 9 March at 09:00")


async def test_a_digest_that_fails_is_put_together_anew(desk, kinds, deliver):
    await promise(desk, "one", "two", "three", "four")
    await deliver()
    desk.clock.to(THURSDAY)
    desk.slack.faults["chat.postMessage"] = ["fatal_error"]
    await Deliverer(desk.deps, kinds, terms=desk.terms).deliver_once()
    desk.outcomes["three"] = Moot("done")
    desk.clock.forward(hours=1)
    assert await deliver() == ["four"]
    assert (await desk.state("three"), await desk.state("four")) == (State.MOOT, State.SENT)


async def test_what_was_to_go_with_one_that_is_over_goes_by_itself(desk, kinds, deliver):
    await promise(desk, "one", "two")
    await promise(desk, "three", expires=THURSDAY + timedelta(hours=3))
    await promise(desk, "four")
    await deliver()
    desk.clock.to(THURSDAY)
    desk.slack.faults["chat.postMessage"] = ["429:7200"]
    await Deliverer(desk.deps, kinds, terms=desk.terms).deliver_once()
    assert (await desk.state("three"), await desk.state("four")) == (State.PENDING, State.CARRIED)
    desk.clock.forward(hours=4)
    assert await deliver() == ["four"]
    assert (await desk.state("three"), await desk.state("four")) == (State.EXPIRED, State.SENT)


async def test_a_lost_answer_is_found_by_the_key_of_any_part(desk, kinds, deliver):
    await promise(desk, "one", "two", "three", "four")
    await deliver()
    desk.clock.to(THURSDAY)
    desk.slack.faults["chat.postMessage"] = ["cut-after"]
    await Deliverer(desk.deps, kinds, terms=desk.terms).deliver_once()
    desk.clock.forward(minutes=30)
    await deliver()
    assert (await desk.state("three"), await desk.state("four")) == (State.SENT, State.CARRIED)
    assert len(desk.slack.texts("D0ANA")) == 3


async def test_the_program_sets_hours_weeks_off_and_how_many(desk, kinds, deliver):
    async with desk.store.open_work(desk.team) as work:
        rules = Rules(write_from="11:00", weekly_messages=1, weeks_off=("2026-03-02",))
        await saved_program(work, rules=rules)
    await promise(desk, "one", "two")
    assert (await desk.standing("one")).why == "a week off until Monday 9 March at 11:00, Berlin time"
    desk.clock.to(datetime(2026, 3, 12, 10, tzinfo=UTC))
    assert len(await deliver()) == 1
    assert await desk.state("two") is State.CARRIED


async def test_who_has_left_or_is_on_a_break_hears_nothing(desk, kinds, deliver):
    async with desk.store.open_work(desk.team) as work:
        await work.members.save(a_member("Ana", paused_until=desk.clock.now() + timedelta(days=3)))
        await work.members.save(a_member("Bo", left=True))
    await promise(desk, "away")
    await promise(desk, "gone", to=BO)
    await promise(desk, "answer", kind=REPLY)
    assert await deliver() == []
    assert [(await desk.standing(word)).error for word in ("away", "gone")] == [
        "they are on a break",
        "they have left",
    ]
    assert "their break" in (await desk.standing("answer")).why


ZONES = ("Europe/Lisbon", "America/Los_Angeles", "Asia/Kathmandu", "Pacific/Auckland")
PEOPLE = [MemberId(f"U0P{number}") for number in range(len(ZONES))]
WEEKS = 12


@pytest.mark.parametrize("seed", [1, 2])
async def test_over_twelve_weeks_nobody_hears_too_much_and_nothing_with_a_deadline_is_lost(desk, kinds, seed):
    """The property of `domain.manners`, on the real store: letters at random, delivered whenever something is due."""
    dice = random.Random(seed)
    async with desk.store.open_work(desk.team) as work:
        for number, member in enumerate(PEOPLE):
            await work.members.save(replace(a_member("Ana"), id=member, zone=ZONES[number]))
            await work.settings.save(member, Own(weekly=dice.choice([None, 1, 2])))
    promised = sorted(
        (desk.clock.now() + timedelta(hours=dice.randrange(WEEKS * 168)), dice.choice(PEOPLE), dice.choice((0, 1, 4)))
        for _ in range(160)
    )
    slack = Gateway(lambda _team: DirectSlack(desk.slack), inside_work)
    deliverer = Deliverer(replace(desk.deps, slack=slack), kinds, terms=desk.terms)
    for number, (moment, member, days) in enumerate(promised):
        await _until(desk, deliverer, moment)
        expires = moment + timedelta(days=days) if days else None
        await promise(desk, f"n{number}", to=member, expires=expires)
    await _until(desk, deliverer, desk.clock.now() + timedelta(weeks=12))
    await _check(desk, promised)


async def _until(desk, deliverer, moment):
    while True:
        await deliverer.deliver_once()
        async with desk.store.transaction(read_only=True) as connection:
            coming = await next_moment(connection, desk.clock.now(), Pace())
        if coming is None or coming > moment:
            desk.clock.to(max(moment, desk.clock.now()))
            return
        desk.clock.to(coming)


async def _check(desk, promised):
    counted = Counter()
    async with desk.store.open_view(desk.team) as work:
        every = {one.letter.subject: one for one in await work.outbox.standing(limit=1000)}
        caps = {member: (await work.settings.of(member)).weekly or 3 for member in PEOPLE}
        hours = await courtesy.hours(work, PEOPLE)
    for post in desk.slack.posts:
        member = MemberId("U" + post.channel[1:])
        assert hours[member].is_open(post.at)
        counted[member, manners.week_of(post.at, hours[member].zone)] += 1
    assert all(count <= caps[member] for (member, _week), count in counted.items())
    for number, (moment, member, days) in enumerate(promised):
        standing = every[f"n{number}"]
        if standing.state not in (State.SENT, State.CARRIED):
            chance = hours[member].next_open(moment)
            assert days and chance >= moment + timedelta(days=days), standing
