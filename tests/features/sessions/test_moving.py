"""The plan of a circle: looked at, moved, left out, brought back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.circles import CircleState
from bot.domain.errors import Gone, Refused, RefusedFields, Stale
from bot.domain.sessions import Presence, SessionState
from bot.feature import Moot, Send
from bot.features.sessions import handlers, letters
from bot.slack.replies import Modal, Reply, Turn
from bot.slack.requests import Command
from tests.builders import an_id, saved_circle
from tests.clock import START

TUESDAY = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


def moment(at):
    return {"selected_date_time": int(at.timestamp())}


@pytest.fixture
def moving(submitted):
    def submission(session, to=TUESDAY, who="Ana", **changed):
        notes = {"session": session.id, "version": session.version} | changed
        return submitted("sessions.move", who, notes, to=moment(to))

    return submission


async def composed(store, team, clock, letter, compose):
    async with store.open_work(team) as work:
        return await compose(work, letter, clock.now())


async def test_the_plan_opens_for_the_only_circle(deps, team, oak):
    opened = await handlers.open_schedule(Command(team, an_id("Ana")), deps)
    assert isinstance(opened, Modal)
    assert str(opened.view).count("'sessions.move:") == 6


async def test_with_several_circles_it_asks_which_or_takes_the_name(deps, team, oak):
    async with deps.store.open_work(team) as work:
        await saved_circle(work, "Ana", name="Elm", channel="C0ELM")
    asked = await handlers.open_schedule(Command(team, an_id("Ana")), deps)
    assert isinstance(asked, Reply) and "Which circle" in asked.message.text
    named = await handlers.open_schedule(Command(team, an_id("Ana"), words="elm"), deps)
    assert isinstance(named, Modal) and "Elm" in str(named.view)
    with pytest.raises(Refused, match="no circle of that name"):
        await handlers.open_schedule(Command(team, an_id("Ana"), words="<!channel>"), deps)


async def test_without_a_circle_it_says_where_to_find_one(deps, team, oak):
    with pytest.raises(Refused, match="circle join"):
        await handlers.open_schedule(Command(team, an_id("Eve")), deps)


async def test_others_see_the_plan_without_its_buttons(deps, team, oak, clicked):
    shown = await handlers.open_schedule_by_button(clicked("Eve", circle=oak.id), deps)
    assert "sessions.move" not in str(shown.view)
    led = await handlers.open_schedule_by_button(clicked("Lea", circle=oak.id), deps)
    assert "sessions.move" in str(led.view)


async def test_a_move_is_saved_told_once_and_audited(deps, team, oak, moving, sessions_of, promised, clock):
    first = (await sessions_of(oak))[0]
    turned, _home = await handlers.move(moving(first), deps)
    assert isinstance(turned, Turn) and "Sessions and dates" in str(turned.view)
    after = next(session for session in await sessions_of(oak) if session.id == first.id)
    assert (after.starts, after.moved_by, after.planned_for) == (TUESDAY, an_id("Ana"), first.planned_for)
    (letter,) = await promised("sessions.moved")
    assert letter.to == oak.channel
    outcome = await composed(deps.store, team, clock, letter, letters.moved)
    assert isinstance(outcome, Send) and "moved to" in outcome.message.text
    async with deps.store.open_view(team) as work:
        entry = (await work.audit.latest())[0]
    assert (entry.by, entry.act, entry.details["to"]) == (an_id("Ana"), "session.moved", TUESDAY.isoformat())


async def test_the_same_form_sent_twice_moves_once(deps, oak, moving, sessions_of, promised):
    first = (await sessions_of(oak))[0]
    await handlers.move(moving(first), deps)
    with pytest.raises(RefusedFields):
        await handlers.move(moving(first), deps)
    assert len(await promised("sessions.moved")) == 1


async def test_a_form_opened_before_somebody_else_moved_it_is_stale(deps, oak, moving, sessions_of):
    first = (await sessions_of(oak))[0]
    await handlers.move(moving(first, who="Bo"), deps)
    with pytest.raises(RefusedFields, match="changed this a moment ago"):
        await handlers.move(moving(first, TUESDAY + timedelta(days=1)), deps)


async def test_of_two_moves_only_the_last_is_told(deps, team, oak, moving, sessions_of, promised, clock):
    first = (await sessions_of(oak))[0]
    await handlers.move(moving(first), deps)
    again = next(session for session in await sessions_of(oak) if session.id == first.id)
    await handlers.move(moving(again, TUESDAY + timedelta(days=1)), deps)
    told = [
        await composed(deps.store, team, clock, letter, letters.moved) for letter in await promised("sessions.moved")
    ]
    assert isinstance(told[0], Moot) and isinstance(told[1], Send)


async def test_who_said_they_would_come_is_asked_again(deps, team, oak, moving, sessions_of):
    first = (await sessions_of(oak))[0]
    async with deps.store.open_work(team) as work:
        await work.sessions.mark(first.id, an_id("Bo"), Presence.COMING)
    await handlers.move(moving(first), deps)
    assert all(session.presence == {} for session in await sessions_of(oak))


@pytest.mark.parametrize("to", [START - timedelta(days=1), datetime(2026, 3, 10, 0, 30, tzinfo=UTC)])
async def test_a_time_that_cannot_be_is_refused_under_its_field(deps, oak, moving, sessions_of, to):
    first = (await sessions_of(oak))[0]
    with pytest.raises(RefusedFields) as refused:
        await handlers.move(moving(first, to), deps)
    assert set(refused.value.fields) == {"to"}


@pytest.mark.parametrize("answer", [{}, {"selected_date_time": -5}, {"selected_date_time": 99_999_999_999}])
async def test_no_time_or_an_impossible_one_is_asked_for_again(deps, oak, submitted, sessions_of, answer):
    first = (await sessions_of(oak))[0]
    notes = {"session": first.id, "version": first.version}
    with pytest.raises(RefusedFields, match="Choose a day"):
        await handlers.move(submitted("sessions.move", "Ana", notes, to=answer), deps)


async def test_somebody_else_cannot_move_or_leave_out(deps, oak, moving, sessions_of, clicked):
    first = (await sessions_of(oak))[0]
    for attempt in (
        handlers.open_move(clicked("Eve", session=first.id), deps),
        handlers.move(moving(first, who="Eve"), deps),
        handlers.skip(clicked("Eve", session=first.id, version=1), deps),
        handlers.restore(clicked("Eve", session=first.id, version=1), deps),
    ):
        with pytest.raises(Refused, match="Only members of this circle"):
            await attempt
    await handlers.move(moving(first, who="Lea"), deps)


async def test_a_session_is_left_out_and_brought_back(deps, team, oak, clicked, sessions_of, promised, clock):
    first = (await sessions_of(oak))[0]
    await handlers.skip(clicked(session=first.id, version=first.version), deps)
    out = next(session for session in await sessions_of(oak) if session.id == first.id)
    assert out.state is SessionState.SKIPPED
    assert len([session for session in await sessions_of(oak) if session.is_ahead]) == 6
    with pytest.raises(Refused, match="left out"):
        await handlers.skip(clicked(session=first.id, version=first.version), deps)
    await handlers.restore(clicked(session=first.id, version=out.version), deps)
    back = next(session for session in await sessions_of(oak) if session.id == first.id)
    assert back.state is SessionState.PLANNED and back.look_at is not None
    (left_out,), (brought_back,) = await promised("sessions.skipped"), await promised("sessions.restored")
    assert isinstance(await composed(deps.store, team, clock, left_out, letters.skipped), Moot)
    assert isinstance(await composed(deps.store, team, clock, brought_back, letters.restored), Send)


async def test_an_older_button_is_stale(deps, oak, clicked, sessions_of):
    first = (await sessions_of(oak))[0]
    with pytest.raises(Stale):
        await handlers.skip(clicked(session=first.id, version=7), deps)


async def test_nothing_is_changed_in_a_circle_that_ended(deps, team, oak, moving, sessions_of):
    first = (await sessions_of(oak))[0]
    async with deps.store.open_work(team) as work:
        await work.circles.save(replace(oak, state=CircleState.CLOSED))
    with pytest.raises(Refused, match="has ended"):
        await handlers.move(moving(first), deps)


async def test_a_forged_button_finds_nothing(deps, oak, clicked):
    with pytest.raises(Gone):
        await handlers.open_move(clicked(session=4711), deps)
    with pytest.raises(Refused, match="older message"):
        await handlers.open_move(clicked(session="1; drop"), deps)


async def test_another_workspaces_session_is_out_of_reach(deps, oak, clicked, sessions_of):
    first = (await sessions_of(oak))[0]
    with pytest.raises(Gone):
        await handlers.open_move(replace(clicked(session=first.id), team="T0OTHER"), deps)
