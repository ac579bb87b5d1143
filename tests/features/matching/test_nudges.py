"""Requests that nobody answered, and the letters about requests: when they go, and when they are moot."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.intros import IntroState
from bot.domain.people import Kind
from bot.feature import Moot, Send
from bot.features.matching import handlers, letters, nudges
from bot.store.outbox import Letter, outbox
from tests.builders import an_id
from tests.clock import START

COMPOSE = {one.kind: one.compose for one in letters.LETTERS}
AFTER = START + timedelta(days=3, hours=8, minutes=1)


@pytest.fixture
def asked(deps, team, people, asking):
    async def made(**changes):
        await people(**changes)
        await handlers.ask(asking("Ana", "Bo"), deps)
        async with deps.store.open_view(team) as work:
            return (await work.intros.of([an_id("Ana")]))[0]

    return made


@pytest.fixture
def composed(deps, team):
    async def compose(kind, intro, reader, now):
        letter = Letter(1, "key", kind, str(intro.id), an_id(reader), now)
        async with deps.store.open_work(team) as work:
            return await COMPOSE[kind](work, letter, now)

    return compose


@pytest.fixture
def change(deps, team):
    async def member(name, **changes):
        async with deps.store.open_work(team) as work:
            await work.members.save(replace(await work.members.get(an_id(name)), **changes))

    return member


async def lapse(deps, team, now):
    async with deps.store.open_work(team) as work:
        await nudges.let_lapse(work, now)
        rows = await work.outbox.rows(outbox.select().order_by(outbox.c.id))
    return [(row.kind, row.lane, row.due) for row in rows]


async def test_no_answer_ends_it_and_both_hear_it(deps, team, asked):
    intro = await asked()
    assert len(await lapse(deps, team, AFTER - timedelta(minutes=2))) == 1
    expected = [
        ("matching.intro", an_id("Bo"), START),
        ("matching.no_answer", an_id("Ana"), AFTER),
        ("matching.lapsed", an_id("Bo"), AFTER),
    ]
    for _replica in range(2):
        assert await lapse(deps, team, AFTER) == expected
    async with deps.store.open_view(team) as work:
        assert (await work.intros.get(intro.id)).state is IntroState.EXPIRED


async def test_an_answer_at_the_last_minute_counts(deps, team, asked, click, clock):
    intro = await asked()
    clock.to(AFTER)
    await handlers.accept(click("Bo", intro=intro.id), deps)
    assert all(kind != "matching.lapsed" for kind, *_ in await lapse(deps, team, AFTER))


async def test_the_request_goes_out_while_it_is_open(composed, asked):
    intro = await asked()
    sent = await composed("matching.intro", intro, "Bo", START)
    assert isinstance(sent, Send) and "asks you for an intro coffee" in sent.message.text
    assert isinstance(await composed("matching.intro", intro, "Bo", AFTER), Moot)


async def test_a_request_taken_back_is_not_sent(deps, composed, asked, click):
    intro = await asked()
    await handlers.withdraw(click("Ana", intro=intro.id), deps)
    assert isinstance(await composed("matching.intro", intro, "Bo", START), Moot)


async def test_a_no_offers_the_next_best(deps, composed, asked, click):
    intro = await asked()
    await handlers.decline(click("Bo", intro=intro.id), deps)
    sent = await composed("matching.declined", intro, "Ana", START)
    assert "Next best: <@U0DEE>" in str(sent.message.blocks)
    assert isinstance(await composed("matching.no_answer", intro, "Ana", START), Moot)


async def test_with_nobody_left_the_list_is_offered(deps, composed, asked, click):
    intro = await asked(Chi={"offers_kinds": ()}, Dee={"offers_kinds": (Kind.MICRO,)})
    await handlers.decline(click("Bo", intro=intro.id), deps)
    sent = await composed("matching.declined", intro, "Ana", START)
    assert "Next best" not in str(sent.message.blocks) and "See who else fits" in str(sent.message.blocks)


async def test_lapsed_is_told_to_both(deps, team, composed, asked):
    intro = await asked()
    await lapse(deps, team, AFTER)
    morning = START + timedelta(days=4)
    assert "No answer from" in str((await composed("matching.no_answer", intro, "Ana", morning)).message.blocks)
    assert "has lapsed" in str((await composed("matching.lapsed", intro, "Bo", morning)).message.blocks)


async def test_the_guide_quotes_boundaries_and_goes_at_any_hour(deps, composed, asked, click):
    intro = await asked(Bo={"boundaries": "No calls on Fridays."})
    await handlers.accept(click("Bo", intro=intro.id), deps)
    sent = await composed("matching.guide", intro, "Bo", START + timedelta(hours=14))
    assert "No calls on Fridays." in str(sent.message.blocks)


async def test_a_letter_about_nothing_is_moot(composed, asked):
    intro = await asked()
    forged = replace(intro, id=99)
    for kind in ("matching.intro", "matching.guide", "matching.declined"):
        assert isinstance(await composed(kind, forged, "Bo", START), Moot)
