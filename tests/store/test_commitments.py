"""Commitments, as stored: two slots, sealed words, and the questions others ask."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from bot.domain.commitments import Audience, Cause, CommitmentState, Evidence
from bot.domain.errors import Gone, Stale
from bot.domain.ids import CircleId, CommitmentId, SessionId
from bot.domain.kept import KeptRate
from bot.domain.reminders import Promised
from tests.builders import a_commitment, an_id, saved_commitment, saved_session
from tests.clock import START

FIRST, SECOND = SessionId(1), SessionId(2)


def full(**overrides):
    return a_commitment(
        cue="If it is Tuesday, then I write",
        evidence_kind=Evidence.ARTEFACT,
        evidence="A page of notes",
        confidence=6,
        audience=Audience.BUDDY,
        witness=an_id("Chi"),
        buddy=an_id("Bo"),
        state=CommitmentState.NOT_YET,
        learned="Ask earlier",
        cause=Cause.TIME,
        link="https://example.org/notes",
        settled_at=START,
        confirmed_at=START,
        midpoint_on=date(2026, 3, 11),
        last_on=date(2026, 3, 16),
        **overrides,
    )


async def test_a_commitment_comes_back_as_saved(store, team):
    async with store.open_work(team) as work:
        made = await work.commitments.add(full())
    async with store.open_view(team) as work:
        assert await work.commitments.get(made.id) == replace(full(), id=made.id)
        assert await work.commitments.find(CommitmentId(99)) is None
        with pytest.raises(Gone):
            await work.commitments.get(CommitmentId(99))


async def test_what_people_wrote_is_sealed(store, team):
    async with store.open_work(team) as work:
        await work.commitments.add(full())
        [row] = (await work.connection.execute(text("SELECT * FROM commitments"))).all()
    shown = " ".join(str(value) for value in row)
    for words in ("Miriam", "Tuesday", "page of notes", "earlier", "example.org"):
        assert words not in shown


async def test_a_slot_is_taken_once_and_a_replaced_one_frees_it(store, team):
    async with store.open_work(team) as work:
        first = await saved_commitment(work)
        with pytest.raises(Stale):
            await saved_commitment(work)
        second = await saved_commitment(work, slot=2)
        await saved_commitment(work, "Bo")
        await work.commitments.save(replace(first, state=CommitmentState.REPLACED))
        new = await saved_commitment(work, will="Something else")
        assert [one.id for one in await work.commitments.of_owner(an_id("Ana"), [FIRST])] == [
            first.id,
            new.id,
            second.id,
        ]


async def test_a_stale_save_is_refused_and_saving_leaves_the_reminders_alone(store, team):
    async with store.open_work(team) as work:
        made = await saved_commitment(work)
        promised = replace(made, midpoint_on=date(2026, 3, 11))
        await work.commitments.promise([Promised(promised, START + timedelta(days=9))])
        await work.commitments.save(replace(made, state=CommitmentState.ON_IT))
        with pytest.raises(Stale):
            await work.commitments.save(replace(made, state=CommitmentState.STUCK))
        found = await work.commitments.get(made.id)
    assert (found.state, found.midpoint_on, found.version) == (CommitmentState.ON_IT, date(2026, 3, 11), 2)


async def test_those_with_a_reminder_due_are_found(store, team):
    async with store.open_work(team) as work:
        soon = await saved_commitment(work)
        later = await saved_commitment(work, slot=2)
        await saved_commitment(work, "Bo")
        await work.commitments.promise([Promised(soon, START), Promised(later, START + timedelta(days=1))])
        assert [one.id for one in await work.commitments.to_remind(START)] == [soon.id]
        assert len(await work.commitments.to_remind(START + timedelta(days=1))) == 2
        await work.commitments.promise([])
        await work.commitments.promise([Promised(soon), Promised(later)])
        assert await work.commitments.to_remind(START + timedelta(days=99)) == []


async def test_the_circle_is_asked_only_for_what_it_may_see(store, team):
    async with store.open_work(team) as work:
        shared = await saved_commitment(work, audience=Audience.CIRCLE)
        await saved_commitment(work, slot=2)
        await saved_commitment(work, "Bo", audience=Audience.BUDDY, buddy=an_id("Ana"))
        gone = await saved_commitment(work, "Chi", audience=Audience.CIRCLE, state=CommitmentState.REPLACED)
        assert await work.commitments.shared_with_circle(CircleId(1), FIRST) == [shared]
        assert await work.commitments.shared_with_circle(CircleId(2), FIRST) == []
        assert await work.commitments.shared_with_circle(CircleId(1), SECOND) == []
        every = await work.commitments.of_sessions([FIRST, SECOND])
        assert len(every[FIRST]) == 3 and every[SECOND] == [] and gone not in every[FIRST]
        assert await work.commitments.of_sessions([]) == {}


async def test_the_newest_session_before_is_read_back_with_how_things_stand(store, team):
    async with store.open_work(team) as work:
        first = await saved_session(work)
        second = await saved_session(work, planned_for=date(2026, 3, 19))
        third = await saved_session(work, planned_for=date(2026, 4, 2))
        shared = {"audience": Audience.CIRCLE}
        one = await saved_commitment(work, session=first.id, **shared)
        kept = await saved_commitment(work, "Bo", session=second.id, state=CommitmentState.KEPT, **shared)
        assert await work.commitments.read_back(CircleId(1), first.starts) == []
        assert await work.commitments.read_back(CircleId(1), second.starts) == [one]
        assert await work.commitments.read_back(CircleId(1), third.starts) == [kept]
        assert await work.commitments.read_back(CircleId(2), third.starts) == []


async def test_what_a_member_has_under_way_comes_with_what_they_made_in_these_sessions(store, team):
    async with store.open_work(team) as work:
        late = await saved_commitment(work, by=date(2026, 3, 19))
        soon = await saved_commitment(work, slot=2, state=CommitmentState.STUCK)
        await saved_commitment(work, session=SECOND, state=CommitmentState.KEPT)
        await saved_commitment(work, "Bo")
        kept = await work.commitments.open_or_in(an_id("Ana"), [SECOND])
        assert [one.session for one in kept] == [FIRST, FIRST, SECOND]
        assert await work.commitments.open_or_in(an_id("Ana"), []) == [late, soon]
        assert await work.commitments.of_owner(an_id("Ana"), []) == []


async def test_a_witness_and_a_buddy_find_what_they_may_see(store, team):
    async with store.open_work(team) as work:
        seen = await saved_commitment(work, witness=an_id("Bo"))
        shared = await saved_commitment(work, slot=2, audience=Audience.BUDDY, buddy=an_id("Bo"))
        await saved_commitment(work, "Chi", buddy=an_id("Bo"))
        await saved_commitment(work, "Dee", witness=an_id("Bo"), state=CommitmentState.KEPT)
        assert await work.commitments.seen_by(an_id("Bo")) == [seen, shared]
        assert await work.commitments.seen_by(an_id("Ana")) == []


async def test_the_kept_rate_counts_what_came_due(store, team):
    states = {
        1: CommitmentState.KEPT,
        2: CommitmentState.PARTLY,
        3: CommitmentState.NOT_YET,
        4: CommitmentState.DROPPED,
    }
    async with store.open_work(team) as work:
        for session, state in states.items():
            await saved_commitment(work, session=SessionId(session), state=state)
        await saved_commitment(work, session=SessionId(5))
        rate = await work.commitments.kept_rate(an_id("Ana"), date(2026, 3, 18))
        after = await work.commitments.kept_rate(an_id("Ana"), date(2026, 3, 19))
        assert (await work.commitments.kept_rate(an_id("Bo"), date(2026, 3, 18))).share is None
    assert (rate, rate.share) == (KeptRate(kept=1, partly=1, due=3), 0.5)
    assert after == KeptRate(kept=1, partly=1, due=4)
