"""Settling commitments, from click to row: outcomes, late and foreign clicks, the witness."""

import pytest

from bot.domain.commitments import Cause, CommitmentState
from bot.domain.errors import Gone, NotYours, Refused, RefusedFields
from bot.features.commitments import handlers, home, letters
from bot.slack.payload import Payload
from bot.slack.replies import Modal, Replace, ShowHome, Turn
from bot.slack.requests import Click, Command, Submission, View
from bot.store.messages import Place
from tests.builders import an_id, saved_commitment
from tests.features.answers import chosen, picked_day, typed
from tests.features.commitments.forms import change_form, click, form, make, outcome, shown, stored
from tests.letters import letters_of

# How it ended


@pytest.mark.parametrize("state", ["kept", "partly", "not_yet", "dropped", "replaced"])
async def test_every_outcome_is_kept_with_what_was_learned(deps, team, oak, state):
    _, made = await make(deps, team, oak.first)
    assert isinstance(await handlers.open_outcome(click(team, commitment=made.id), deps), Modal)
    answer = await handlers.settle(
        outcome(team, "Ana", made.id, state, learned="Ask earlier", cause=chosen("time"), link="https://a.b/c"), deps
    )
    found = await stored(deps, team, made.id)
    assert (found.state.value, found.learned, found.link) == (state, "Ask earlier", "https://a.b/c")
    assert found.cause == (Cause.TIME if state == "not_yet" else None)
    assert ("Ask earlier" in shown(answer)) and ShowHome() in answer


async def test_not_yet_asks_for_the_cause_and_offers_one_smaller_experiment(deps, team, oak):
    _, made = await make(deps, team, oak.first)
    with pytest.raises(RefusedFields) as refused:
        await handlers.settle(outcome(team, "Ana", made.id, "not_yet"), deps)
    assert set(refused.value.fields) == {"cause"}
    answer = await handlers.settle(outcome(team, "Ana", made.id, "not_yet", cause=chosen("too_big")), deps)
    assert "Halve it" in shown(answer) and "Make that my next one" in shown(answer)
    follow = click(team, session=oak.first.id, after=made.id)
    opened = await handlers.open_make(follow, deps)
    assert "Halve it" in str(opened.view) and "call three customers" in str(opened.view)
    doubted = await handlers.make(
        form(team, notes={"session": oak.first.id, "after": made.id}, will="one call"), deps
    )
    assert not isinstance(doubted, Turn)
    with pytest.raises(NotYours):
        await handlers.open_make(click(team, "Bo", session=oak.first.id, after=made.id), deps)


async def test_where_both_slots_are_taken_there_is_no_third_to_offer(deps, team, oak):
    _, made = await make(deps, team, oak.first)
    await make(deps, team, oak.first, will="write page one")
    answer = await handlers.settle(outcome(team, "Ana", made.id, "not_yet", cause=chosen("time")), deps)
    assert "Make that my next one" not in shown(answer)


async def test_something_that_took_over_has_its_place(deps, team, oak):
    _, made = await make(deps, team, oak.first)
    await make(deps, team, oak.first, will="write page one")
    answer = await handlers.settle(outcome(team, "Ana", made.id, "replaced"), deps)
    assert "Make the one that took over" in shown(answer)
    _, new = await make(deps, team, oak.first, will="hire a writer")
    assert new.slot == 1


async def test_an_outcome_can_be_corrected_save_that_replaced_stays(deps, team, oak):
    _, made = await make(deps, team, oak.first)
    await handlers.settle(outcome(team, "Ana", made.id, "kept"), deps)
    reply = shown(await handlers.show(Command(team, an_id("Ana")), deps))
    assert "Correct it" in reply and "you kept 1" in reply
    await handlers.settle(outcome(team, "Ana", made.id, "partly"), deps)
    assert (await stored(deps, team, made.id)).state is CommitmentState.PARTLY
    await handlers.settle(outcome(team, "Ana", made.id, "replaced"), deps)
    with pytest.raises(Refused, match="taken the place"):
        await handlers.open_outcome(click(team, commitment=made.id), deps)


async def test_only_what_is_not_there_yet_is_asked_what_was_in_the_way(deps, team, oak):
    _, made = await make(deps, team, oak.first)
    opened = str((await handlers.open_outcome(click(team, commitment=made.id), deps)).view)
    assert "What was in the way?" not in opened
    view = View("V1", notes=Payload({"commitment": made.id}))
    for state, asks in (("not_yet", True), ("partly", False), ("forged", False)):
        picked = Click(team, an_id("Ana"), view=view, chosen=state, answers=typed(learned="Mornings"))
        turned = str((await handlers.pick_state(picked, deps)).view)
        assert ("What was in the way?" in turned, "Mornings" in turned) == (asks, True)


