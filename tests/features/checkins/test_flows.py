"""Check-ins, from the week's plan to the hand that is lent."""

from asyncio import gather
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.errors import Gone, Refused, RefusedFields
from bot.domain.ids import CircleId
from bot.domain.prompts import FAMILIES
from bot.feature import Moot, Wait
from bot.features.checkins import handlers, home
from bot.slack.replies import Edit, Modal, Reply, ShowHome
from bot.slack.requests import Command
from bot.store.messages import Place
from tests.builders import an_id, saved_circle
from tests.features.checkins.asking import (
    THURSDAY_AT_TEN,
    TUESDAY_AT_TEN,
    a_round,
    answers_of,
    click,
    composed,
    end,
    filled,
    leave,
    say,
    tick,
    waiting,
)
from tests.letters import letters_of

# The week's plan


async def test_two_replicas_plan_one_round_and_one_letter(deps, team, oak, clock):
    for _replica in range(2):
        await tick(deps, team)
    [letter] = await letters_of(deps.store, team)
    assert (letter.kind, letter.to, letter.due) == ("checkins.thread", oak.channel, TUESDAY_AT_TEN)
    clock.to(TUESDAY_AT_TEN)
    assert "This week's question" in (await composed(deps, team, letter)).message.text
    async with deps.store.open_view(team) as work:
        assert len(await work.checkins.due(clock.now())) == 1


async def test_replicas_in_the_very_same_moment_plan_and_close_one_round(deps, team, oak, clock):
    for moment in (clock.now(), THURSDAY_AT_TEN):
        clock.to(moment)
        await gather(*(tick(deps, team) for _replica in range(3)))
    kinds = [letter.kind for letter in await letters_of(deps.store, team)]
    assert sorted(set(kinds)) == ["checkins.summary", "checkins.thread"]
    assert kinds.count("checkins.summary") == 1


async def test_a_circle_younger_than_its_day_waits_for_the_next_week(deps, team, oak, clock):
    clock.to(TUESDAY_AT_TEN + timedelta(hours=1))
    for _minute in range(2):
        await tick(deps, team)
    assert await letters_of(deps.store, team) == []
    clock.to(datetime(2026, 3, 9, 9, 0, tzinfo=UTC))
    await tick(deps, team)
    [letter] = await letters_of(deps.store, team)
    assert letter.due == TUESDAY_AT_TEN + timedelta(weeks=1)


async def test_ten_weeks_bring_no_question_twice_within_seven(deps, team, oak, clock):
    families = []
    for _week in range(10):
        await tick(deps, team)
        clock.forward(weeks=1)
        async with deps.store.open_view(team) as work:
            families = (await work.checkins.families_of([oak.id]))[oak.id]
    assert len(families) == 10
    assert all(len(set(families[at : at + 7])) == 7 for at in range(4))


async def test_the_question_is_moot_when_the_circle_has_ended(deps, team, oak, asked):
    [letter] = await waiting(deps, team, "checkins.thread")
    await end(deps, team, oak)
    assert isinstance(await composed(deps, team, letter), Moot)


# Answering


async def test_an_answer_is_kept_once_and_goes_to_the_thread(deps, team, oak, asked):
    assert isinstance(await handlers.open_form(click(team, "Ana", round=asked.id), deps), Modal)
    for _double in range(2):
        reply, shown = await say(deps, team, "Ana", asked)
        assert "On its way" in str(reply.message.blocks) and shown == ShowHome()
    [letter] = await waiting(deps, team, "checkins.answer")
    assert letter.to == oak.channel
    assert [one.text for _number, one in await answers_of(deps, team, asked)] == ["Half of it."]
    sent = await composed(deps, team, letter)
    assert sent.thread == "1.1" and "Half of it." in str(sent.message.blocks)


async def test_a_second_thought_edits_the_answer_where_it_stands(deps, team, oak, asked):
    await say(deps, team, "Ana", asked)
    [letter] = await waiting(deps, team, "checkins.answer")
    async with deps.store.open_work(team) as work:
        await work.messages.remember("checkins.answer", letter.subject, Place(oak.channel, "1.2"))
    reply, edit, _home = await say(deps, team, "Ana", asked, text="All of it.")
    assert "Changed" in str(reply.message.blocks)
    assert isinstance(edit, Edit) and (edit.channel, edit.ts) == (oak.channel, "1.2")
    assert "All of it." in str(edit.message.blocks)
    assert len(await waiting(deps, team, "checkins.answer")) == 1
    assert "All of it." in str((await handlers.open_form(click(team, "Ana", round=asked.id), deps)).view)


async def test_an_answer_waits_for_its_thread(deps, team, oak, clock):
    await tick(deps, team)
    clock.to(TUESDAY_AT_TEN)
    async with deps.store.open_view(team) as work:
        [this] = await work.checkins.due(clock.now())
    await say(deps, team, "Ana", this)
    [letter] = await waiting(deps, team, "checkins.answer")
    assert isinstance(await composed(deps, team, letter), Wait)


