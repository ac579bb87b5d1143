"""Help out of a check-in: one peer after the other is asked, with a reason; it is taken once, and ends with thanks."""

from asyncio import gather

import pytest

from bot.domain.errors import NotYours, Refused
from bot.domain.helping import CallState
from bot.domain.people import Availability, Wish
from bot.feature import Moot
from bot.features.checkins import handlers, helping
from bot.store.messages import Place
from tests.builders import a_profile, an_id
from tests.features.checkins.asking import (
    THURSDAY_AT_TEN,
    answers_of,
    click,
    composed,
    end,
    leave,
    say,
    tick,
    waiting,
)
from tests.letters import letters_of


async def test_help_is_given_once_and_both_hear_of_it(deps, team, closed):
    for _double in range(2):
        reply, *_edits = await handlers.offer_help(click(team, "Bo", answer=closed), deps)
        assert "hears that you help" in str(reply.message.blocks)
    with pytest.raises(Refused, match="on it already"):
        await handlers.offer_help(click(team, "Chi", answer=closed), deps)
    told = [*await waiting(deps, team, "checkins.help-found"), *await waiting(deps, team, "checkins.helping")]
    assert [letter.to for letter in told] == [an_id("Ana"), an_id("Bo")]
    texts = {letter.to: str((await composed(deps, team, letter)).message.blocks) for letter in told}
    assert "<@U0BO> can help you" in texts[an_id("Ana")] and "You offered <@U0ANA> a hand" in texts[an_id("Bo")]


async def test_of_two_who_help_in_the_same_moment_one_is_thanked(deps, team, closed):
    helpers = (handlers.offer_help(click(team, name, answer=closed), deps) for name in ("Bo", "Chi"))
    answers = await gather(*helpers, return_exceptions=True)
    assert sorted(type(answer).__name__ for answer in answers) == ["Refused", "tuple"]
    assert len(await waiting(deps, team, "checkins.helping")) == 1


async def test_nobody_helps_themselves_or_where_they_do_not_belong(deps, team, asked, closed):
    with pytest.raises(Refused, match="your own question"):
        await handlers.offer_help(click(team, "Ana", answer=closed), deps)
    with pytest.raises(Refused, match="not a member"):
        await handlers.offer_help(click(team, "Zoe", answer=closed), deps)
    content = next(number for number, one in await answers_of(deps, team, asked) if not one.help)
    with pytest.raises(Refused, match="Nobody asked for help"):
        await handlers.offer_help(click(team, "Chi", answer=content), deps)
    assert await waiting(deps, team, "checkins.help-found") == []


# One after the other


@pytest.fixture
async def known(deps, team):
    """Chi can speak in public and works when Ana does; Bo works at night; Dee has no profile."""
    async with deps.store.open_work(team) as work:
        await work.members.add_profile(a_profile("Ana", wants=(Wish("Openings"),)))
        await work.members.add_profile(
            a_profile("Bo", offers=(), availability=Availability(start="20:00", end="23:30"))
        )
        await work.members.add_profile(a_profile("Chi", offers=(Wish("Openings", 3),)))


async def ask(deps, team):
    async with deps.store.open_work(team) as work:
        await helping.ask_around(work, deps.now())


async def the_call(deps, team, closed):
    async with deps.store.open_view(team) as work:
        return (await work.calls.of_answers([closed]))[closed]


async def asked_so_far(deps, team):
    return [letter.to for letter in await waiting(deps, team, "checkins.help-asked")]


async def test_the_one_who_knows_is_asked_first_and_is_told_why(deps, team, known, closed):
    for _replica in range(2):
        await ask(deps, team)
    assert await asked_so_far(deps, team) == [an_id("Chi")]
    [letter] = await waiting(deps, team, "checkins.help-asked")
    shown = str((await composed(deps, team, letter)).message.blocks)
    assert "*Openings* is something you offer" in shown and "Thursday 10:00 to 12:00 (your time)" in shown
    call = await the_call(deps, team, closed)
    taken, *edits = await handlers.take_help(click(team, "Chi", answer=closed), deps)
    assert "You help <@U0ANA>" in str(taken.message) and edits == []
    for said in await waiting(deps, team, "checkins.help-found"):
        sent = await composed(deps, team, said)
        assert "First step" in str(sent.message) and "Thursday 10:00 to 12:00" in str(sent.message)
    assert isinstance(await composed(deps, team, letter), Moot)
    assert (await the_call(deps, team, closed)).state is CallState.TAKEN and call.tried == (an_id("Chi"),)


