"""Drafting, signing and changing a charter; its bookmark; the template of a program."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.charters import SHIPPED, Clause
from bot.domain.circles import CircleState
from bot.domain.errors import Refused, RefusedFields, Stale
from bot.feature import Moot, Send
from bot.features.charter import handlers, letters, template_handlers
from bot.features.charter.marks import mark_channels
from bot.slack.replies import Edit, Turn
from bot.slack.requests import Command
from bot.store.messages import Place
from tests.builders import an_id, saved_circle, saved_installation

YEAR = timedelta(days=366)


async def test_a_charter_is_drafted_at_once_and_posted_the_next_day(oak, tick, clock, newest, promised):
    for _replica in range(2):
        await tick()
    first = await newest()
    assert first.is_draft
    assert "Every second Thursday" in first.words[Clause.RHYTHM]
    assert await promised("charter.sign") == []
    clock.forward(days=1)
    for _replica in range(2):
        await tick()
    assert len(await promised("charter.sign")) == 1


async def test_each_member_signs_by_tap_once(drafted, clicked, deps, newest, store, team):
    async with store.open_work(team) as work:
        await work.messages.remember("charter.sign", "1", Place("C0OAK", "1.1"))
    for _twice in range(2):
        answers = await handlers.sign(clicked("Bo", circle=1, number=1), deps)
    assert [type(one) for one in answers] == [Edit]
    assert (await newest()).signed == {an_id("Bo")}
    with_page = await handlers.sign(clicked("Chi", view=True, circle=1, number=1), deps)
    assert [type(one) for one in with_page] == [Turn, Edit]


async def test_a_change_is_signed_anew_and_told_once(drafted, clicked, submitted, deps, newest, promised):
    await handlers.sign(clicked("Bo", circle=1, number=1), deps)
    words = {**(await newest()).words, Clause.EXIT: "Tell us, then go."}
    await handlers.change(submitted("Ana", {"circle": 1, "number": 1}, words), deps)
    after = await newest()
    assert (after.number, after.by, after.signed) == (2, an_id("Ana"), {an_id("Ana")})
    assert len(await promised("charter.sign")) == 2
    with pytest.raises(Stale):
        await handlers.sign(clicked("Bo", circle=1, number=1), deps)
    with pytest.raises(Stale):
        await handlers.change(submitted("Bo", {"circle": 1, "number": 1}, words), deps)


async def test_of_two_who_write_at_once_one_is_told(drafted, submitted, deps, newest):
    words = (await newest()).words
    both = [
        handlers.change(submitted(who, {"circle": 1, "number": 1}, {**words, Clause.EXIT: who}), deps)
        for who in ("Ana", "Bo")
    ]
    came = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(one).__name__ for one in came) == ["Stale", "Turn"]
    assert (await newest()).number == 2


async def test_who_has_not_signed_is_reminded_once(drafted, tick, clock, clicked, deps, promised, store, team):
    await handlers.sign(clicked("Ana", circle=1, number=1), deps)
    clock.forward(days=3)
    for _replica in range(2):
        await tick()
    reminders = await promised("charter.remind")
    assert [letter.to for letter in reminders] == [an_id(name) for name in ("Bo", "Chi", "Dee")]
    await handlers.sign(clicked("Bo", circle=1, number=1), deps)
    async with store.open_work(team) as work:
        outcomes = [await letters.remind(work, letter, clock.now()) for letter in reminders]
    assert [type(one) for one in outcomes] == [Moot, Send, Send]
    clock.forward(days=20)
    await tick()
    assert len(await promised("charter.remind")) == 3


async def test_a_year_later_it_is_signed_once_more(drafted, tick, clock, newest, promised):
    clock.forward(days=3)
    await tick()
    clock.to(clock.now() + YEAR)
    await tick()
    again = await newest()
    assert (again.number, again.is_draft, again.signed) == (2, False, frozenset())
    assert len(await promised("charter.sign")) == 2


async def test_a_circle_of_one_or_an_ended_one_is_left_alone(store, team, oak, tick, clock, promised):
    async with store.open_work(team) as work:
        await saved_circle(work, "Eve", name="Elm", program=oak.program)
        await work.circles.save(replace(await work.circles.get(oak.id), state=CircleState.CLOSED))
    await tick()
    clock.forward(days=2)
    await tick()
    assert await promised("charter.sign") == []


@pytest.mark.parametrize(
    "act",
    [
        lambda click, deps: handlers.sign(click("Eve", circle=1, number=1), deps),
        lambda click, deps: handlers.sign(click("Ana", circle=9, number=1), deps),
        lambda click, deps: handlers.sign(click("Ana", circle="x", number=1), deps),
        lambda click, deps: handlers.open_form(click("Lea", circle=1), deps),
        lambda click, deps: handlers.open_charter_by_button(click("Eve", circle=1), deps),
        lambda click, deps: handlers.open_history(click("Eve", circle=1), deps),
        lambda click, deps: handlers.open_version(click("Ana", circle=1, number=7), deps),
        lambda click, deps: template_handlers.restore(click("Ana"), deps),
        lambda click, deps: template_handlers.preview(click("Ana", answers={str(one): "x" for one in Clause}), deps),
    ],
)
async def test_forged_and_foreign_clicks_are_refused(drafted, clicked, deps, act):
    with pytest.raises(Refused):
        await act(clicked, deps)


async def test_what_is_too_long_is_told_under_its_field(drafted, submitted, deps, newest):
    words = {**(await newest()).words, Clause.TALK: "x" * 3000, Clause.EXIT: "‮\u200b"}
    with pytest.raises(RefusedFields) as refused:
        await handlers.change(submitted("Ana", {"circle": 1, "number": 1}, words), deps)
    assert set(refused.value.fields) == {"talk", "exit"}


async def test_no_charter_yet_says_when_there_is_one(oak, team, deps):
    with pytest.raises(Refused, match="no charter yet"):
        await handlers.open_charter(Command(team, an_id("Ana")), deps)


async def test_the_channel_gets_one_bookmark_that_follows_the_message(drafted, store, team, deps, slack, clock, tick):
    clock.forward(minutes=2)
    await mark_channels(deps, team)
    assert slack.called("bookmarks.add") == []  # the message is not there yet
    async with store.open_work(team) as work:
        await work.messages.remember("charter.sign", "1", Place("C0OAK", "1.1"))
        await work.charters.mark_again(1, clock.now())
    await mark_channels(deps, team)
    [added] = slack.called("bookmarks.add")
    assert added.arguments["link"].endswith("C0OAK/p1.1")
    async with store.open_work(team) as work:
        await work.charters.mark_again(1, clock.now())
    await mark_channels(deps, team)
    assert (len(slack.called("bookmarks.add")), len(slack.called("bookmarks.edit"))) == (1, 1)


@pytest.mark.parametrize("error", ["missing_scope", "too_many_bookmarks", "channel_not_found"])
async def test_without_the_permission_there_is_no_bookmark_and_no_second_try(
    drafted, store, team, deps, slack, clock, error
):
    slack.refuse("bookmarks.add", error)
    async with store.open_work(team) as work:
        await work.messages.remember("charter.sign", "1", Place("C0OAK", "1.1"))
    clock.forward(minutes=2)
    for _again in range(2):
        await mark_channels(deps, team)
    assert len(slack.called("bookmarks.add")) == 1


async def test_a_lead_changes_the_template_and_new_circles_begin_with_it(
    store, team, oak, submitted, deps, tick, newest, clock
):
    words = {**SHIPPED, Clause.EXIT: "On any day. Next round: {end}. {unknown}"}
    async with store.open_view(team) as work:
        program = await work.programs.current()
    notes = {"program": program.id, "version": 0}
    await template_handlers.save(submitted("Lea", notes, words), deps)
    with pytest.raises(Stale):
        await template_handlers.save(submitted("Lea", notes, words), deps)
    with pytest.raises(Refused):
        await template_handlers.save(submitted("Ana", {**notes, "version": 1}, words), deps)
    await tick()
    assert (await newest()).words[Clause.EXIT] == "On any day. Next round: Thursday 14 May. {unknown}"
    again = {f"again-{clause}": text for clause, text in SHIPPED.items()}
    await template_handlers.save(submitted("Lea", {**notes, "version": 1}, again), deps)


@pytest.fixture
async def granted(drafted, store, team, clock):
    """The optional permission, and the charter's message in its place."""
    async with store.open_work(team) as work:
        await saved_installation(work, scopes=("chat:write", "bookmarks:write", "canvases:write"))
        await work.messages.remember("charter.sign", "1", Place("C0OAK", "1.1"))
    clock.forward(minutes=2)


async def test_where_it_is_granted_the_canvas_holds_the_charter_and_follows_it(
    granted, store, team, deps, slack, clock
):
    await mark_channels(deps, team)
    [made] = slack.called("conversations.canvases.create")
    words = made.arguments["document_content"]["markdown"]
    assert "## How somebody leaves" in words and "/mentor circle charter" in words
    async with store.open_work(team) as work:
        await work.charters.mark_again(1, clock.now())
    await mark_channels(deps, team)
    assert [len(slack.called(one)) for one in ("conversations.canvases.create", "canvases.edit")] == [1, 1]


@pytest.mark.parametrize("error", ["channel_canvas_already_exists", "canvas_disabled_user_team", "missing_scope"])
async def test_where_there_can_be_no_canvas_the_bookmark_is_there_all_the_same(granted, team, deps, slack, error):
    slack.refuse("conversations.canvases.create", error)
    for _again in range(2):
        await mark_channels(deps, team)
    assert [len(slack.called(one)) for one in ("conversations.canvases.create", "bookmarks.add")] == [1, 1]
