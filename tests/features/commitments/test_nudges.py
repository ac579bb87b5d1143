"""When a member hears of their commitments, and when they do not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.commitments import CommitmentState
from bot.feature import Moot, Send, Wait
from bot.features.commitments import handlers, letters, nudges
from tests.builders import an_id
from tests.features.answers import chosen, picked_day
from tests.features.commitments.forms import click, form, make, outcome, stored
from tests.letters import letters_of

COMPOSE = {kind.kind: kind.compose for kind in letters.LETTERS}
MIDPOINT = datetime(2026, 3, 11, 8, tzinfo=UTC)  # nine in Berlin, half of the way to the 18th
LAST = datetime(2026, 3, 16, 8, tzinfo=UTC)  # two working days before the 18th


async def planned(deps, team, kind):
    """The letters of this kind once the nudge has run, twice as on two replicas."""
    for _replica in range(2):
        async with deps.store.open_work(team) as work:
            await nudges.remind(work, deps.now())
    return await letters_of(deps.store, team, kind=f"commitments.{kind}")


async def composed(deps, team, letter):
    async with deps.store.open_work(team) as work:
        return await COMPOSE[letter.kind](work, letter, deps.now())


async def both_made(deps, team, oak, **second):
    _, one = await make(deps, team, oak.first)
    _, two = await make(deps, team, oak.first, **{"will": "write page one"} | second)
    return one, two


async def settle(deps, team, *made):
    for one in made:
        await handlers.settle(outcome(team, "Ana", one.id, "kept"), deps)


async def change_member(deps, team, name="Ana", **changes):
    async with deps.store.open_work(team) as work:
        await work.members.save(replace(await work.members.get(an_id(name)), **changes))


# The receipt


async def test_one_receipt_tells_of_both_ten_minutes_after_the_second(deps, team, oak, clock):
    await make(deps, team, oak.first)
    clock.forward(minutes=4)
    await make(deps, team, oak.first, will="write page one")
    [letter] = await planned(deps, team, "receipt")
    assert letter.due == clock.now() + timedelta(minutes=6)
    clock.to(letter.due)
    assert await composed(deps, team, letter) == Wait(letter.due + timedelta(minutes=4))
    clock.forward(minutes=4)
    sent = str((await composed(deps, team, letter)).message.blocks)
    assert "call three customers" in sent and "write page one" in sent


async def test_there_is_no_receipt_for_what_is_settled_already(deps, team, oak, clock):
    _, made = await make(deps, team, oak.first)
    [letter] = await planned(deps, team, "receipt")
    await settle(deps, team, made)
    clock.forward(minutes=10)
    assert isinstance(await composed(deps, team, letter), Moot)


# The mid-point and the last reminder


async def test_both_are_in_one_mid_point_and_in_one_last_reminder(deps, team, oak, clock):
    one, two = await both_made(deps, team, oak, by=picked_day("2026-03-19"))
    assert await planned(deps, team, "midpoint") == []
    clock.to(MIDPOINT - timedelta(hours=23))
    [letter] = await planned(deps, team, "midpoint")
    assert (letter.number, letter.to, letter.due) == (one.id, an_id("Ana"), MIDPOINT)
    clock.to(MIDPOINT)
    sent = str((await composed(deps, team, letter)).message.blocks)
    assert "call three customers" in sent and "write page one" in sent
    clock.to(LAST)
    [last] = await planned(deps, team, "reminder")
    sent = str((await composed(deps, team, last)).message.blocks)
    assert "call three customers" in sent and "write page one" in sent and "last word" in sent
    clock.to(datetime(2026, 3, 19, 14, tzinfo=UTC))
    assert len(await planned(deps, team, "midpoint")) == len(await planned(deps, team, "reminder")) == 1
    assert (await stored(deps, team, two.id)).last_on == date(2026, 3, 16)


async def test_what_is_settled_is_left_out_and_the_letter_ends_with_the_last(deps, team, oak, clock):
    one, two = await both_made(deps, team, oak)
    clock.to(MIDPOINT - timedelta(hours=1))
    [letter] = await planned(deps, team, "midpoint")
    clock.to(MIDPOINT)
    await settle(deps, team, one)
    sent = str((await composed(deps, team, letter)).message.blocks)
    assert "call three customers" not in sent and "write page one" in sent
    await settle(deps, team, two)
    assert isinstance(await composed(deps, team, letter), Moot)
    clock.to(LAST)
    assert await planned(deps, team, "reminder") == []


async def test_a_day_that_moves_away_takes_its_reminder_along(deps, team, oak, clock):
    _, made = await make(deps, team, oak.first, by=picked_day("2026-03-11"))
    clock.to(datetime(2026, 3, 8, 12, tzinfo=UTC))
    [early] = await planned(deps, team, "reminder")
    notes = {"commitment": made.id}
    await handlers.move(form(team, notes=notes, by=picked_day("2026-03-18")), deps)
    clock.to(early.due)
    assert isinstance(await composed(deps, team, early), Moot)
    clock.to(LAST)
    assert [letter.due for letter in await planned(deps, team, "reminder")] == [early.due, LAST]


async def test_no_change_brings_a_second_last_reminder(deps, team, oak, clock):
    _, made = await make(deps, team, oak.first, by=picked_day("2026-03-11"))
    clock.to(datetime(2026, 3, 9, 9, tzinfo=UTC))
    [first] = await planned(deps, team, "reminder")
    assert isinstance(await composed(deps, team, first), Send)
    notes = {"commitment": made.id, "asked": 0}
    await handlers.change(form(team, notes=notes, will="write page two", by=picked_day("2026-03-19")), deps)
    clock.to(datetime(2026, 3, 18, 9, tzinfo=UTC))
    assert await planned(deps, team, "reminder") == [first]


async def test_after_its_day_nothing_is_said_any_more(deps, team, oak, clock):
    await make(deps, team, oak.first)
    clock.to(LAST)
    [letter] = await planned(deps, team, "reminder")
    clock.to(datetime(2026, 3, 19, 9, tzinfo=UTC))
    assert isinstance(await composed(deps, team, letter), Moot)


async def test_a_bot_that_was_away_says_the_last_word_only(deps, team, oak, clock):
    await make(deps, team, oak.first)
    clock.to(datetime(2026, 3, 16, 20, tzinfo=UTC))
    [last] = await planned(deps, team, "reminder")
    [midpoint] = await planned(deps, team, "midpoint")
    assert isinstance(await composed(deps, team, last), Send)
    assert isinstance(await composed(deps, team, midpoint), Moot)


# Who is not written to


KINDS = ["receipt", "midpoint", "reminder"]


async def letter_due(deps, team, oak, clock, kind):
    await make(deps, team, oak.first)
    if kind != "receipt":
        clock.to(MIDPOINT if kind == "midpoint" else LAST)
    [letter] = await planned(deps, team, kind)
    clock.to(letter.due)
    return letter


@pytest.mark.parametrize("kind", KINDS)
async def test_who_left_the_circle_hears_nothing_of_it(deps, team, oak, clock, kind):
    letter = await letter_due(deps, team, oak, clock, kind)
    async with deps.store.open_work(team) as work:
        await work.circles.unseat(oak.circle.id, an_id("Ana"), clock.now())
    assert isinstance(await composed(deps, team, letter), Moot)


async def test_a_letter_that_waited_while_its_day_moved_is_not_early(deps, team, oak, clock):
    _, made = await make(deps, team, oak.first, by=picked_day("2026-03-11"))
    clock.to(datetime(2026, 3, 9, 9, tzinfo=UTC))
    [letter] = await planned(deps, team, "reminder")
    await handlers.move(form(team, notes={"commitment": made.id}, by=picked_day("2026-03-18")), deps)
    assert await composed(deps, team, letter) == Wait(LAST)


# The witness and helpers


async def test_the_witness_is_asked_while_there_is_something_to_see(deps, team, oak, clock):
    _, made = await make(deps, team, oak.first, witness=chosen(an_id("Bo")))
    await handlers.settle(outcome(team, "Ana", made.id, "kept", learned="Mine alone", link="https://a.b/c"), deps)
    [letter] = await planned(deps, team, "witness")
    sent = str((await composed(deps, team, letter)).message.blocks)
    assert "https://a.b/c" in sent and "Mine alone" not in sent
    await handlers.confirm(click(team, "Bo", commitment=made.id), deps)
    assert isinstance(await composed(deps, team, letter), Moot)
    await handlers.settle(outcome(team, "Ana", made.id, "dropped"), deps)
    assert isinstance(await composed(deps, team, letter), Moot)


async def help_letter(deps, team, made, ask):
    await ask(click(team, commitment=made.id), deps)
    return (await planned(deps, team, "help"))[-1]


@pytest.mark.parametrize("ask", [handlers.ask_circle, handlers.ask_buddy])
async def test_a_call_for_help_is_moot_once_they_may_not_see_it(deps, team, oak, clock, ask):
    _, made = await make(deps, team, oak.first, audience=chosen("circle"))
    letter = await help_letter(deps, team, made, ask)
    assert "call three customers" in str((await composed(deps, team, letter)).message.blocks)
    notes = {"commitment": made.id, "asked": 0}
    await handlers.change(form(team, notes=notes, audience=chosen("me")), deps)
    assert isinstance(await composed(deps, team, letter), Moot)


async def test_a_call_for_help_is_moot_once_it_goes_again(deps, team, oak):
    _, made = await make(deps, team, oak.first, audience=chosen("circle"))
    letter = await help_letter(deps, team, made, handlers.ask_circle)
    await handlers.on_it(click(team, commitment=made.id), deps)
    assert (await stored(deps, team, made.id)).state is CommitmentState.ON_IT
    assert isinstance(await composed(deps, team, letter), Moot)
