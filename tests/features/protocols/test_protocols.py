"""A circle chooses how it spends its sessions, all of them or one; a program has its own words."""

from dataclasses import replace

import pytest

from bot.domain.duties import Duty
from bot.domain.errors import Gone, Refused, RefusedFields, Stale
from bot.domain.protocols import as_text
from bot.domain.shipped import HOT_SEAT_60, PROTOCOLS, TEXTS
from bot.domain.templates import Change
from bot.feature import Moot, Send
from bot.features.copilot import texts
from bot.features.protocols import blocks, handlers, letters
from bot.features.protocols.flows import Choice
from bot.slack.payload import Payload
from bot.slack.replies import Modal, Reply
from bot.slack.requests import Click, Command, Submission, View
from tests.builders import a_circle, a_session, an_id, saved_circle, saved_lead, saved_member, saved_program
from tests.clock import START
from tests.features.answers import chosen, typed
from tests.letters import letters_of

OAK = a_circle(name="<!channel> & 😀", channel="C0OAK")


@pytest.fixture
async def oak(store, team, clock):
    async with store.open_work(team) as work:
        await saved_program(work)
        await saved_lead(work)
        await saved_member(work, "Eve")
        circle = await saved_circle(work)
        await work.sessions.plan_ahead(circle, clock.now())
        return await work.circles.get(circle.id)


@pytest.fixture
def now_of(store, team, oak):
    async def read():
        async with store.open_view(team) as work:
            circle = await work.circles.get(oak.id)
            return (
                circle,
                await work.sessions.of_circle(oak.id),
                await work.turns.ledger(circle, await work.sessions.of_circle(oak.id)),
            )

    return read


def form(team, key, who="Ana", **notes):
    view = View("V1", notes=Payload(notes))
    return Submission(team, an_id(who), view=view, answers=typed(protocol=chosen(key)))


def click(team, who="Ana", **parts):
    return Click(team, an_id(who), payload=Payload(parts))


async def test_all_sessions_to_come_go_by_it_and_take_as_long(deps, team, oak, now_of):
    await handlers.choose(form(team, "hot-seat-90", circle=oak.id, version=oak.version), deps)
    circle, sessions, ledger = await now_of()
    assert (circle.protocol, circle.minutes) == ("hot-seat-90", 90)
    assert {session.minutes for session in sessions} == {90}
    assert {meeting.chairs for meeting in ledger.meetings} == {2}
    with pytest.raises(Stale):
        await handlers.choose(form(team, "troika-60", circle=oak.id, version=oak.version), deps)


async def test_one_session_may_go_another_way_and_back(deps, team, oak, now_of):
    _circle, (first, *_rest), _ledger = await now_of()
    await handlers.choose(form(team, "async-48", session=first.id, version=first.version), deps)
    _circle, (first, second, *_), ledger = await now_of()
    assert (first.protocol, first.minutes, second.minutes) == ("async-48", 48 * 60, 60)
    await handlers.choose(form(team, "troika-60", circle=oak.id, version=oak.version), deps)
    _circle, (first, second, *_), ledger = await now_of()
    assert first.protocol == "async-48" and [meeting.chairs for meeting in ledger.meetings][:2] == [1, 0]
    await handlers.choose(form(team, "troika-60", session=first.id, version=first.version), deps)
    _circle, (first, *_), _ledger = await now_of()
    assert (first.protocol, first.minutes) == ("", 60)


async def test_in_writing_the_circles_own_length_stays(deps, team, oak, now_of):
    await handlers.choose(form(team, "async-48", circle=oak.id, version=oak.version), deps)
    circle, sessions, _ledger = await now_of()
    assert circle.minutes == 60 and {session.minutes for session in sessions} == {48 * 60}


