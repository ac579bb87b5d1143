"""Feedback to the seat and the questions of later: private to the presenter, told to the circle by their tap alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.aftercare import ask_presenters
from bot.domain import when
from bot.domain.errors import Refused, RefusedFields
from bot.domain.hotseat import Turn
from bot.domain.sessions import SessionState
from bot.feature import Moot, Send
from bot.features.feedback import handlers
from bot.features.feedback.letters import LETTERS
from bot.slack.payload import Payload
from bot.slack.requests import Click, Submission, View
from bot.store.feedback import feedback, followups
from tests.builders import an_id, saved_circle, saved_member, saved_people, saved_program, saved_session
from tests.features.answers import typed
from tests.letters import letters_of

HOSTILE = "<!channel> \u202e \U0001f600 When you asked, I stopped."
CLEAN = "<!channel> 😀 When you asked, I stopped."
"""Without the mark that turns the direction."""


@pytest.fixture
async def oak(store, team, clock):
    """Ana had the seat, and the session was held."""
    async with store.open_work(team) as work:
        await saved_people(work, "Ana", "Bo", "Chi", "Dee")
        await saved_member(work, "Eve")
        program = await saved_program(work)
        circle = await saved_circle(work, program=program.id)
        session = await saved_session(work, circle=circle.id, state=SessionState.OPEN)
        await work.turns.record(session.id, Turn(session.id, (an_id("Ana"),), {}, None))
        clock.to(session.ends)
        held = replace(session, state=SessionState.HELD)
        await work.sessions.save(held)
        await ask_presenters(work, held, clock.now())
        return circle, await work.sessions.get(session.id)


@pytest.fixture
def compose(store, team, clock):
    async def run(letter):
        kinds = {kind.kind: kind.compose for kind in LETTERS}
        async with store.open_work(team) as work:
            return await kinds[letter.kind](work, letter, clock.now())

    return run


def click(team, session, who="Bo"):
    return Click(team, an_id(who), payload=Payload({"session": session.id}))


def form(team, session, who="Bo", to="", **answers):
    notes = {"session": session.id} | ({"to": an_id(to)} if to else {})
    return Submission(team, an_id(who), view=View("V1", notes=Payload(notes)), answers=typed(**answers))


def feedback_form(team, session, who="Bo", to="Ana", **changed):
    words = {"example": HOSTILE, "experiment": "Ask first."} | changed
    return form(team, session, who, to, **words)


async def test_it_comes_to_the_presenter_alone_together_and_in_their_own_hours(
    deps, store, team, oak, clock, compose
):
    _circle, session = oak
    clock.forward(minutes=20)
    for who in ("Bo", "Chi"):
        await handlers.give(feedback_form(team, session, who), deps)
    [letter] = await letters_of(store, team, kind="feedback.given")
    assert letter.to == an_id("Ana") and not when.is_quiet(letter.due, "Europe/Berlin")
    clock.to(letter.due)
    told = await compose(letter)
    assert isinstance(told, Send)
    shown = str(told.message.blocks)
    assert CLEAN in shown and shown.count("Ask first.") == 2


async def test_once_a_person_and_only_to_who_had_the_seat(deps, team, oak):
    _circle, session = oak
    await handlers.give(feedback_form(team, session), deps)
    for again, why in (
        (feedback_form(team, session), "given yours already"),
        (feedback_form(team, session, "Ana"), "had the seat yourself"),
        (feedback_form(team, session, "Eve"), "not a member"),
        (feedback_form(team, session, "Chi", to="Dee"), "had the seat"),
    ):
        with pytest.raises(Refused, match=why):
            await handlers.give(again, deps)
    for field in ("example", "experiment"):
        for text in ("", "x" * 3000):
            with pytest.raises(RefusedFields) as refused:
                await handlers.give(feedback_form(team, session, "Chi", **{field: text}), deps)
            assert set(refused.value.fields) == {field}
    with pytest.raises(Refused, match="not a member"):
        await handlers.open_give(click(team, session, "Eve"), deps)


async def test_a_session_that_did_not_take_place_gets_none(deps, store, team, oak):
    _circle, session = oak
    async with store.open_work(team) as work:
        await work.sessions.save(replace(session, state=SessionState.NOT_HELD))
    with pytest.raises(Refused, match="did not take place"):
        await handlers.open_give(click(team, session), deps)


async def test_a_week_and_a_month_later_the_presenter_is_asked_unless_it_is_told(
    deps, store, team, oak, clock, compose
):
    _circle, session = oak
    [week] = await letters_of(store, team, kind="feedback.week")
    [month] = await letters_of(store, team, kind="feedback.month")
    assert {week.to, month.to} == {an_id("Ana")}
    assert week.due >= session.ends + timedelta(days=7) and month.due >= session.ends + timedelta(days=30)
    clock.to(week.due)
    assert isinstance(await compose(week), Send)
    await handlers.happened(form(team, session, "Ana", text="I said no.", tell=[]), deps)
    assert isinstance(await compose(week), Moot)
    assert await letters_of(store, team, kind="feedback.told") == []
    clock.to(month.due)
    assert isinstance(await compose(month), Send)
    await handlers.settled(click(team, session, "Ana"), deps)
    await handlers.live(click(team, session, "Ana"), deps)
    assert isinstance(await compose(month), Moot)


async def test_an_unheld_session_asks_nothing_later(store, team, oak, compose):
    _circle, session = oak
    letters = [
        *await letters_of(store, team, kind="feedback.week"),
        *await letters_of(store, team, kind="feedback.month"),
    ]
    async with store.open_work(team) as work:
        await work.sessions.save(replace(session, state=SessionState.NOT_HELD))
    assert [type(await compose(letter)) for letter in letters] == [Moot, Moot]


async def test_the_circle_hears_by_the_presenters_tap_alone_and_the_last_word(deps, store, team, oak, compose):
    circle, session = oak
    await handlers.tell(form(team, session, "Ana", text="I try the question first."), deps)
    await handlers.happened(form(team, session, "Ana", text=HOSTILE, tell=["tell"]), deps)
    first, second = await letters_of(store, team, kind="feedback.told")
    assert first.to == circle.channel and isinstance(await compose(first), Moot)
    told = await compose(second)
    assert isinstance(told, Send) and CLEAN in str(told.message.blocks)


async def test_nobody_else_can_tell_or_see_it(deps, team, oak):
    _circle, session = oak
    for who in ("Bo", "Eve"):
        for act in (handlers.open_happened, handlers.open_tell, handlers.live, handlers.settled):
            with pytest.raises(Refused, match="Only who had the seat"):
                await act(click(team, session, who), deps)
        with pytest.raises(Refused, match="Only who had the seat"):
            await handlers.happened(form(team, session, who, text="x", tell=["tell"]), deps)


async def test_who_left_keeps_it_and_tells_nobody(deps, store, team, oak, clock):
    circle, session = oak
    async with store.open_work(team) as work:
        await work.circles.unseat(circle.id, an_id("Ana"), clock.now(), there=True)
    with pytest.raises(Refused, match="stays with you"):
        await handlers.happened(form(team, session, "Ana", text="x", tell=["tell"]), deps)
    await handlers.happened(form(team, session, "Ana", text="x", tell=[]), deps)


async def test_every_word_is_sealed(deps, store, team, oak):
    _circle, session = oak
    await handlers.give(feedback_form(team, session), deps)
    await handlers.happened(form(team, session, "Ana", text=HOSTILE, tell=["tell"]), deps)
    async with store.open_view(team) as work:
        for table in (feedback, followups):
            raw = (await work.connection.exec_driver_sql(f"SELECT * FROM {table.name}")).all()
            assert raw and "stopped" not in str(raw) and "Ask first" not in str(raw)
            assert (await work.connection.execute(select(table))).all()
