"""Who comes, who is here, and how it went."""

from dataclasses import replace

import pytest

from bot.domain.errors import Refused, RefusedFields, Stale
from bot.domain.sessions import Presence, SessionState
from bot.features.sessions import handlers
from bot.slack.replies import Edit, Modal, Reply, ShowHome
from bot.store.messages import Place
from tests.builders import an_id
from tests.features.answers import chosen, picked_people

AGENDA, THREAD, WRAPUP = "1772500000.000100", "1772719200.000100", "1772722800.000100"


@pytest.fixture
async def session(store, team, oak, sessions_of):
    """The first one, with its three messages posted."""
    first = (await sessions_of(oak))[0]
    async with store.open_work(team) as work:
        for kind, ts in (("agenda", AGENDA), ("thread", THREAD), ("wrapup", WRAPUP)):
            await work.messages.remember(f"sessions.{kind}", str(first.id), Place(oak.channel, ts))
    return first


@pytest.fixture
def open_now(store, team, session, clock):
    async def opened():
        clock.to(session.starts)
        async with store.open_work(team) as work:
            await work.sessions.save(replace(session, state=SessionState.OPEN, look_at=session.ends))
            return await work.sessions.get(session.id)

    return opened


@pytest.fixture
def presence(store, team, session):
    async def read():
        async with store.open_view(team) as work:
            return (await work.sessions.get(session.id)).presence

    return read


async def test_a_tap_is_kept_and_seen_in_the_agenda(deps, session, clicked, presence):
    (edit,) = await handlers.coming(clicked(session=session.id), deps)
    assert await presence() == {an_id("Ana"): Presence.COMING}
    assert isinstance(edit, Edit) and edit.ts == AGENDA
    assert "*Coming:* <@U0ANA>" in str(edit.message.blocks)


async def test_the_last_tap_counts(deps, session, clicked, presence):
    await handlers.coming(clicked(session=session.id), deps)
    await handlers.coming(clicked(session=session.id), deps)
    (edit,) = await handlers.away(clicked(session=session.id), deps)
    assert await presence() == {an_id("Ana"): Presence.AWAY}
    assert "*Away:* <@U0ANA>" in str(edit.message.blocks)


async def test_a_tap_at_home_draws_home_too(deps, session, clicked):
    home, edit = await handlers.coming(clicked(session=session.id, home=True), deps)
    assert isinstance(home, ShowHome) and edit.ts == AGENDA


async def test_a_click_in_a_message_of_unknown_fate_tells_where_it_stands(deps, team, oak, sessions_of, clicked):
    first = (await sessions_of(oak))[0]
    (edit,) = await handlers.coming(clicked(session=first.id, channel=oak.channel, message="1772500009.000100"), deps)
    assert (edit.channel, edit.ts) == (oak.channel, "1772500009.000100")
    assert await handlers.coming(clicked(session=first.id), deps) == ()


async def test_only_members_are_counted(deps, session, clicked, presence):
    for who in ("Eve", "Lea"):
        with pytest.raises(Refused, match="not a member"):
            await handlers.coming(clicked(who, session=session.id), deps)
    assert await presence() == {}


async def test_nobody_is_here_before_it_begins(deps, session, clicked, open_now, presence):
    with pytest.raises(Refused, match="has not begun"):
        await handlers.here(clicked(session=session.id), deps)
    await open_now()
    (edit,) = await handlers.here(clicked(session=session.id), deps)
    assert edit.ts == THREAD and "Here: <@U0ANA>" in str(edit.message.blocks)
    assert await presence() == {an_id("Ana"): Presence.PRESENT}


@pytest.mark.parametrize(("handler", "outcome"), [(handlers.held, "held"), (handlers.partly, "partly")])
async def test_held_opens_the_notes_and_counts_who_said_they_would_come(
    deps, team, session, clicked, open_now, presence, promised, handler, outcome
):
    await handlers.coming(clicked("Bo", session=session.id), deps)
    await handlers.away(clicked("Dee", session=session.id), deps)
    await open_now()
    modal, edit = await handler(clicked(session=session.id), deps)
    assert isinstance(modal, Modal) and edit.ts == WRAPUP
    async with deps.store.open_view(team) as work:
        assert (await work.sessions.get(session.id)).state.value == outcome
    assert await presence() == {
        an_id("Ana"): Presence.PRESENT,
        an_id("Bo"): Presence.PRESENT,
        an_id("Dee"): Presence.AWAY,
    }
    assert {letter.to for letter in await promised("sessions.commit")} == {
        an_id(name) for name in ("Ana", "Bo", "Chi", "Dee")
    }


