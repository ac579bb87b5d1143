"""The agenda is built from what is known: who sits, what they ask, what was promised and parked, who is away."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.briefs import Boxes, Brief, sent
from bot.domain.commitments import Audience, Commitment, CommitmentState
from bot.domain.ids import CommitmentId, SessionId
from bot.domain.sessions import Presence, SessionState
from bot.feature import Moot, Send
from bot.features.sessions import letters, reading, said
from tests.builders import an_id, saved_session
from tests.clock import START

ANA, BO, CHI, DEE, EVE = (an_id(name) for name in ("Ana", "Bo", "Chi", "Dee", "Eve"))


@pytest.fixture
async def last_time(store, team, oak):
    """A session two weeks ago that was held."""
    async with store.open_work(team) as work:
        past = await saved_session(
            work,
            circle=oak.id,
            planned_for=date(2026, 2, 19),
            starts=START - timedelta(days=11),
            state=SessionState.HELD,
            parked="Who asks Miriam?",
        )
        for number, (owner, audience, state) in enumerate(
            (
                (CHI, Audience.CIRCLE, CommitmentState.OPEN),
                (BO, Audience.CIRCLE, CommitmentState.KEPT),
                (BO, Audience.ME, CommitmentState.OPEN),
                (EVE, Audience.CIRCLE, CommitmentState.OPEN),
            ),
            1,
        ):
            promise = Commitment(
                id=CommitmentId(0),
                owner=owner,
                circle=oak.id,
                session=past.id,
                slot=1 if number < 3 else 2,
                made_at=past.ends,
                will=f"Promise {number}",
                by=date(2026, 3, 4),
                audience=audience,
                state=state,
            )
            await work.commitments.add(promise)
        return past


@pytest.fixture
def facts(store, team, oak):
    async def read():
        async with store.open_view(team) as work:
            ahead = [session for session in await work.sessions.of_circle(oak.id) if session.is_ahead]
            return await reading.agenda_facts(work, ahead[0], await work.circles.get(oak.id))

    return read


async def test_it_reads_back_what_the_circle_may_see(last_time, facts):
    found = await facts()
    assert [(one.owner, one.will) for one in found.promises] == [(BO, "Promise 2"), (CHI, "Promise 1")]
    assert found.parked == "Who asks Miriam?"
    shown = str(said.agenda(found).blocks)
    assert "2 commitments shared with the circle, 1 still open" in shown
    assert "Promise 3" not in shown and "Promise 4" not in shown


async def test_only_the_first_session_looks_back_on_nothing(facts):
    assert (await facts()).is_first


async def test_who_has_met_before_looks_back(last_time, facts):
    assert not (await facts()).is_first


async def test_a_session_that_was_not_held_parks_nothing(store, team, oak, last_time, facts):
    async with store.open_work(team) as work:
        await work.sessions.save(replace(last_time, state=SessionState.NOT_HELD))
    assert (await facts()).parked == ""


async def test_the_question_is_shown_only_once_it_was_sent(store, team, oak, facts):
    first = (await facts()).session
    brief = Brief(first.id, ANA, Boxes(question="How do I say no?"))
    async with store.open_work(team) as work:
        await work.briefs.save(brief)
    assert (await facts()).questions == {}
    async with store.open_work(team) as work:
        await work.briefs.save(sent(replace(brief, version=1)))
    assert (await facts()).questions == {ANA: "How do I say no?"}


async def test_who_is_away_or_on_a_break_does_not_sit(store, team, oak, facts):
    first = (await facts()).session
    assert (await facts()).turn.sits == (ANA,)
    async with store.open_work(team) as work:
        await work.sessions.mark(first.id, ANA, Presence.AWAY)
        paused = replace(await work.members.get(DEE), paused_until=first.starts + timedelta(days=1))
        await work.members.save(paused)
    found = await facts()
    assert found.turn.sits == (BO,)
    assert (found.away, found.silent) == ((ANA, DEE), (BO, CHI))


async def test_who_left_is_not_waited_for(store, team, oak, facts):
    async with store.open_work(team) as work:
        first = (await work.sessions.of_circle(oak.id))[0]
        await work.sessions.mark(first.id, ANA, Presence.COMING)
        await work.circles.unseat(oak.id, ANA, START + timedelta(hours=1))
    found = await facts()
    assert ANA not in found.coming + found.away + found.silent


@pytest.mark.parametrize(("made", "expected"), [(0, Send), (1, Send), (2, Moot)])
async def test_only_who_has_fewer_than_two_is_reminded(
    store, team, oak, clock, sessions_of, promised, made, expected
):
    first = (await sessions_of(oak))[0]
    async with store.open_work(team) as work:
        await work.sessions.save(replace(first, state=SessionState.HELD, look_at=None))
        for slot in range(1, made + 1):
            promise = Commitment(
                id=CommitmentId(0),
                owner=ANA,
                circle=oak.id,
                session=SessionId(first.id),
                slot=slot,
                made_at=first.ends,
                will="Ask",
                by=date(2026, 3, 19),
            )
            await work.commitments.add(promise)
        await work.outbox.add("sessions.commit", first.id, to=ANA, due=clock.now(), key=ANA)
    clock.to(first.ends)
    (letter,) = await promised("sessions.commit")
    async with store.open_work(team) as work:
        assert isinstance(await letters.commit(work, letter, clock.now()), expected)
