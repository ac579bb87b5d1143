"""Intros, blocks, drafts and meetings, on both engines."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.drafts import ByHand, Draft, DraftState, Figures
from bot.domain.errors import Gone, Refused, Stale
from bot.domain.ids import ChannelId, CircleId, DraftId, IntroId, ProgramId
from bot.domain.intros import Fit, Intro, IntroState, Lines
from bot.domain.people import Kind
from bot.domain.sessions import Presence, SessionState
from tests.builders import an_id, saved_session
from tests.clock import START


def an_intro(asker="Ana", asked="Bo", **overrides):
    ordinary = Intro(IntroId(0), an_id(asker), an_id(asked), Kind.SKILL, START, START + timedelta(days=3))
    return replace(ordinary, **overrides)


def a_draft(**overrides):
    ordinary = Draft(DraftId(0), ProgramId(1), an_id("Lea"), START, DraftState.DRAWING, False, 7)
    return replace(ordinary, **overrides)


async def test_an_intro_comes_back_as_it_was_kept(store, team):
    given = an_intro(because="Offers <feedback>", lines=Lines("Why 😀", "Hope", ""))
    async with store.open_work(team) as work:
        kept = await work.intros.add(given)
        assert kept == replace(given, id=kept.id, version=1)
        answered = replace(kept, state=IntroState.ACCEPTED, answered_at=START, group=ChannelId("G1"))
        await work.intros.save(answered)
        assert await work.intros.get(kept.id) == replace(answered, version=2)
        with pytest.raises(Stale):
            await work.intros.save(kept)
        with pytest.raises(Gone):
            await work.intros.get(IntroId(99))
        assert await work.intros.find(IntroId(99)) is None


async def test_what_people_wrote_is_sealed(store, team):
    async with store.open_work(team) as work:
        await work.intros.add(an_intro(because="secret reason", lines=Lines("secret line")))
        await work.drafts.add(a_draft(), '{"secret": 1}')
        row = (await work.connection.exec_driver_sql("SELECT because, lines FROM intros")).one()
        drawn = (await work.connection.exec_driver_sql("SELECT document, by_hand FROM drafts")).one()
    assert not any("secret" in str(text) for text in (*row, *drawn))


async def test_two_open_requests_between_two_people_are_refused_either_way(store, team):
    async with store.open_work(team) as work:
        first = await work.intros.add(an_intro())
        for one, other in (("Ana", "Bo"), ("Bo", "Ana")):
            with pytest.raises(Refused, match="open request"):
                await work.intros.add(an_intro(one, other))
        await work.intros.save(replace(first, state=IntroState.DECLINED))
        await work.intros.add(an_intro("Bo", "Ana"))


async def test_requests_are_found_by_either_side_and_by_time(store, team):
    async with store.open_work(team) as work:
        one = await work.intros.add(an_intro())
        two = await work.intros.add(an_intro("Chi", "Ana", answer_by=START))
        three = await work.intros.add(an_intro("Bo", "Chi"))
        await work.intros.save(replace(three, state=IntroState.DECLINED))
        assert await work.intros.of([an_id("Ana")]) == [one, two]
        assert await work.intros.open_of(an_id("Chi")) == [two]
        assert await work.intros.lapsing(START) == [two]
        assert await work.intros.lapsing(START - timedelta(microseconds=1)) == []
        assert await work.intros.waiting_on() == {an_id("Ana"): 1, an_id("Bo"): 1}


async def test_only_what_is_open_lapses_and_only_once(store, team):
    async with store.open_work(team) as work:
        open_one = await work.intros.add(an_intro())
        done = await work.intros.add(an_intro("Chi", "Dee"))
        await work.intros.save(replace(done, state=IntroState.ACCEPTED, answered_at=START))
        assert await work.intros.expire([open_one.id, done.id], START) == [open_one.id]
        assert await work.intros.expire([open_one.id, done.id], START) == []
        assert (await work.intros.get(open_one.id)).state is IntroState.EXPIRED
        await work.intros.add(an_intro())


async def test_places_and_pairs_come_from_what_was_accepted(store, team):
    async with store.open_work(team) as work:
        for asker, kind, answered in (
            ("Ana", Kind.SKILL, START),
            ("Chi", Kind.PEER, START),
            ("Dee", Kind.SKILL, None),
        ):
            intro = await work.intros.add(an_intro(asker, "Bo", kind=kind))
            if answered:
                await work.intros.save(replace(intro, state=IntroState.ACCEPTED, answered_at=answered))
        assert await work.fits.places_held(START - timedelta(days=1)) == {an_id("Bo"): 1}
        assert await work.fits.places_held(START) == {}
        pairs = {(an_id("Ana"), an_id("Bo")): Fit.OK, (an_id("Chi"), an_id("Bo")): Fit.OK}
        assert await work.fits.outcomes() == pairs
        [chis] = await work.intros.of([an_id("Chi")])
        await work.fits.say(chis.id, an_id("Bo"), Fit.MISMATCH, at=START)
        await work.fits.say(chis.id, an_id("Chi"), Fit.OK, at=START)
        assert await work.fits.outcomes() == pairs | {(an_id("Chi"), an_id("Bo")): Fit.MISMATCH}


async def test_a_conversation_is_remembered_once(store, team):
    async with store.open_work(team) as work:
        intro = await work.intros.add(an_intro())
        await work.intros.save(replace(intro, state=IntroState.ACCEPTED, answered_at=START))
        assert [one.id for one in await work.intros.without_group()] == [intro.id]
        assert await work.intros.remember_group(intro.id, ChannelId("G1"))
        assert not await work.intros.remember_group(intro.id, ChannelId("G2"))
        assert await work.intros.without_group() == []
        assert (await work.intros.get(intro.id)).group == "G1"


async def test_blocks_are_listed_for_their_owner_and_bind_both(store, team):
    async with store.open_work(team) as work:
        assert await work.blocks.add(an_id("Ana"), an_id("Chi"), START)
        assert await work.blocks.add(an_id("Ana"), an_id("Bo"), START + timedelta(hours=1))
        assert not await work.blocks.add(an_id("Ana"), an_id("Bo"), START)
        assert await work.blocks.of(an_id("Ana")) == [an_id("Chi"), an_id("Bo")]
        assert await work.blocks.of(an_id("Bo")) == []
        assert await work.blocks.around([an_id("Bo")]) == {(an_id("Ana"), an_id("Bo"))}
        await work.blocks.remove(an_id("Bo"), an_id("Ana"))
        assert len(await work.blocks.all()) == 2
        await work.blocks.remove(an_id("Ana"), an_id("Bo"))
        assert await work.blocks.all() == {(an_id("Ana"), an_id("Chi"))}


async def test_a_draft_comes_back_as_it_was_kept(store, team):
    by_hand = ByHand(((an_id("Ana"), an_id("Bo")),), ((an_id("Ana"), an_id("Chi")),), ((an_id("Bo"), an_id("Dee")),))
    async with store.open_work(team) as work:
        kept = await work.drafts.add(a_draft(by_hand=by_hand), "{}")
        assert kept == a_draft(id=kept.id, by_hand=by_hand)
        ready = replace(kept, state=DraftState.READY, figures=Figures(9, 8, 2), matcher=1)
        await work.drafts.save_drawn(ready, "drawn")
        assert await work.drafts.get(kept.id) == replace(ready, version=2)
        await work.drafts.save_result(replace(ready, version=2), "swapped")
        texts = [await getattr(work.drafts, name)(kept.id) for name in ("document", "drawn", "result")]
        assert texts == ["{}", "drawn", "swapped"]
        with pytest.raises(Stale):
            await work.drafts.save(ready)
        with pytest.raises(Gone):
            await work.drafts.get(DraftId(99))


async def test_one_draft_is_drawn_at_a_time_and_claimed_by_one(store, team):
    later = START + timedelta(minutes=6)
    async with store.open_work(team) as work:
        draft = await work.drafts.add(a_draft(), "{}")
        with pytest.raises(Refused, match="right now"):
            await work.drafts.add(a_draft(), "{}")
        assert (await work.drafts.claim(START, later)).id == draft.id
        assert await work.drafts.claim(START, later) is None
        assert (await work.drafts.claim(later, later + timedelta(minutes=6))).id == draft.id
        await work.drafts.save_drawn(replace(draft, state=DraftState.READY), "drawn")
        assert await work.drafts.claim(later + timedelta(days=1), later) is None
        await work.drafts.add(a_draft(), "{}")


async def test_what_is_to_be_shown_is_shown_once(store, team):
    async with store.open_work(team) as work:
        draft = await work.drafts.add(a_draft(), "{}")
        assert await work.drafts.to_show() == []
        await work.drafts.save_drawn(replace(draft, state=DraftState.READY), "drawn")
        assert [one.id for one in await work.drafts.to_show()] == [draft.id]
        await work.drafts.remember_shown(draft.id)
        assert await work.drafts.to_show() == []


async def test_who_met_whom_counts_only_those_present_where_it_was_held(store, team):
    async with store.open_work(team) as work:
        for number, state, starts in (
            (1, SessionState.HELD, START),
            (2, SessionState.NOT_HELD, START),
            (3, SessionState.HELD, START - timedelta(days=90)),
        ):
            day = date(2026, 3, number)
            session = await saved_session(work, circle=CircleId(number), planned_for=day, starts=starts, state=state)
            await work.sessions.mark(session.id, an_id("Bo"), Presence.PRESENT)
            await work.sessions.mark(session.id, an_id("Ana"), Presence.PRESENT)
            await work.sessions.mark(session.id, an_id("Chi"), Presence.MISSED)
        assert await work.meetings.met_since(START - timedelta(days=1)) == {(an_id("Ana"), an_id("Bo"))}
        assert await work.meetings.met_since(START) == set()