async def test_for_a_day_home_has_a_way_back(deps, team, oak, clock):
    _, made = await make(deps, team, oak.first)
    answer = await handlers.settle(outcome(team, "Ana", made.id, "kept"), deps)
    assert "Correct it" in shown(answer)
    assert "Correct it" in await _at_home(deps, team)
    clock.forward(hours=25)
    assert "Correct it" not in await _at_home(deps, team)


async def _at_home(deps, team):
    async with deps.store.open_view(team) as work:
        return str(await home.my_commitments(work, an_id("Ana"), deps.now()))


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://a.b", "https://a.b/<!channel>"])
async def test_only_web_addresses_are_evidence(deps, team, oak, link):
    _, made = await make(deps, team, oak.first)
    with pytest.raises(RefusedFields) as refused:
        await handlers.settle(outcome(team, "Ana", made.id, "kept", link=link), deps)
    assert set(refused.value.fields) == {"link"}


async def test_late_clicks_change_nothing_and_say_so(deps, team, oak):
    _, made = await make(deps, team, oak.first)
    await handlers.settle(outcome(team, "Ana", made.id, "kept"), deps)
    before = await stored(deps, team, made.id)
    for late in (handlers.on_it, handlers.stuck, handlers.open_change, handlers.open_move, handlers.ask_buddy):
        with pytest.raises(Refused):
            await late(click(team, commitment=made.id), deps)
    assert await stored(deps, team, made.id) == before


# Who may act


CLICKS = [
    handlers.open_change,
    handlers.open_shrink,
    handlers.open_move,
    handlers.open_outcome,
    handlers.on_it,
    handlers.stuck,
    handlers.ask_buddy,
    handlers.ask_circle,
]


@pytest.mark.parametrize("handler", CLICKS)
async def test_nobody_acts_on_somebody_elses(deps, team, oak, handler):
    _, made = await make(deps, team, oak.first, audience=chosen("circle"), witness=chosen(an_id("Bo")))
    for name in ("Bo", "Dee", "Zoe"):
        with pytest.raises(NotYours) as refused:
            await handler(click(team, name, commitment=made.id), deps)
        assert made.will not in refused.value.sentence
    with pytest.raises(Gone):
        await handler(click(team, commitment=999), deps)
    with pytest.raises(Refused, match="older message"):
        await handler(click(team, commitment="1"), deps)
    assert await stored(deps, team, made.id) == made


async def test_nobody_sends_in_a_form_about_somebody_elses(deps, team, oak):
    _, made = await make(deps, team, oak.first, audience=chosen("circle"))
    notes = {"commitment": made.id}
    for send in (
        handlers.change(change_form(team, made.id, "Bo", will="do my bidding"), deps),
        handlers.move(form(team, "Bo", notes=notes, by=picked_day("2026-03-17")), deps),
        handlers.settle(outcome(team, "Bo", made.id, "kept"), deps),
    ):
        with pytest.raises(NotYours):
            await send
    assert await stored(deps, team, made.id) == made


async def test_a_form_without_its_notes_is_an_old_one(deps, team, oak):
    with pytest.raises(Refused, match="older message"):
        await handlers.settle(
            Submission(team, an_id("Ana"), view=View("V1"), answers=typed(state=chosen("kept"))), deps
        )


# The witness


async def test_the_witness_confirms_with_one_tap(deps, team, oak):
    _, made = await make(deps, team, oak.first, witness=chosen(an_id("Bo")))
    with pytest.raises(Refused, match="nothing to confirm"):
        await handlers.confirm(click(team, "Bo", commitment=made.id), deps)
    answer = await handlers.settle(outcome(team, "Ana", made.id, "kept"), deps)
    assert "I ask <@U0BO>" in shown(answer)
    for _tap in range(2):
        assert isinstance(await handlers.confirm(click(team, "Bo", commitment=made.id), deps), Replace)
    with pytest.raises(NotYours):
        await handlers.confirm(click(team, "Chi", commitment=made.id), deps)
    assert "confirmed by <@U0BO>" in shown(await handlers.show(Command(team, an_id("Ana")), deps))
    async with deps.store.open_view(team) as work:
        assert [entry.act for entry in await work.audit.latest()] == ["commitment.confirm"]


async def test_the_witness_is_asked_once_however_often_it_is_corrected(deps, team, oak):
    _, made = await make(deps, team, oak.first, witness=chosen(an_id("Bo")))
    for state in ("kept", "partly", "kept"):
        await handlers.settle(outcome(team, "Ana", made.id, state), deps)
    asked = [letter.to for letter in await letters_of(deps.store, team) if letter.kind == "commitments.witness"]
    assert asked == [an_id("Bo")]


async def test_a_correction_takes_the_confirmation_away(deps, team, oak):
    _, made = await make(deps, team, oak.first, witness=chosen(an_id("Bo")))
    await handlers.settle(outcome(team, "Ana", made.id, "kept"), deps)
    await handlers.confirm(click(team, "Bo", commitment=made.id), deps)
    await handlers.settle(outcome(team, "Ana", made.id, "kept", learned="More"), deps)
    assert (await stored(deps, team, made.id)).confirmed_at is not None
    await handlers.settle(outcome(team, "Ana", made.id, "dropped"), deps)
    assert (await stored(deps, team, made.id)).confirmed_at is None