@pytest.mark.parametrize("text", ["", "   \n ", "x" * 3000])
async def test_an_empty_or_endless_answer_is_refused_under_its_field(deps, team, asked, text):
    with pytest.raises(Refused):
        await say(deps, team, "Ana", asked, text=text)
    assert await answers_of(deps, team, asked) == []


async def test_a_week_without_words_takes_emoji_alone(deps, team, oak, clock):
    silent = next(family for family in FAMILIES if family.key == "silent")
    async with deps.store.open_work(team) as work:
        await work.checkins.plan(a_round(oak.id, silent.prompts[0]), TUESDAY_AT_TEN)
        [this] = await work.checkins.due(TUESDAY_AT_TEN)
    clock.to(TUESDAY_AT_TEN)
    with pytest.raises(RefusedFields, match="emoji only"):
        await say(deps, team, "Ana", this, text="Fine :tada:")
    await say(deps, team, "Ana", this, text=":tada: \U0001f9ed")
    assert len(await answers_of(deps, team, this)) == 1


async def test_somebody_elses_circle_takes_no_answer(deps, team, asked):
    with pytest.raises(Refused, match="not a member"):
        await handlers.open_form(click(team, "Zoe", round=asked.id), deps)
    with pytest.raises(Refused, match="not a member"):
        await say(deps, team, "Zoe", asked)
    assert await answers_of(deps, team, asked) == []


async def test_who_left_takes_part_no_more(deps, team, oak, asked, clock):
    await leave(deps, team, oak, "Ana", clock.now())
    with pytest.raises(Refused, match="not a member"):
        await say(deps, team, "Ana", asked)


async def test_too_early_is_refused_and_so_is_too_late(deps, team, oak, asked, clock):
    clock.to(TUESDAY_AT_TEN - timedelta(minutes=1))
    with pytest.raises(Refused, match="not open yet"):
        await say(deps, team, "Ana", asked)
    clock.to(THURSDAY_AT_TEN)
    with pytest.raises(Refused, match="has closed"):
        await handlers.open_form(click(team, "Ana", round=asked.id), deps)
    with pytest.raises(Refused, match="has closed"):
        await say(deps, team, "Ana", asked)


async def test_a_circle_that_has_ended_takes_no_answer(deps, team, oak, asked):
    await end(deps, team, oak)
    with pytest.raises(Refused, match="has ended"):
        await say(deps, team, "Ana", asked)


@pytest.mark.parametrize(("forged", "error"), [(9999, Gone), ("x", Refused), (-1, Gone)])
async def test_forged_numbers_are_refused(deps, team, asked, forged, error):
    with pytest.raises(error):
        await handlers.open_form(click(team, "Ana", round=forged), deps)
    with pytest.raises(error):
        await handlers.save_answer(filled(team, "Ana", forged), deps)
    with pytest.raises(error):
        await handlers.offer_help(click(team, "Ana", answer=forged), deps)


async def test_another_workspace_reaches_nothing(deps, asked):
    with pytest.raises(Gone):
        await handlers.open_form(click("T0ELM", "Ana", round=asked.id), deps)


async def test_the_command_opens_the_only_question_and_lists_several(deps, team, oak, asked):
    assert isinstance(await handlers.this_week(Command(team, an_id("Ana")), deps), Modal)
    assert "No check-in" in (await handlers.this_week(Command(team, an_id("Zoe")), deps)).message.text
    async with deps.store.open_work(team) as work:
        elm = await saved_circle(work, "Ana", "Bo", name="Elm", id=CircleId(2))
        await work.checkins.plan(a_round(elm.id, "What went well?", family="win"), TUESDAY_AT_TEN)
        assert "What went well?" in str(await home.this_week(work, an_id("Ana"), deps.now()))
        assert await home.this_week(work, an_id("Zoe"), deps.now()) == []
    listed = await handlers.this_week(Command(team, an_id("Ana")), deps)
    assert isinstance(listed, Reply) and "Elm" in str(listed.message.blocks) and "Oak" in str(listed.message.blocks)


# The summary, and the hand


async def test_the_summary_counts_once_and_says_who_wants_help(deps, team, oak, closed, clock):
    [letter] = await waiting(deps, team, "checkins.summary")
    sent = await composed(deps, team, letter)
    shown = str(sent.message.blocks)
    assert sent.thread == "1.1" and letter.to == oak.channel
    assert "2 of 4 in" in shown and "My opening" in shown and "I can help" in shown


async def test_the_summary_leaves_out_who_left(deps, team, oak, closed, clock):
    await leave(deps, team, oak, "Ana", clock.now())
    [letter] = await waiting(deps, team, "checkins.summary")
    shown = str((await composed(deps, team, letter)).message.blocks)
    assert "1 of 3 in" in shown and "My opening" not in shown


async def test_a_summary_without_a_thread_or_circle_is_moot(deps, team, oak, closed):
    [letter] = await waiting(deps, team, "checkins.summary")
    await end(deps, team, oak)
    assert isinstance(await composed(deps, team, letter), Moot)
