"""Drawing circles for a whole program, looking at them, and changing them by hand."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.drafts import ByHand, DraftState
from bot.domain.errors import Gone, Refused
from bot.domain.ids import DraftId
from bot.domain.matching import read_circles, read_document, swap, written
from bot.domain.programs import Role
from bot.features.matching import chores, draft_blocks, draft_people, drafting, lead_handlers, letters
from bot.features.matching.gathering import Wanted
from bot.slack.payload import Payload
from bot.slack.replies import Modal
from bot.slack.requests import Command, Suggest, View
from bot.store.drafts import drafts as drafts_table
from bot.store.messages import Place
from bot.store.outbox import Letter
from tests.builders import an_id, saved_circle, saved_lead, saved_profile, saved_program
from tests.clock import START
from tests.features.matching import remembered
from tests.features.matching.conftest import NAMES
from tests.features.matching.drafting import acts_of, circles_of, drawn, letters_of, picks, two_apart


async def test_a_lead_draws_circles_and_nobody_is_told(deps, team, program):
    await program()
    shown = await drawn(deps, team)
    assert shown.draft.state is DraftState.READY and shown.draft.figures.placed == 9
    assert sorted(member for circle in shown.circles.circles for member in circle.members) == sorted(
        map(an_id, NAMES)
    )
    assert await letters_of(deps, team) == ["matching.draft"]
    assert await circles_of(deps, team) == []
    assert await acts_of(deps, team) == ["match.draw"]


@pytest.mark.parametrize("name", ["Ana", "Mallory"])
async def test_nobody_else_draws_or_looks(deps, team, program, lead, name):
    await program()
    shown = await drawn(deps, team)
    with pytest.raises(Refused, match="Only program leads"):
        await lead_handlers.draw(Command(team, an_id(name)), deps)
    with pytest.raises(Refused, match="Only program leads"):
        await lead_handlers.history(Command(team, an_id(name)), deps)
    clicks = [
        (lead_handlers.look, {}),
        (lead_handlers.turn_page, {"page": 1}),
        (lead_handlers.run_again, {}),
        (lead_handlers.discard, {}),
        (lead_handlers.lock, {"first": an_id("Ana"), "lock": 1}),
        (lead_handlers.open_swap, {}),
        (lead_handlers.swap, {}),
        (lead_handlers.open_apart, {}),
        (lead_handlers.keep_apart, {}),
        (lead_handlers.take_back_apart, {"one": an_id("Ana"), "other": an_id("Bo")}),
        (lead_handlers.publish, {"skip": 0}),
        (lead_handlers.find_place, {"member": an_id("Ana")}),
        (lead_handlers.offer_place, {"member": an_id("Ana"), "circle": 1}),
        (lead_handlers.replay, {}),
    ]
    for handler, payload in clicks:
        with pytest.raises(Refused, match="Only program leads"):
            await handler(lead(name, answers=picks("Ana", "Bo"), draft=shown.draft.id, **payload), deps)
    assert await circles_of(deps, team) == []


@pytest.mark.parametrize("payload", [{"draft": 99}, {"draft": "1"}, {}, {"draft": -1}])
async def test_a_forged_draft_is_refused(deps, team, program, lead, payload):
    await program()
    await drawn(deps, team)
    for handler, more in (
        (lead_handlers.look, {}),
        (lead_handlers.publish, {"skip": 0}),
        (lead_handlers.discard, {}),
    ):
        with pytest.raises(Refused):
            await handler(lead(**payload, **more), deps)


async def test_too_few_people_are_told_what_to_do(deps, team):
    async with deps.store.open_work(team) as work:
        await saved_program(work)
        await saved_lead(work)
        await saved_profile(work, "Ana")
    with pytest.raises(Refused, match="at least 4"):
        await lead_handlers.draw(Command(team, an_id("Lea")), deps)
    with pytest.raises(Refused, match="at least 4"):
        await lead_handlers.draw(Command(team, an_id("Lea"), words="everybody"), deps)
    with pytest.raises(Refused, match="match circles everybody"):
        await lead_handlers.draw(Command(team, an_id("Lea"), words="<!channel> " + "x" * 3000), deps)


async def test_themes_say_who_wants_a_circle_unless_everybody_is_drawn(deps, team, program):
    await program(Ana={"themes": ()})
    assert (await drawn(deps, team)).draft.figures.people == 8
    assert (await drawn(deps, team, "everybody")).draft.figures.people == 9


async def test_who_sits_in_a_circle_is_on_a_pause_or_has_left_is_not_drawn(deps, team, program):
    await program()
    async with deps.store.open_work(team) as work:
        await saved_circle(work, "Ana")
        for name, change in (("Bo", {"left": True}), ("Chi", {"paused_until": START + timedelta(days=2)})):
            await work.members.save(replace(await work.members.get(an_id(name)), **change))
    shown = await drawn(deps, team)
    placed = {member for circle in shown.circles.circles for member in circle.members}
    assert shown.draft.figures.people == 6 and not placed & {an_id("Ana"), an_id("Bo"), an_id("Chi")}


async def test_one_draft_is_drawn_at_a_time(deps, team, program):
    await program()
    await drafting.start(Command(team, an_id("Lea")), Wanted(everyone=False), deps)
    with pytest.raises(Refused, match="still being drawn"):
        await lead_handlers.draw(Command(team, an_id("Lea")), deps)


async def test_what_a_crash_left_half_drawn_is_drawn_later(deps, team, program, clock, slack):
    await program()
    draft = await drafting.start(Command(team, an_id("Lea")), Wanted(everyone=False), deps)
    async with deps.store.open_work(team) as work:
        await work.messages.remember("matching.draft", str(draft.id), Place("D0LEA", "1.2"))
    await chores.finish_drafts(deps, team)
    async with deps.store.open_view(team) as work:
        assert (await work.drafts.get(draft.id)).state is DraftState.DRAWING
    clock.forward(minutes=1)
    await chores.finish_drafts(deps, team)
    await deps.background.quiet()
    await chores.finish_drafts(deps, team)
    async with deps.store.open_view(team) as work:
        assert (await work.drafts.get(draft.id)).state is DraftState.READY
    (edit,) = slack.called("chat.update")
    assert edit.arguments["channel"] == "D0LEA" and "9 of 9" in edit.text


async def test_working_on_it_is_replaced_by_the_draft(deps, team, program):
    await program()
    draft = await drafting.start(Command(team, an_id("Lea")), Wanted(everyone=False), deps)
    letter = Letter(1, "k", "matching.draft", str(draft.id), an_id("Lea"), START)
    async with deps.store.open_work(team) as work:
        sent = await letters.compose_draft(work, letter, START)
    assert "Drawing circles" in str(sent.message.blocks)
    await drafting.draw(team, draft, deps)
    async with deps.store.open_work(team) as work:
        sent = await letters.compose_draft(work, letter, START)
        assert "9 of 9" in sent.message.text
        await work.programs.take_role(an_id("Lea"), Role.LEAD)
        assert "no lead" in (await letters.compose_draft(work, letter, START)).why


async def test_the_same_document_seed_and_options_give_the_same_bytes(deps, team, program, lead, slack):
    """It is drawn once more as any draft is: behind the answer, shown as it goes on, and one at a time."""
    await program()
    shown = await drawn(deps, team)
    remembered.forget()
    assert await lead_handlers.replay(lead(draft=shown.draft.id), deps) is None
    with pytest.raises(Refused, match="One is drawn at a time"):
        await lead_handlers.replay(lead(draft=shown.draft.id), deps)
    await deps.background.quiet()
    working, turned = (call.arguments["view"] for call in slack.called("views.update"))
    assert "matching.stop" in str(working) and "once more" in str(working) and "byte for byte" in str(turned)
    async with deps.store.open_view(team) as work:
        assert [draft.id for draft in await work.drafts.latest(5)] == [shown.draft.id]
    assert "match.check" in await acts_of(deps, team)


async def test_a_draft_that_comes_out_otherwise_is_said_so(deps, team, program, lead, slack):
    await program()
    shown = await drawn(deps, team)
    async with deps.store.open_work(team) as work:
        await work.drafts.run(drafts_table.update().values(drawn=await work.drafts.drawn(shown.draft.id) + " "))
    await lead_handlers.replay(lead(draft=shown.draft.id), deps)
    await deps.background.quiet()
    assert "Not the same" in str(slack.called("views.update")[-1].arguments["view"])


async def test_run_again_moves_nobody_whom_nothing_concerns(deps, team, program, lead):
    await program()
    shown = await drawn(deps, team)
    for _ in range(2):
        await lead_handlers.run_again(lead(draft=shown.draft.id), deps)
        await deps.background.quiet()
        async with deps.store.open_view(team) as work:
            (newest,) = await work.drafts.latest(1)
            again = await drafting.preview_within(work, newest.id)
        assert [one.members for one in again.circles.circles] == [one.members for one in shown.circles.circles]
        shown = again


async def test_two_kept_apart_in_a_locked_circle_take_the_lock_off_and_it_is_said(deps, team, program, lead):
    await program()
    shown = await drawn(deps, team)
    one, other = shown.circles.circles[0].members[:2]
    await lead_handlers.lock(lead(draft=shown.draft.id, first=one, lock=1), deps)
    both = picks(one[2:].title(), other[2:].title())
    turned = await lead_handlers.keep_apart(lead(answers=both, draft=shown.draft.id), deps)
    assert "The lock that held them together is off" in str(turned.view) and ":lock:" not in str(turned.view)


async def test_what_is_kept_apart_can_be_taken_back(deps, team, program, lead):
    await program()
    shown = await drawn(deps, team)
    one, other = sorted(shown.circles.circles[0].members[:2])
    both = picks(one[2:].title(), other[2:].title())
    await lead_handlers.keep_apart(lead(answers=both, draft=shown.draft.id), deps)
    page = await lead_handlers.open_apart(lead(draft=shown.draft.id), deps)
    assert "Take back" in str(page.view) and f"<@{one}> and <@{other}>" in str(page.view)
    turned = await lead_handlers.take_back_apart(lead(draft=shown.draft.id, one=one, other=other), deps)
    assert "Taken back" in str(turned.view) and "Kept apart" not in str(turned.view)
    with pytest.raises(Refused, match="not kept apart any more"):
        await lead_handlers.take_back_apart(lead(draft=shown.draft.id, one=one, other=other), deps)
    assert "match.allow" in await acts_of(deps, team)


async def test_swaps_by_hand_can_be_followed_from_what_was_drawn(deps, team, program, lead):
    await program()
    shown = await drawn(deps, team)
    one, other = two_apart(shown)
    turned = await lead_handlers.swap(lead(answers=picks(one, other), draft=shown.draft.id), deps)
    assert "Every rule still holds" in str(turned.view)
    async with deps.store.open_view(team) as work:
        document, first = await work.drafts.document(shown.draft.id), await work.drafts.drawn(shown.draft.id)
        result, draft = await work.drafts.result(shown.draft.id), await work.drafts.get(shown.draft.id)
    followed = read_circles(first)
    for pair in draft.by_hand.swaps:
        followed = swap(read_document(document), followed, *pair)
    assert written(followed) == result != first
    assert read_circles(result).circle_of(an_id(one)) == read_circles(result).circle_of(
        shown.circles.circles[1].members[1]
    )
    assert "match.swap" in await acts_of(deps, team)


async def test_a_swap_that_breaks_a_rule_is_refused_on_the_page(deps, team, program, lead):
    await program(Ana={"manager": an_id("Bo")})
    shown = await drawn(deps, team)
    circle = shown.circles.circle_of(an_id("Bo"))
    mate = next(member for member in circle.members if member != an_id("Bo"))
    turned = await lead_handlers.swap(lead(answers=picks("Ana", mate[2:].title()), draft=shown.draft.id), deps)
    assert "are on one reporting line" in str(turned.view) and "would sit with" in str(turned.view)
    assert f"<@{an_id('Ana')}>" in str(turned.view)
    assert "match.swap" not in await acts_of(deps, team)


async def test_the_menus_offer_the_people_of_the_draft_and_nobody_else(deps, team, program, lead):
    await program()
    shown = await drawn(deps, team)
    people = draft_people.people_of(shown)
    view = View("V1", notes=Payload({"draft": shown.draft.id}))
    asked = Suggest(team, an_id("Lea"), typed="", view=view)
    offered = (await lead_handlers.suggest_people(asked, deps)).options
    assert {member for _name, member in offered} == people and an_id("Lea") not in people
    asked = replace(asked, typed="aN")
    assert all("an" in name.casefold() for name, _ in (await lead_handlers.suggest_people(asked, deps)).options)
    with pytest.raises(Refused):
        await lead_handlers.suggest_people(replace(asked, member=an_id("Ana")), deps)


@pytest.mark.parametrize(("one", "other"), [("Ana", "Ana"), ("Ana", "Stranger")])
async def test_a_swap_with_nobody_is_refused_on_the_page(deps, team, program, lead, one, other):
    await program()
    shown = await drawn(deps, team)
    for handler in (lead_handlers.swap, lead_handlers.keep_apart):
        turned = await handler(lead(answers=picks(one, other), draft=shown.draft.id), deps)
        assert ":warning:" in str(turned.view)


async def test_with_nobody_picked_the_page_asks_for_both(deps, team, program, lead):
    await program()
    shown = await drawn(deps, team)
    for handler in (lead_handlers.swap, lead_handlers.keep_apart):
        turned = await handler(lead(draft=shown.draft.id), deps)
        assert "Pick both people first" in str(turned.view)


async def test_a_page_closed_meanwhile_stops_no_draw(deps, team, program, lead, slack):
    await program()
    shown = await drawn(deps, team)
    slack.refuse("views.update", "not_found")
    slack.refuse("views.update", "not_found")
    await lead_handlers.run_again(lead(draft=shown.draft.id), deps)
    await deps.background.quiet()
    async with deps.store.open_view(team) as work:
        assert [draft.state for draft in await work.drafts.latest(2)] == [DraftState.READY, DraftState.DISCARDED]


async def test_what_could_not_be_drawn_says_why_and_can_be_drawn_again(deps, team, program, lead, slack):
    await program()
    draft = await drafting.start(Command(team, an_id("Lea")), Wanted(everyone=False), deps)
    impossible = replace(draft, by_hand=ByHand(locked=((an_id("Ana"), an_id("Bo")),)))
    shown = await drafting.draw(team, impossible, deps)
    assert shown.draft.state is DraftState.FAILED
    assert f"<@{an_id('Ana')}>" in str(draft_blocks.message(shown).blocks)
    await lead_handlers.run_again(lead(draft=draft.id), deps)
    await deps.background.quiet()
    working, turned = (call.arguments["view"] for call in slack.called("views.update"))
    assert "Drawing circles" in str(working) and "9 of 9" in str(turned)


async def test_locks_and_bans_are_kept_when_it_runs_again(deps, team, program, lead):
    await program()
    shown = await drawn(deps, team)
    locked = shown.circles.circles[0].members
    one, other = shown.circles.circles[1].members[:2]
    await lead_handlers.lock(lead(draft=shown.draft.id, first=locked[0], lock=1), deps)
    turned = await lead_handlers.keep_apart(
        lead(answers=picks(one[2:].title(), other[2:].title()), draft=shown.draft.id), deps
    )
    assert ":lock:" in str(turned.view) and "Kept apart" in str(turned.view)
    await lead_handlers.run_again(lead(draft=shown.draft.id), deps)
    await deps.background.quiet()
    async with deps.store.open_view(team) as work:
        newest, older = await work.drafts.latest(2)
        again = await drafting.preview_within(work, newest.id)
    assert older.state is DraftState.DISCARDED and newest.seed == older.seed
    assert locked in [circle.members for circle in again.circles.circles]
    assert not again.circles.circle_of(one) or other not in again.circles.circle_of(one).members
    assert {"match.lock", "match.forbid", "match.draw"} <= set(await acts_of(deps, team))
    with pytest.raises(Refused, match="discarded"):
        await lead_handlers.publish(lead(draft=older.id, skip=0), deps)


async def test_unlocked_is_unlocked(deps, team, program, lead):
    await program()
    shown = await drawn(deps, team)
    first = shown.circles.circles[0].members[0]
    await lead_handlers.lock(lead(draft=shown.draft.id, first=first, lock=1), deps)
    turned = await lead_handlers.lock(lead(draft=shown.draft.id, first=first, lock=0), deps)
    assert ":lock:" not in str(turned.view)
    with pytest.raises(Refused, match="isn't in this draft"):
        await lead_handlers.lock(lead(draft=shown.draft.id, first="U0NOBODY", lock=1), deps)


async def test_a_draft_put_away_is_not_published(deps, team, program, lead):
    await program()
    shown = await drawn(deps, team)
    answers = await lead_handlers.discard(lead(draft=shown.draft.id), deps)
    assert "put away" in str(answers[-1].view)
    for handler, more in ((lead_handlers.publish, {"skip": 0}), (lead_handlers.discard, {})):
        with pytest.raises(Refused):
            await handler(lead(draft=shown.draft.id, **more), deps)


async def test_history_tells_who_published_what(deps, team, program, lead):
    await program()
    assert "No drafts yet" in (await lead_handlers.history(Command(team, an_id("Lea")), deps)).message.text
    shown = await drawn(deps, team)
    await lead_handlers.publish(lead(draft=shown.draft.id, skip=0), deps)
    reply = await lead_handlers.history(Command(team, an_id("Lea")), deps)
    assert f"published by <@{an_id('Lea')}>" in str(reply.message.blocks)


async def test_a_draft_of_another_workspace_is_not_there(deps, team, program, lead):
    await program()
    shown = await drawn(deps, team)
    async with deps.store.open_work("T0ELSE") as work:
        await saved_lead(work)
    with pytest.raises(Gone):
        await lead_handlers.publish(replace(lead(draft=shown.draft.id, skip=0), team="T0ELSE"), deps)
    async with deps.store.open_view("T0ELSE") as work:
        assert await work.drafts.document(DraftId(shown.draft.id)) == ""


async def test_from_a_message_a_page_opens(deps, team, program, lead):
    await program()
    shown = await drawn(deps, team)
    opened = await lead_handlers.look(replace(lead(draft=shown.draft.id), view=None), deps)
    assert isinstance(opened, Modal)
    assert await lead_handlers.pick(lead(), deps) is None