async def test_only_who_may_and_only_what_there_is(deps, team, oak, clock, now_of):
    _circle, (first, *_), _ledger = await now_of()
    for ask in (handlers.open_choice_by_button(click(team, "Eve", circle=oak.id), deps),
                handlers.open_choice_by_button(click(team, "Eve", session=first.id), deps),
                handlers.choose(form(team, "troika-60", "Eve", circle=oak.id, version=oak.version), deps)):  # fmt: skip
        with pytest.raises(Refused, match="Only members"):
            await ask
    with pytest.raises(RefusedFields):
        await handlers.choose(form(team, "<!channel>", circle=oak.id, version=oak.version), deps)
    with pytest.raises(Gone):
        await handlers.open_choice_by_button(click(team, session=999), deps)
    clock.to(first.starts)
    with pytest.raises(Refused, match="has begun"):
        await handlers.choose(form(team, "troika-60", session=first.id, version=first.version), deps)


async def test_the_command_opens_it_and_asks_which_where_there_are_two(deps, store, team, oak):
    assert isinstance(await handlers.open_choice(Command(team, an_id("Ana")), deps), Modal)
    async with store.open_work(team) as work:
        await saved_circle(work, "Ana", "Bo", name="Elm")
    assert isinstance(await handlers.open_choice(Command(team, an_id("Ana")), deps), Reply)
    assert isinstance(await handlers.open_choice(Command(team, an_id("Ana"), words="el"), deps), Modal)
    for who, words in (("Ana", "ash"), ("Eve", "")):
        with pytest.raises(Refused):
            await handlers.open_choice(Command(team, an_id(who), words=words), deps)


async def test_the_circle_hears_of_it_once(deps, store, team, oak, now_of, clock):
    _circle, (first, *_), _ledger = await now_of()
    await handlers.choose(form(team, "troika-60", circle=oak.id, version=oak.version), deps)
    await handlers.choose(form(team, "case-clinic-90", session=first.id, version=first.version + 1), deps)
    both = await letters_of(store, team, kind="protocols.changed")
    async with store.open_work(team) as work:
        told = [await letters.changed(work, letter, clock.now()) for letter in both]
        await work.sessions.call_off(oak.id, clock.now())
        moot = await letters.changed(work, both[1], clock.now())
    assert [type(one) for one in told] == [Send, Send] and isinstance(moot, Moot)
    assert "Troika" in told[0].message.text and "Case clinic" in told[1].message.text


async def test_a_programs_own_words_and_minutes_are_what_counts(store, team, oak):
    own = (
        as_text(HOT_SEAT_60)
        .replace("5 minutes: Arrive", "4 minutes: Arrive")
        .replace("4 minutes: Close", "5 minutes: Close")
    )
    async with store.open_work(team) as work:
        assert await work.templates.protocol("hot-seat-60") == HOT_SEAT_60
        await work.templates.save(Change(TEXTS["hot-seat-60"].key, own, an_id("Lea"), START))
        protocol = await work.templates.protocol("hot-seat-60")
    assert [protocol.stages[0].minutes, protocol.stages[-1].minutes] == [4, 5]
    assert Duty.FACILITATOR in protocol.stages[0].lines


@pytest.mark.parametrize("protocol", PROTOCOLS, ids=lambda protocol: protocol.key)
def test_the_preview_for_leads(protocol, looks_right):
    looks_right({"type": "modal", "title": {"type": "plain_text", "text": "Preview"},
                 "blocks": texts.preview(as_text(protocol), protocol)})  # fmt: skip


def test_the_choice_for_all_sessions(looks_right):
    looks_right(blocks.choice(Choice(OAK, PROTOCOLS)))


def test_the_choice_for_one_session(looks_right):
    looks_right(blocks.choice(Choice(OAK, PROTOCOLS, replace(a_session(), protocol="troika-60"))))


def test_which_circles_protocol(looks_right):
    looks_right(blocks.which([OAK, a_circle(name="Elm")]))


def test_it_is_chosen(looks_right):
    looks_right(blocks.chosen(OAK, "troika-60"))


@pytest.mark.parametrize("session", [None, a_session()])
def test_the_circle_is_told(session, looks_right):
    looks_right(blocks.changed(OAK, "async-48", an_id("Ana"), session))
