"""Sponsorship from click to row: late, double and foreign clicks, what is kept quiet, and the reminders."""

from datetime import UTC, datetime

import pytest

from bot.domain.errors import Gone, NotYours, Refused, RefusedFields
from bot.domain.intros import Intro, IntroState
from bot.domain.people import Kind
from bot.domain.programs import Role
from bot.domain.relationships import born, close
from bot.feature import Moot, Send
from bot.features.sponsoring import handlers, letters, nudges
from bot.slack.payload import Payload
from bot.slack.replies import Modal
from bot.slack.requests import Click, Command, Submission, View
from tests.builders import an_id, saved_member, saved_program
from tests.features.answers import chosen, picked_day, typed
from tests.letters import letters_of

COMPOSE = {kind.kind: kind.compose for kind in letters.LETTERS}
TAKEN = {"act": chosen("room"), "what": "take her to the board", "by": picked_day("2026-04-30")}


@pytest.fixture
async def pair(store, team, clock):
    """Bo sponsors Ana; Chi leads the program."""
    async with store.open_work(team) as work:
        await saved_program(work)
        for name in ("Ana", "Bo", "Chi"):
            await saved_member(work, name)
        await work.programs.give_role(an_id("Chi"), Role.LEAD)
        accepted = {"id": 1, "asked_at": clock.now(), "answer_by": clock.now(), "state": IntroState.ACCEPTED}
        coffee = Intro(asker=an_id("Ana"), asked=an_id("Bo"), kind=Kind.SPONSOR, **accepted)
        await work.relationships.add([born(coffee, clock.now())])
        return (await work.relationships.of(an_id("Bo")))[0]


def form(team, who, notes=None, view="V1", **values):
    return Submission(team, an_id(who), view=View(view, notes=Payload(notes or {})), answers=typed(**values))


def click(team, who, **payload):
    return Click(team, an_id(who), payload=Payload(payload))


async def take_on(deps, team, pair, **values):
    await handlers.take_on(form(team, "Bo", {"relationship": pair.id}, **TAKEN | values), deps)
    async with deps.store.open_view(team) as work:
        return (await work.sponsoring.of([pair.id]))[-1]


async def seen_by(deps, team, who):
    return str(await handlers.show(Command(team, an_id(who)), deps))


async def planned(deps, team, kind):
    for _replica in range(2):
        async with deps.store.open_work(team) as work:
            await nudges.remind(work, deps.now())
            await nudges.tell_season(work, deps.now())
    return await letters_of(deps.store, team, kind=f"sponsoring.{kind}")


async def composed(deps, team, letter):
    async with deps.store.open_work(team) as work:
        return await COMPOSE[letter.kind](work, letter, deps.now())


async def test_taken_on_done_and_seen(deps, team, pair):
    assert isinstance(await handlers.open_take_on(click(team, "Bo", relationship=pair.id), deps), Modal)
    one, again = await take_on(deps, team, pair), await take_on(deps, team, pair)
    assert one.id == again.id and "take her to the board" in await seen_by(deps, team, "Ana")
    value = {"outcome": one.id}
    assert isinstance(await handlers.open_done(click(team, "Bo", **value), deps), Modal)
    for _tap in range(2):
        await handlers.done(form(team, "Bo", value, came="She spoke"), deps)
    [letter] = await letters_of(deps.store, team, kind="sponsoring.done")
    assert letter.to == an_id("Ana") and isinstance(await composed(deps, team, letter), Send)
    for _tap in range(2):
        await handlers.seen(click(team, "Ana", **value), deps)
    assert "seen" in await seen_by(deps, team, "Bo")
    with pytest.raises(Refused, match="done already"):
        await handlers.let_go(click(team, "Bo", **value), deps)


async def test_what_is_kept_quiet_is_not_shown_before_it_is_done(deps, team, pair):
    one = await take_on(deps, team, pair, quiet=["yes"])
    assert "take her to the board" not in await seen_by(deps, team, "Ana")
    assert "take her to the board" in str(await handlers.show_again(click(team, "Bo"), deps))
    with pytest.raises(NotYours):
        await handlers.seen(click(team, "Ana", outcome=one.id), deps)
    await handlers.done(form(team, "Bo", {"outcome": one.id}, came=""), deps)
    assert "take her to the board" in await seen_by(deps, team, "Ana")