async def test_the_summary_says_who_is_on_it(deps, team, known, asked, closed):
    async with deps.store.open_work(team) as work:
        await work.messages.remember("checkins.summary", str(asked.id), Place("C0OAK", "9.9"))
    _reply, edit = await handlers.offer_help(click(team, "Dee", answer=closed), deps)
    assert edit.ts == "9.9" and "<@U0DEE> is on it" in str(edit.message)


async def test_whoever_passes_or_stays_silent_is_left_in_peace(deps, team, known, closed, clock):
    await ask(deps, team)
    for _twice in range(2):
        call = await the_call(deps, team, closed)
        assert "somebody else" in str((await handlers.pass_help_on(click(team, "Chi", call=call.id), deps)).message)
    with pytest.raises(NotYours):
        await handlers.pass_help_on(click(team, "Bo", call=call.id), deps)
    await ask(deps, team)
    await ask(deps, team)
    assert await asked_so_far(deps, team) == [an_id("Chi"), an_id("Bo")]
    clock.forward(hours=25)
    await ask(deps, team)
    clock.forward(days=4)
    await ask(deps, team)
    told = await asked_so_far(deps, team)
    assert len(told) == len(set(told)) <= 3 and an_id("Ana") not in told
    assert (await the_call(deps, team, closed)).state is CallState.OPEN
    [letter] = await waiting(deps, team, "checkins.help-none")
    assert letter.to == an_id("Ana")
    assert "Nobody I asked" in str((await composed(deps, team, letter)).message)
    late = await handlers.take_help(click(team, "Chi", answer=closed), deps)
    assert "You help" in str(late[0].message)


async def test_nobody_is_asked_who_has_left_or_for_whom(deps, team, oak, known, closed, clock):
    await ask(deps, team)
    [letter] = await waiting(deps, team, "checkins.help-asked")
    await leave(deps, team, oak, "Chi", clock.now())
    assert isinstance(await composed(deps, team, letter), Moot)
    with pytest.raises(Refused, match="not a member"):
        await handlers.take_help(click(team, "Chi", answer=closed), deps)
    await leave(deps, team, oak, "Ana", clock.now())
    clock.forward(days=2)
    await ask(deps, team)
    assert len(await asked_so_far(deps, team)) == 1
    assert (await the_call(deps, team, closed)).state is CallState.OPEN
    await end(deps, team, oak)


async def test_it_ends_with_thanks(deps, team, known, closed, clock):
    await handlers.take_help(click(team, "Bo", answer=closed), deps)
    [letter] = await waiting(deps, team, "checkins.help-went")
    clock.to(letter.due)
    assert "Did <@U0BO> help you" in str((await composed(deps, team, letter)).message)
    call = await the_call(deps, team, closed)
    assert "good day to say hello" in str(
        (await handlers.not_helped_yet(click(team, "Ana", call=call.id), deps)).message
    )
    with pytest.raises(NotYours):
        await handlers.say_thanks(click(team, "Bo", call=call.id), deps)
    for _twice in range(2):
        assert "hears that it helped" in str(
            (await handlers.say_thanks(click(team, "Ana", call=call.id), deps)).message
        )
    [thanks] = await waiting(deps, team, "checkins.help-thanked")
    assert thanks.to == an_id("Bo")
    assert "<@U0ANA> says thank you" in str((await composed(deps, team, thanks)).message)


async def test_words_for_help_are_kept_harmless_and_sealed(deps, team, asked, clock):
    await say(deps, team, "Ana", asked, wanted="Read <!channel> \u202e *this* 🧑‍🚀")
    clock.to(THURSDAY_AT_TEN)
    await tick(deps, team)
    await ask(deps, team)
    [letter] = await waiting(deps, team, "checkins.help-asked")
    shown = (await composed(deps, team, letter)).message
    assert shown.blocks[1]["type"] == "rich_text" and "\u202e" not in str(shown)
    [stored] = await letters_of(deps.store, team, kind="checkins.help-asked")
    assert "Read" not in str(stored)
