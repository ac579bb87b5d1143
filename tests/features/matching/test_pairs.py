"""Drawing mentoring pairs for a whole program, changing them by hand, and publishing them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.drafts import DraftKind, DraftState
from bot.domain.errors import Refused, Stale
from bot.domain.intros import Fit, IntroState, matched
from bot.domain.people import Kind
from bot.feature import Send
from bot.features.matching import chores, drafting, lead_handlers, letters
from bot.slack.payload import Payload
from bot.slack.requests import Click, Command
from bot.store.messages import Place
from bot.store.outbox import Letter, outbox
from tests.builders import an_id, saved_member
from tests.clock import START
from tests.features.matching.conftest import LEARNERS, TEACHERS
from tests.features.matching.drafting import acts_of, letters_of, picks


async def drawn(deps, team, words=""):
    await lead_handlers.draw_pairs(Command(team, an_id("Lea"), words=words), deps)
    await deps.background.quiet()
    async with deps.store.open_view(team) as work:
        (draft,) = await work.drafts.latest(1)
        return await drafting.preview_within(work, draft.id)


async def intros_of(deps, team, *names):
    async with deps.store.open_view(team) as work:
        return await work.intros.of([an_id(name) for name in names or LEARNERS])


async def changed(deps, team, name, **changes):
    async with deps.store.open_work(team) as work:
        await work.members.save(replace(await work.members.get(an_id(name)), **changes))


def mentor_of(shown, name):
    return next(pair.mentor for pair in shown.pairs.pairs if pair.mentee == an_id(name))


def name_of(member):
    return member[2:].title()


async def test_everybody_who_looks_has_somebody_and_nobody_is_told(deps, team, pairs):
    await pairs()
    shown = await drawn(deps, team)
    assert shown.draft.state is DraftState.READY and shown.draft.kind is DraftKind.PAIRS
    assert shown.draft.figures.people == shown.draft.figures.placed == 5
    assert max(map([pair.mentor for pair in shown.pairs.pairs].count, map(an_id, TEACHERS))) == 2
    assert shown.pairs.summary["proven"] and shown.pairs.header.options.fair == "floor"
    assert [figure.of for figure in shown.outline.figures][:2] == [5, 5]
    assert await letters_of(deps, team) == ["matching.draft"]
    assert await intros_of(deps, team) == [] and await acts_of(deps, team) == ["match.draw"]


@pytest.mark.parametrize("name", ["Ana", "Mallory"])
async def test_only_leads_draw(deps, team, pairs, name):
    await pairs()
    with pytest.raises(Refused, match="Only program leads"):
        await lead_handlers.draw_pairs(Command(team, an_id(name)), deps)


@pytest.mark.parametrize("word", ["boss", "<!channel>", "x" * 3000])
async def test_a_kind_that_there_is_not_is_refused(deps, team, pairs, word):
    await pairs()
    with pytest.raises(Refused, match="match pairs sponsor"):
        await lead_handlers.draw_pairs(Command(team, an_id("Lea"), words=word), deps)


async def test_nobody_who_looks_or_nobody_who_offers_is_said(deps, team, pairs):
    await pairs()
    with pytest.raises(Refused, match="Nobody looks for a sponsor mentor"):
        await lead_handlers.draw_pairs(Command(team, an_id("Lea"), words="sponsor"), deps)
    for name in TEACHERS:
        await changed(deps, team, name, left=True)
    with pytest.raises(Refused, match="5 people look for a mentor, and nobody"):
        await lead_handlers.draw_pairs(Command(team, an_id("Lea")), deps)


async def test_one_kind_is_drawn_alone(deps, team, pairs):
    await pairs(Ana={"seeks": (Kind.SKILL, Kind.SPONSOR)}, Fay={"offers_kinds": (Kind.SPONSOR,), "seniority": 5})
    shown = await drawn(deps, team, "sponsor")
    (pair,) = shown.pairs.pairs
    assert (pair.mentee, pair.mentor, pair.type) == (an_id("Ana"), an_id("Fay"), "sponsor")
    assert shown.draft.sought is Kind.SPONSOR and "1 of 1 person who looks for sponsors" in str(
        (await lead_handlers.look(click_of(shown, team), deps)).view
    )


def click_of(shown, team):
    return Click(team, an_id("Lea"), payload=Payload({"draft": shown.draft.id}))


async def test_published_pairs_are_brought_together_once_and_by_nobody_else(deps, team, pairs, lead, slack):
    await pairs()
    shown = await drawn(deps, team)
    async with deps.store.open_work(team) as work:
        await work.messages.remember("matching.draft", str(shown.draft.id), Place("D0LEA", "1.2"))
    with pytest.raises(Refused, match="Only program leads"):
        await lead_handlers.publish(lead("Ana", draft=shown.draft.id, skip=0), deps)
    edit, turned = await lead_handlers.publish(lead(draft=shown.draft.id, skip=0), deps)
    assert "Published" in edit.message.text and "5 conversations" in str(turned.view)
    made = await intros_of(deps, team)
    assert {(one.asker, one.asked, one.because) for one in made} == {
        (pair.mentee, pair.mentor, pair.because) for pair in shown.pairs.pairs
    }
    assert {one.state for one in made} == {IntroState.ACCEPTED} and {one.draft for one in made} == {shown.draft.id}
    with pytest.raises(Refused, match="Nothing was done twice"):
        await lead_handlers.publish(lead(draft=shown.draft.id, skip=0), deps)
    assert slack.called("conversations.open") == []
    await chores.open_conversations(deps, team)
    await chores.open_conversations(deps, team)
    assert len(slack.called("conversations.open")) == 5
    kinds = await letters_of(deps, team)
    assert kinds.count("matching.guide") == 5 and kinds.count("matching.fit") == 10
    assert (await acts_of(deps, team))[0] == "match.publish"


async def test_the_introduction_waits_for_hours_that_suit_both(deps, team, pairs, lead, clock):
    await pairs()
    shown = await drawn(deps, team)
    clock.forward(hours=10)
    await lead_handlers.publish(lead(draft=shown.draft.id, skip=0), deps)
    await chores.open_conversations(deps, team)
    async with deps.store.open_view(team) as work:
        rows = await work.outbox.rows(outbox.select().where(outbox.c.kind == "matching.guide"))
        letter = Letter(1, "k", "matching.guide", rows[0].subject, "G1", START)
        sent = await letters.compose_guide(work, letter, deps.now())
    assert {row.due > deps.now() for row in rows} == {True}
    assert isinstance(sent, Send) and "your program brings you together" in str(sent.message.blocks)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"left": True}, "isn't here any more"),
        ({"paused_until": START + timedelta(days=3)}, "on a pause"),
        ("block", "confidential rule"),
        ("manager", "reports to the other"),
        ("full", "no free place"),
        ("found", "has found or asked somebody"),
    ],
)
async def test_what_changed_meanwhile_stands_in_the_way(deps, team, pairs, lead, change, sentence):
    await pairs()
    shown = await drawn(deps, team)
    pair = shown.pairs.pairs[0]
    async with deps.store.open_work(team) as work:
        mentee, mentor = await work.members.profile(pair.mentee), await work.members.profile(pair.mentor)
        if isinstance(change, dict):
            await work.members.save(replace(await work.members.get(pair.mentee), **change))
        elif change == "block":
            await work.blocks.add(pair.mentor, pair.mentee, START)
        elif change == "manager":
            await work.members.save_profile(replace(mentee, manager=mentor.member))
        elif change == "full":
            await work.members.save_profile(replace(mentor, capacity=0))
        else:
            await saved_member(work, "Zed")
            other = replace(drafted(pair, shown), asked=an_id("Zed"))
            await work.intros.add_matched([other])
    turned = await lead_handlers.publish(lead(draft=shown.draft.id, skip=0), deps)
    assert sentence in str(turned.view) and "Nothing was published yet" in str(turned.view)
    async with deps.store.open_view(team) as work:
        assert (await work.drafts.get(shown.draft.id)).state is DraftState.READY
    await lead_handlers.publish(lead(draft=shown.draft.id, skip=1), deps)
    made = [one for one in await intros_of(deps, team) if one.draft == shown.draft.id and one.asked != an_id("Zed")]
    assert made and pair.mentee not in {one.asker for one in made}


def drafted(pair, shown):
    return matched(pair, shown.draft.id, START)


async def test_two_mentees_change_places_by_hand(deps, team, pairs, lead):
    await pairs()
    shown = await drawn(deps, team)
    one = LEARNERS[0]
    other = next(name for name in LEARNERS if mentor_of(shown, name) != mentor_of(shown, one))
    turned = await lead_handlers.swap(lead(answers=picks(one, other), draft=shown.draft.id), deps)
    assert "Every rule still holds" in str(turned.view) and "Swapped" in str(turned.view)
    async with deps.store.open_view(team) as work:
        after = await drafting.preview_within(work, shown.draft.id)
    assert (mentor_of(after, one), mentor_of(after, other)) == (mentor_of(shown, other), mentor_of(shown, one))
    turned = await lead_handlers.swap(lead(answers=picks(one, "Fay"), draft=shown.draft.id), deps)
    assert "look for a mentor" in str(turned.view)


async def test_locks_and_bans_are_kept_when_it_runs_again(deps, team, pairs, lead):
    await pairs()
    shown = await drawn(deps, team)
    kept, parted = shown.pairs.pairs[0], shown.pairs.pairs[1]
    await lead_handlers.lock(lead(draft=shown.draft.id, first=kept.mentee, lock=1), deps)
    both = picks(name_of(parted.mentee), name_of(parted.mentor))
    await lead_handlers.keep_apart(lead(answers=both, draft=shown.draft.id), deps)
    await lead_handlers.run_again(lead(draft=shown.draft.id), deps)
    await deps.background.quiet()
    async with deps.store.open_view(team) as work:
        newest, older = await work.drafts.latest(2)
        again = await drafting.preview_within(work, newest.id)
    assert older.state is DraftState.DISCARDED and newest.after == older.id
    assert again.outline.against == "the earlier draw"
    assert mentor_of(again, name_of(kept.mentee)) == kept.mentor
    assert mentor_of(again, name_of(parted.mentee)) != parted.mentor
    assert newest.by_hand.locked == ((kept.mentee, kept.mentor),)


async def test_a_lock_is_let_go_when_one_of_the_two_takes_no_part_any_more(deps, team, pairs, lead):
    await pairs()
    shown = await drawn(deps, team)
    kept = shown.pairs.pairs[0]
    await lead_handlers.lock(lead(draft=shown.draft.id, first=kept.mentee, lock=1), deps)
    await changed(deps, team, name_of(kept.mentor), left=True)
    await lead_handlers.run_again(lead(draft=shown.draft.id), deps)
    await deps.background.quiet()
    async with deps.store.open_view(team) as work:
        (newest,) = await work.drafts.latest(1)
    assert newest.state is DraftState.READY and newest.by_hand.locked == ()


async def test_two_leads_at_once_lose_nothing(deps, team, pairs, lead):
    """Whoever saves second is told; what the first one did stays."""
    await pairs()
    shown = await drawn(deps, team)
    async with deps.store.open_work(team) as work:
        stale = await work.drafts.get(shown.draft.id)
    await lead_handlers.lock(lead(draft=shown.draft.id, first=shown.pairs.pairs[0].mentee, lock=1), deps)
    with pytest.raises(Stale):
        async with deps.store.open_work(team) as work:
            await work.drafts.save(stale)


async def test_the_same_document_seed_and_options_give_the_same_bytes(deps, team, pairs, lead, slack):
    await pairs()
    shown = await drawn(deps, team)
    await lead_handlers.replay(lead(draft=shown.draft.id), deps)
    await deps.background.quiet()
    assert "byte for byte" in str(slack.called("views.update")[-1].arguments["view"])


async def test_run_again_keeps_each_pair_that_nothing_concerns_a_swap_by_hand_among_them(deps, team, pairs, lead):
    await pairs()
    shown = await drawn(deps, team)
    one, other = next(
        (one, other)
        for one in shown.pairs.pairs
        for other in shown.pairs.pairs
        if one.mentee < other.mentee and one.mentor != other.mentor
    )
    both = picks(name_of(one.mentee), name_of(other.mentee))
    await lead_handlers.swap(lead(answers=both, draft=shown.draft.id), deps)
    await lead_handlers.run_again(lead(draft=shown.draft.id), deps)
    await deps.background.quiet()
    async with deps.store.open_view(team) as work:
        (newest,) = await work.drafts.latest(1)
        again = await drafting.preview_within(work, newest.id)
    expected = {pair.mentee: pair.mentor for pair in shown.pairs.pairs}
    expected |= {one.mentee: other.mentor, other.mentee: one.mentor}
    assert {pair.mentee: pair.mentor for pair in again.pairs.pairs} == expected


async def test_a_draw_after_the_first_says_who_is_served_and_by_which_kind_it_goes(deps, team, pairs, lead):
    """Else "1 of 5 have one" reads as if four had nobody."""
    await pairs(
        **{name: {"seeks": (Kind.SKILL, Kind.SPONSOR)} for name in LEARNERS},
        Fay={"offers_kinds": (Kind.SKILL, Kind.SPONSOR), "seniority": 5, "capacity": 3},
    )
    shown = await drawn(deps, team)
    await lead_handlers.publish(lead(draft=shown.draft.id, skip=0), deps)
    again = await drawn(deps, team)
    page = str((await lead_handlers.look(click_of(again, team), deps)).view)
    assert again.draft.figures.served == 5 and again.draft.figures.placed == 2
    assert "2 of 5 people who look for one more mentor get one" in page
    assert "All of them have somebody of another kind already, or asked one" in page
    assert "what they look for besides: sponsors (5)" in page


async def test_whoever_has_or_has_asked_somebody_is_not_drawn(deps, team, pairs, lead):
    await pairs()
    shown = await drawn(deps, team)
    await lead_handlers.publish(lead(draft=shown.draft.id, skip=0), deps)
    with pytest.raises(Refused, match="or whoever does has one"):
        await lead_handlers.draw_pairs(Command(team, an_id("Lea")), deps)
    first, *_ = await intros_of(deps, team)
    async with deps.store.open_work(team) as work:
        await work.fits.say(first.id, first.asker, Fit.MISMATCH, at=START)
    again = await drawn(deps, team)
    (pair,) = again.pairs.pairs
    assert pair.mentee == first.asker and pair.mentor != first.asked


async def test_whom_a_published_draw_left_out_comes_first_next_time(deps, team, pairs, lead):
    await pairs(Gus={"capacity": 0}, Hal={"capacity": 0})
    shown = await drawn(deps, team)
    left = {one.mentee for one in shown.pairs.unmatched}
    assert len(left) == 3
    await lead_handlers.publish(lead(draft=shown.draft.id, skip=0), deps)
    async with deps.store.open_work(team) as work:
        profile = await work.members.profile(an_id("Gus"))
        await work.members.save_profile(replace(profile, capacity=1))
        for one in await work.intros.of([an_id(name) for name in LEARNERS]):
            await work.fits.say(one.id, one.asker, Fit.NEVER_MET, at=START)
    again = await drawn(deps, team)
    assert {pair.mentee for pair in again.pairs.pairs} >= left
    async with deps.store.open_view(team) as work:
        document = await work.drafts.document(again.draft.id)
    assert document.count('"waited":1') == 3


async def test_a_lead_gets_the_report_as_a_page(deps, team, pairs, lead, slack):
    await pairs()
    shown = await drawn(deps, team)
    with pytest.raises(Refused, match="Only program leads"):
        await lead_handlers.send_report(lead("Ana", draft=shown.draft.id), deps)
    assert slack.uploads == {}
    turned = await lead_handlers.send_report(lead(draft=shown.draft.id), deps)
    assert "The report is in our conversation" in str(turned.view)
    (content,) = slack.uploads.values()
    assert b"Mentoring pairs, as drawn" in content and b"Ana" in content and b"U0ANA" not in content
    (shared,) = slack.called("files.completeUploadExternal")
    assert shared.arguments["channel_id"] == "D0LEA"
    await lead_handlers.discard(lead(draft=shown.draft.id), deps)
    with pytest.raises(Refused):
        await lead_handlers.send_report(lead(draft=99), deps)