async def test_a_second_answer_corrects_the_first_and_reminds_nobody_twice(
    deps, team, session, clicked, open_now, promised
):
    await open_now()
    await handlers.held(clicked(session=session.id), deps)
    await handlers.held(clicked("Bo", session=session.id), deps)
    assert len(await promised("sessions.commit")) == 4
    await handlers.not_held(clicked("Chi", session=session.id), deps)
    async with deps.store.open_view(team) as work:
        assert (await work.sessions.get(session.id)).state is SessionState.NOT_HELD
        outcomes = [(entry.by, entry.details["outcome"]) for entry in await work.audit.latest(3)]
    assert outcomes == [(an_id("Chi"), "not_held"), (an_id("Bo"), "held"), (an_id("Ana"), "held")]


async def test_how_it_went_cannot_be_said_before_or_by_others(deps, session, clicked, open_now):
    with pytest.raises(Refused, match="has not begun"):
        await handlers.held(clicked(session=session.id), deps)
    await open_now()
    for attempt in (handlers.held, handlers.not_held, handlers.open_notes):
        with pytest.raises(Refused, match="Only members"):
            await attempt(clicked("Eve", session=session.id), deps)


@pytest.fixture
def noting(submitted, session):
    def submission(version, who="Ana", **changed):
        answers = {
            "outcome": chosen("held"),
            "there": picked_people(an_id("Ana"), an_id("Bo"), an_id("Eve")),
            "decisions": "We meet in the garden.",
            "parked": "Who asks Miriam?",
        }
        notes = {"session": session.id, "version": version}
        return submitted("sessions.notes", who, notes, **{**answers, **changed})

    return submission


async def test_notes_are_kept_and_shown_in_the_thread(deps, team, session, clicked, open_now, noting, presence):
    await handlers.away(clicked("Dee", session=session.id), deps)
    opened = await open_now()
    reply, edit = await handlers.keep_notes(noting(opened.version), deps)
    assert isinstance(reply, Reply) and "kept" in reply.message.text
    assert edit.ts == WRAPUP and "We meet in the garden." in str(edit.message.blocks)
    async with deps.store.open_view(team) as work:
        kept = await work.sessions.get(session.id)
        rows = (await work.connection.exec_driver_sql("SELECT decisions, parked FROM sessions")).all()
    assert (kept.state, kept.decisions, kept.parked) == (
        SessionState.HELD,
        "We meet in the garden.",
        "Who asks Miriam?",
    )
    assert "garden" not in str(rows) and "Miriam" not in str(rows), "sealed in the database"
    assert await presence() == {
        an_id("Ana"): Presence.PRESENT,
        an_id("Bo"): Presence.PRESENT,
        an_id("Chi"): Presence.MISSED,
        an_id("Dee"): Presence.AWAY,
    }, "who is not in the circle is not counted"


async def test_notes_written_on_an_older_state_are_stale(deps, session, open_now, noting):
    opened = await open_now()
    await handlers.keep_notes(noting(opened.version), deps)
    with pytest.raises(Stale):
        await handlers.keep_notes(noting(opened.version, "Bo"), deps)


@pytest.mark.parametrize(
    ("block", "value"), [("outcome", chosen("cancelled")), ("decisions", "x" * 2001), ("parked", "😀" * 3000)]
)
async def test_notes_that_cannot_be_are_refused_under_their_field(deps, open_now, noting, block, value):
    opened = await open_now()
    with pytest.raises(RefusedFields) as refused:
        await handlers.keep_notes(noting(opened.version, **{block: value}), deps)
    assert set(refused.value.fields) == {block}


async def test_a_session_settled_by_itself_can_still_be_corrected(deps, team, session, clicked, open_now, clock):
    opened = await open_now()
    async with deps.store.open_work(team) as work:
        await work.sessions.save(replace(opened, state=SessionState.NOT_HELD, look_at=None))
    clock.forward(days=2)
    await handlers.held(clicked(session=session.id), deps)
    async with deps.store.open_view(team) as work:
        assert (await work.sessions.get(session.id)).state is SessionState.HELD
