"""Making, changing and settling commitments, from click to row."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.circles import CircleState
from bot.domain.commitments import Audience, CommitmentState
from bot.domain.errors import Gone, NotYours, Refused, RefusedFields
from bot.domain.sessions import SessionState
from bot.features.commitments import handlers
from bot.slack.payload import Payload
from bot.slack.replies import Modal, ShowHome, Turn
from bot.slack.requests import Command
from tests.builders import an_id, saved_circle, saved_session
from tests.features.answers import chosen, picked_day, typed
from tests.features.commitments.forms import FORM, change_form, click, form, make, outcome, shown, stored
from tests.letters import letters_of


async def save_session(deps, team, session, **changes):
    async with deps.store.open_work(team) as work:
        known = await work.sessions.get(session.id)
        await work.sessions.save(replace(known, **changes))


# Making


async def test_two_are_made_from_the_sessions_button_and_a_third_is_kindly_refused(deps, team, oak):
    assert isinstance(await handlers.open_make(click(team, session=oak.first.id), deps), Modal)
    answer, one = await make(deps, team, oak.first)
    assert "Make the second one" in shown(answer) and ShowHome() in answer
    answer, two = await make(deps, team, oak.first, will="write page one")
    assert "Make the second one" not in shown(answer)
    assert [(one.slot, one.will), (two.slot, two.will)] == [(1, "call three customers"), (2, "write page one")]
    with pytest.raises(Refused, match="two is plenty"):
        await make(deps, team, oak.first, will="plan the offsite")
    assert "two is plenty" in shown(await handlers.open_make(click(team, session=oak.first.id), deps))


async def test_the_same_form_sent_twice_makes_one(deps, team, oak):
    _, one = await make(deps, team, oak.first)
    _, again = await make(deps, team, oak.first)
    assert one == again


async def test_everything_wrong_is_said_under_its_field(deps, team, oak):
    with pytest.raises(RefusedFields) as refused:
        await make(deps, team, oak.first, will="", by=picked_day("2026-03-20"), witness=chosen("U0ZOE"))
    assert set(refused.value.fields) == {"will", "by", "witness"}
    with pytest.raises(RefusedFields) as refused:
        await make(deps, team, oak.first, by={}, audience=chosen("everybody"), confidence=chosen("11"))
    assert set(refused.value.fields) == {"by", "audience", "confidence"}
    with pytest.raises(RefusedFields) as refused:
        await make(deps, team, oak.first, will="x" * 3000, cue="y" * 3000)
    assert set(refused.value.fields) == {"will", "cue"}


async def test_hostile_words_are_kept_harmless(deps, team, oak):
    answer, made = await make(deps, team, oak.first, will="ask <!channel> \u202e & 🧑‍🚀 about it")
    assert made.will == "ask <!channel> & 🧑‍🚀 about it"
    assert "ask &lt;!channel&gt;" in shown(answer)


async def test_low_confidence_asks_once_for_half_as_big(deps, team, oak):
    answer, made = await make(deps, team, oak.first, confidence=chosen("5"))
    assert isinstance(answer, Turn) and made is None
    assert "spend half an hour on this: call three customers" in str(answer.view)
    own_words = typed(**FORM | {"confidence": chosen("5"), "half": chosen("half"), "smaller": "call <!here> one"})
    again = replace(form(team, notes={"session": oak.first.id, "asked": 1}), answers=own_words)
    assert "call &lt;!here&gt; one" in shown(await handlers.make(again, deps))
    too_long = replace(again, answers=typed(**FORM | {"half": chosen("half"), "smaller": "x" * 3000}))
    with pytest.raises(RefusedFields):
        await handlers.make(too_long, deps)
    assert Payload.read(answer.view["private_metadata"]).parts == {"session": oak.first.id, "asked": 1}
    _, made = await make(deps, team, oak.first, asked=1, confidence=chosen("5"), half=chosen("half"))
    assert made.will == "spend half an hour on this: call three customers"


async def test_what_was_written_may_stay_as_it_is(deps, team, oak):
    _, made = await make(deps, team, oak.first, asked=1, confidence=chosen("5"), half=chosen("same"))
    assert (made.will, made.confidence) == ("call three customers", 5)


async def test_a_doubtful_wording_gets_one_friendly_question_and_is_taken(deps, team, oak):
    answer, made = await make(deps, team, oak.first, will="the customers")
    assert "What will you do, exactly?" in str(answer.view) and made is None
    _, made = await make(deps, team, oak.first, asked=1, will="the customers")
    assert made.will == "the customers"


async def test_only_members_make_them_and_only_in_a_session_that_has_begun(deps, team, oak):
    with pytest.raises(Refused, match="not a member"):
        await make(deps, team, oak.first, "Zoe")
    with pytest.raises(Refused, match="hasn't begun"):
        await make(deps, team, oak.second)
    with pytest.raises(Gone):
        await handlers.open_make(click(team, session=999), deps)
    with pytest.raises(Refused, match="older message"):
        await handlers.open_make(click(team, session="1"), deps)


@pytest.mark.parametrize("state", [SessionState.NOT_HELD, SessionState.SKIPPED])
async def test_a_session_that_did_not_take_place_has_none(deps, team, oak, state):
    await save_session(deps, team, oak.first, state=state)
    with pytest.raises(Refused, match="didn't take place"):
        await make(deps, team, oak.first)


async def test_an_old_threads_button_points_to_the_newest_session(deps, team, oak, clock):
    clock.to(oak.second.starts)
    with pytest.raises(Refused, match="met again since"):
        await make(deps, team, oak.first)
    _, made = await make(deps, team, oak.second, by=picked_day("2026-04-01"))
    assert made.session == oak.second.id


async def test_a_circle_that_ended_takes_none(deps, team, oak):
    async with deps.store.open_work(team) as work:
        await work.circles.save(replace(await work.circles.get(oak.circle.id), state=CircleState.CLOSED))
    with pytest.raises(Refused, match="has ended"):
        await make(deps, team, oak.first)


async def test_a_form_without_a_session_is_for_the_only_one_with_room(deps, team, oak):
    opened = await handlers.open_make(click(team), deps)
    assert Payload.read(opened.view["private_metadata"]).parts["session"] == oak.first.id
    async with deps.store.open_work(team) as work:
        elm = await saved_circle(work, "Ana", "Eve", name="Elm")
        await saved_session(work, circle=elm.id, state=SessionState.HELD)
    choice = await handlers.open_make(click(team), deps)
    assert shown(choice).count("'Make my two commitments'") == 2


async def test_the_buddy_is_named_in_the_form_and_kept_with_the_commitment(deps, team, oak):
    opened = await handlers.open_make(click(team, session=oak.first.id), deps)
    assert "My buddy this time: Dee" in str(opened.view)
    _, made = await make(deps, team, oak.first, audience=chosen("buddy"))
    assert (made.audience, made.buddy) == (Audience.BUDDY, an_id("Dee"))


async def test_somebody_alone_in_a_circle_has_no_buddy(deps, team, oak):
    async with deps.store.open_work(team) as work:
        fir = await saved_circle(work, "Fay", name="Fir")
        session = await saved_session(work, circle=fir.id, state=SessionState.HELD)
    opened = await handlers.open_make(click(team, "Fay", session=session.id), deps)
    assert "buddy" not in str(opened.view) and "Witness" not in str(opened.view)
    with pytest.raises(RefusedFields, match="no buddy"):
        await make(deps, team, session, "Fay", audience=chosen("buddy"))
    _, made = await make(deps, team, session, "Fay", audience=chosen("circle"))
    assert made.by == date(2026, 3, 18)


# The list


async def test_the_list_shows_mine_with_their_buttons_and_what_is_shared_with_me(deps, team, oak):
    _, mine = await make(deps, team, oak.first)
    await make(deps, team, oak.first, "Bo", will="draft the plan", witness=chosen(an_id("Ana")))
    await make(deps, team, oak.first, "Chi", will="keep it to myself")
    reply = shown(await handlers.show(Command(team, an_id("Ana")), deps))
    for words in ("call three customers", "Change it", "Make the second one", "<@U0BO>: draft the plan"):
        assert words in reply
    assert "keep it to myself" not in reply and mine.will not in shown(
        await handlers.show(Command(team, an_id("Bo")), deps)
    )


async def test_what_was_settled_stays_on_the_list_though_the_session_was_not_held(deps, team, oak):
    _, made = await make(deps, team, oak.first)
    await handlers.settle(outcome(team, "Ana", made.id, "kept"), deps)
    await save_session(deps, team, oak.first, state=SessionState.NOT_HELD)
    reply = shown(await handlers.show(Command(team, an_id("Ana")), deps))
    assert "Correct it" in reply and "Make" not in reply


async def test_without_a_circle_the_list_says_how_to_find_one(deps, team, oak):
    assert "See the circles" in shown(await handlers.show(Command(team, an_id("Zoe")), deps))


async def test_what_was_made_in_a_circle_i_left_can_still_be_settled(deps, team, oak, clock):
    _, made = await make(deps, team, oak.first)
    async with deps.store.open_work(team) as work:
        await work.circles.unseat(oak.circle.id, an_id("Ana"), clock.now())
    assert "*Oak*, which you have left" in shown(await handlers.show(Command(team, an_id("Ana")), deps))
    await handlers.settle(outcome(team, "Ana", made.id, "dropped"), deps)
    assert (await stored(deps, team, made.id)).state is CommitmentState.DROPPED


# Changing


async def test_a_new_wording_takes_the_slot_and_leaves_the_old_one_replaced(deps, team, oak, clock):
    _, old = await make(deps, team, oak.first)
    clock.forward(days=1)
    assert isinstance(await handlers.open_change(click(team, commitment=old.id), deps), Modal)
    answer = await handlers.change(change_form(team, old.id, will="call one customer"), deps)
    assert "former one is closed" in shown(answer)
    async with deps.store.open_view(team) as work:
        first, second = await work.commitments.of_owner(an_id("Ana"), [oak.first.id])
    assert (first.state, second.state) == (CommitmentState.REPLACED, CommitmentState.OPEN)
    assert (second.slot, second.will, second.made_at) == (1, "call one customer", clock.now())
    with pytest.raises(Refused, match="settled"):
        await handlers.change(change_form(team, old.id, will="call nobody at all"), deps)


async def test_in_the_first_minutes_another_wording_is_a_correction(deps, team, oak, clock):
    _, made = await make(deps, team, oak.first)
    clock.forward(minutes=9)
    await handlers.change(change_form(team, made.id, will="call four customers", cue="If it rains"), deps)
    changed = await stored(deps, team, made.id)
    assert (changed.will, changed.cue, changed.state) == ("call four customers", "If it rains", CommitmentState.OPEN)


async def test_a_change_is_asked_about_only_where_it_says_something_new(deps, team, oak, clock):
    _, made = await make(deps, team, oak.first, asked=1, confidence=chosen("5"))
    clock.forward(days=1)
    answer = await handlers.change(
        change_form(team, made.id, confidence=chosen("5"), by=picked_day("2026-03-17")), deps
    )
    assert not isinstance(answer, Turn)
    answer = await handlers.change(change_form(team, made.id, will="customers"), deps)
    assert isinstance(answer, Turn) and "exactly?" in str(answer.view)
    await handlers.change(change_form(team, made.id, asked=1, will="customers"), deps)


async def test_the_day_moves_within_what_the_next_session_allows(deps, team, oak):
    _, made = await make(deps, team, oak.first)
    assert isinstance(await handlers.open_move(click(team, commitment=made.id), deps), Modal)
    notes = {"commitment": made.id}
    assert "Moved to Thursday 19 March" in shown(
        await handlers.move(form(team, notes=notes, by=picked_day("2026-03-19")), deps)
    )
    for day in ("2026-03-05", "2026-03-20"):
        with pytest.raises(RefusedFields, match="after today"):
            await handlers.move(form(team, notes=notes, by=picked_day(day)), deps)
    with pytest.raises(RefusedFields, match="Pick a day"):
        await handlers.move(form(team, notes=notes, by={}), deps)
    assert (await stored(deps, team, made.id)).by == date(2026, 3, 19)


# How it goes


async def test_on_it_is_noted_quietly(deps, team, oak):
    _, made = await make(deps, team, oak.first)
    assert await handlers.on_it(click(team, home=True, commitment=made.id), deps) == ShowHome()
    again = await handlers.on_it(click(team, commitment=made.id), deps)
    assert "on it" in shown(again)
    found = await stored(deps, team, made.id)
    assert (found.state, found.version) == (CommitmentState.ON_IT, 2)
    assert [letter.kind for letter in await letters_of(deps.store, team)] == ["commitments.receipt"]


@pytest.mark.parametrize(
    ("audience", "offered"),
    [("me", []), ("buddy", ["ask-buddy"]), ("circle", ["ask-buddy", "ask-circle"])],
)
async def test_stuck_offers_only_those_who_may_see_it(deps, team, oak, audience, offered):
    _, made = await make(deps, team, oak.first, audience=chosen(audience))
    told = shown(await handlers.stuck(click(team, commitment=made.id), deps))
    assert "commitments.shrink" in told and "commitments.move" in told
    assert [way for way in ("ask-buddy", "ask-circle") if f"commitments.{way}" in told] == offered
    asks = {"ask-buddy": handlers.ask_buddy, "ask-circle": handlers.ask_circle}
    for way, ask in asks.items():
        if way not in offered:
            with pytest.raises(NotYours, match="can't see"):
                await ask(click(team, commitment=made.id), deps)
    assert "commitments.help" not in [letter.kind for letter in await letters_of(deps.store, team)]


async def test_help_is_asked_for_by_tap_once_a_day(deps, team, oak):
    _, made = await make(deps, team, oak.first, audience=chosen("circle"))
    for _tap in range(2):
        await handlers.ask_circle(click(team, commitment=made.id), deps)
        await handlers.ask_buddy(click(team, commitment=made.id), deps)
    asked = [letter.to for letter in await letters_of(deps.store, team) if letter.kind == "commitments.help"]
    assert asked == [oak.circle.channel, an_id("Dee")]
    assert (await stored(deps, team, made.id)).state is CommitmentState.STUCK


async def test_who_left_the_circle_asks_nobody_there(deps, team, oak, clock):
    _, made = await make(deps, team, oak.first, audience=chosen("circle"))
    async with deps.store.open_work(team) as work:
        await work.circles.unseat(oak.circle.id, an_id("Ana"), clock.now())
    assert "ask-" not in shown(await handlers.stuck(click(team, commitment=made.id), deps))
    with pytest.raises(Refused, match="not in that circle"):
        await handlers.ask_circle(click(team, commitment=made.id), deps)


async def test_a_smaller_step_is_written_into_the_form(deps, team, oak):
    _, made = await make(deps, team, oak.first)
    opened = await handlers.open_shrink(click(team, commitment=made.id), deps)
    assert "spend half an hour on this: call three customers" in str(opened.view)