async def test_what_is_past_its_day_is_asked_about_without_blame(deps, team, oak, clock):
    async with deps.store.open_work(team) as work:
        await saved_commitment(work, circle=oak.circle.id, session=oak.first.id)
    clock.forward(days=14)
    reply = shown(await handlers.show(Command(team, an_id("Ana")), deps))
    assert "was for Wednesday 18 March: how did it go?" in reply


# The buddy confirms; the circle is told; what was before


async def test_the_buddy_confirms_where_no_witness_was_named(deps, team, oak):
    _, made = await make(deps, team, oak.first, audience=chosen("buddy"))
    await handlers.settle(outcome(team, "Ana", made.id, "kept"), deps)
    [letter] = await letters_of(deps.store, team, kind="commitments.witness")
    assert letter.to == made.buddy
    buddy = made.buddy.removeprefix("U0").title()
    assert isinstance(await handlers.confirm(click(team, buddy, commitment=made.id), deps), Replace)
    assert (await stored(deps, team, made.id)).confirmed_at == deps.now()
    assert f"confirmed by <@{made.buddy}>" in shown(await handlers.show(Command(team, an_id("Ana")), deps))


def news(team, number, line, name="Ana"):
    return Submission(
        team, an_id(name), view=View("V1", notes=Payload({"commitment": number})), answers=typed(line=line)
    )


async def test_the_circle_is_told_before_it_meets(deps, team, oak):
    _, made = await make(deps, team, oak.first, audience=chosen("circle"))
    settled = await handlers.settle(outcome(team, "Ana", made.id, "kept"), deps)
    assert "Tell my circle" in shown(settled)
    assert isinstance(await handlers.open_tell(click(team, commitment=made.id), deps), Modal)
    told = await handlers.tell(news(team, made.id, "One call was <!channel> enough."), deps)
    assert "in your circle's next agenda" in shown(told)
    assert await letters_of(deps.store, team, kind="commitments.news") == []
    async with deps.store.open_work(team) as work:
        await work.messages.remember("sessions.agenda", str(oak.second.id), Place(oak.circle.channel, "5.5"))
    for line in ("One call.", "Two calls."):
        assert "below your circle's agenda" in shown(await handlers.tell(news(team, made.id, line), deps))
    [letter] = await letters_of(deps.store, team, kind="commitments.news")
    async with deps.store.open_work(team) as work:
        sent = await letters.news(work, letter, deps.now())
        await work.messages.remember("commitments.news", str(made.id), Place(oak.circle.channel, "6.6"))
    assert sent.thread == "5.5" and "Two calls." in str(sent.message)
    _reply, edit, _home = await handlers.tell(news(team, made.id, "Three."), deps)
    assert edit.ts == "6.6" and "Three." in str(edit.message)


async def test_nobody_is_told_of_what_the_circle_does_not_see(deps, team, oak, clock):
    _, made = await make(deps, team, oak.first)
    assert "Tell my circle" not in shown(await handlers.settle(outcome(team, "Ana", made.id, "kept"), deps))
    with pytest.raises(Refused, match="doesn't see"):
        await handlers.tell(news(team, made.id, "x"), deps)
    _, other = await make(deps, team, oak.first, audience=chosen("circle"), will="write page one")
    with pytest.raises(NotYours):
        await handlers.tell(news(team, other.id, "x", "Bo"), deps)
    with pytest.raises(Refused, match="too long"):
        await handlers.tell(news(team, other.id, "x" * 3000), deps)
    clock.forward(days=15)
    with pytest.raises(Refused, match="met again"):
        await handlers.open_tell(click(team, commitment=other.id), deps)


async def test_all_so_far_a_page_at_a_time(deps, team, oak):
    async with deps.store.open_work(team) as work:
        for number in range(12):
            state = CommitmentState.KEPT if number % 2 else CommitmentState.REPLACED
            await saved_commitment(work, will=f"thing {number:02}", session=number + 10, state=state)
        await saved_commitment(work, "Bo", will="of Bo", session=99)
    first = str((await handlers.open_history(Command(team, an_id("Ana")), deps)).view)
    assert [f"thing {number:02}" in first for number in (11, 7, 6)] == [True, True, False]
    assert "12 commitments in all" in first and "Newer" not in first and "Oak" in first
    last = str((await handlers.turn_history(click(team, show="all", page=2), deps)).view)
    assert "thing 00" in last and "Older" not in last and "of Bo" not in last
    kept = await handlers.show_history(Click(team, an_id("Ana"), chosen="kept"), deps)
    assert "thing 11" in str(kept.view) and "thing 10" not in str(kept.view)
    for forged in (click(team, show="nonsense", page=-4), click(team, show="open", page=2**31 - 1)):
        assert (await handlers.turn_history(forged, deps)).view["type"] == "modal"