async def test_nobody_else_keeps_the_list_or_reads_it(deps, team, pair):
    one = await take_on(deps, team, pair)
    for who in ("Ana", "Chi"):
        for act in (handlers.open_done, handlers.let_go):
            with pytest.raises(NotYours):
                await act(click(team, who, outcome=one.id), deps)
        with pytest.raises(NotYours):
            await handlers.open_take_on(click(team, who, relationship=pair.id), deps)
    assert "board" not in await seen_by(deps, team, "Chi")
    with pytest.raises(NotYours):
        await handlers.open_news(click(team, "Bo", relationship=pair.id), deps)
    with pytest.raises(Gone):
        await handlers.let_go(click(team, "Bo", outcome=99), deps)
    with pytest.raises(RefusedFields) as refused:
        await take_on(deps, team, pair, what="", by=picked_day("2020-01-01"))
    assert set(refused.value.fields) == {"what", "by"}


async def test_news_goes_by_a_tap_and_once(deps, team, pair, clock):
    assert isinstance(await handlers.open_news(click(team, "Ana", relationship=pair.id), deps), Modal)
    with pytest.raises(RefusedFields):
        await handlers.news(form(team, "Ana", {"relationship": pair.id}, news=" "), deps)
    for _tap in range(2):
        await handlers.news(form(team, "Ana", {"relationship": pair.id}, news="It went well"), deps)
    [letter] = await letters_of(deps.store, team, kind="sponsoring.news")
    assert letter.to == an_id("Bo") and "It went well" in str(await composed(deps, team, letter))
    async with deps.store.open_work(team) as work:
        await work.relationships.save(close(await work.relationships.get(pair.id), clock.now()))
    assert isinstance(await composed(deps, team, letter), Moot)
    with pytest.raises(Refused, match="ended"):
        await handlers.news(form(team, "Ana", {"relationship": pair.id}, news="More"), deps)


async def test_one_reminder_before_its_day_and_none_once_it_is_done(deps, team, pair, clock):
    one = await take_on(deps, team, pair)
    assert await planned(deps, team, "reminder") == []
    clock.forward(days=51)
    [letter] = await planned(deps, team, "reminder")
    assert letter.due == datetime(2026, 4, 23, 7, tzinfo=UTC)
    clock.to(letter.due)
    assert isinstance(await composed(deps, team, letter), Send)
    await handlers.let_go(click(team, "Bo", outcome=one.id), deps)
    assert isinstance(await composed(deps, team, letter), Moot)


async def test_before_a_season_of_reviews_sponsors_hear_once_of_all_that_is_open(deps, team, pair, clock):
    one = await take_on(deps, team, pair)
    await take_on(deps, team, pair, what="name her for the pilot", by={})
    season = {"begins": picked_day("2026-06-03")}
    with pytest.raises(Refused):
        await handlers.season(form(team, "Bo", **season), deps)
    assert isinstance(await handlers.open_season(click(team, "Chi"), deps), Modal)
    with pytest.raises(RefusedFields):
        await handlers.season(form(team, "Chi", begins=picked_day("2020-01-01")), deps)
    assert "3 June 2026" in str(await handlers.season(form(team, "Chi", **season), deps))
    clock.forward(days=78)
    [letter] = await planned(deps, team, "season")
    assert letter.to == an_id("Bo") and letter.due == datetime(2026, 5, 20, 7, tzinfo=UTC)
    clock.to(letter.due)
    text = str(await composed(deps, team, letter))
    assert "take her to the board" in text and "name her for the pilot" in text
    async with deps.store.open_view(team) as work:
        every = await work.sponsoring.of([one.relationship])
    for each in every:
        await handlers.let_go(click(team, "Bo", outcome=each.id), deps)
    assert isinstance(await composed(deps, team, letter), Moot)


async def test_a_season_is_removed_by_a_lead_and_forged_days_are_refused(deps, team, pair):
    await handlers.season(form(team, "Chi", begins=picked_day("2026-06-01")), deps)
    with pytest.raises(Refused):
        await handlers.drop_season(click(team, "Ana", begins="2026-06-01"), deps)
    for forged in ("soon", "9999-12-31"):
        with pytest.raises(Refused):
            await handlers.drop_season(click(team, "Chi", begins=forged), deps)
    assert "1 June" not in str(await handlers.drop_season(click(team, "Chi", begins="2026-06-01"), deps))
