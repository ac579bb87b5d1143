"""Something urgent, standing in, and not being able to come: from the click to who is told."""

from datetime import date, timedelta

import pytest

from bot.domain.errors import Gone, Refused
from bot.feature import Moot, Send
from bot.features.hotseat import handlers, letters, nudges
from bot.features.hotseat.reading import order_of
from bot.features.sessions import handlers as sessions
from bot.slack.payload import Payload
from bot.slack.requests import Click
from tests.builders import an_id, saved_circle, saved_program, saved_session
from tests.letters import letters_of


@pytest.fixture
async def oak(store, team, clock):
    """Ana, Bo, Chi and Dee: Ana sits on the 12th of March, then Bo, then Chi, every second week."""
    async with store.open_work(team) as work:
        await saved_program(work)
        circle = await saved_circle(work)
        clock.forward(minutes=1)
        for number in range(3):
            day = date(2026, 3, 12) + timedelta(weeks=2 * number)
            await saved_session(work, circle=circle.id, planned_for=day)
        return circle, await work.sessions.of_circle(circle.id)


@pytest.fixture
def sitters(store, team, oak):
    async def read():
        async with store.open_view(team) as work:
            order = await order_of(work, oak[0].id)
        return "".join(who[2] for turn in order.turns for who in turn.sits)

    return read


def click(team, name, **parts):
    return Click(team, an_id(name), payload=Payload(parts))


async def compose(store, team, letter, now):
    kinds = {"hotseat.reserve": letters.reserve_asked, "hotseat.yours": letters.yours}
    async with store.open_work(team) as work:
        return await kinds[letter.kind](work, letter, now)


async def test_something_urgent_takes_the_next_seat_once_and_can_be_taken_back(deps, store, team, oak, sitters):
    _circle, (first, second, _third) = oak
    await handlers.jump_in(click(team, "Dee", session=first.id), deps)
    assert await sitters() == "DABCDA"
    for who, session, why in (
        ("Dee", first, "yours already"),
        ("Chi", first, "Somebody else"),
        ("Bo", second, "next"),
    ):
        with pytest.raises(Refused, match=why):
            await handlers.jump_in(click(team, who, session=session.id), deps)
    assert len(await letters_of(store, team, kind="hotseat.changed")) == 1
    await handlers.take_back(click(team, "Dee", session=first.id), deps)
    assert await sitters() == "ABCDAB"
    with pytest.raises(Refused, match="have not taken"):
        await handlers.take_back(click(team, "Dee", session=first.id), deps)


async def test_nobody_from_outside_and_nothing_once_it_has_begun(deps, team, oak, clock):
    _circle, (first, *_rest) = oak
    for act in (handlers.jump_in, handlers.take_back, handlers.stand_by, handlers.rather_not):
        with pytest.raises(Refused, match="not a member"):
            await act(click(team, "Zoe", session=first.id), deps)
    clock.to(first.starts)
    for act in (handlers.jump_in, handlers.stand_by):
        with pytest.raises(Gone):
            await act(click(team, "Dee", session=first.id), deps)
    with pytest.raises(Refused):
        await handlers.stand_by(click(team, "Dee", session="x"), deps)


async def test_two_days_before_the_next_in_line_is_asked_and_then_the_one_after(deps, store, team, oak, clock):
    _circle, (first, *_rest) = oak

    async def asked(at):
        clock.to(at)
        async with store.open_work(team) as work:
            await nudges.ask_for_briefs(work, clock.now())
        return await letters_of(store, team, kind="hotseat.reserve")

    assert await asked(first.starts - timedelta(days=4)) == []
    [letter] = await asked(first.starts - timedelta(days=2))
    assert letter.to == an_id("Bo")
    assert isinstance(await compose(store, team, letter, clock.now()), Send)
    await handlers.rather_not(click(team, "Bo", session=first.id), deps)
    assert isinstance(await compose(store, team, letter, clock.now()), Moot)
    assert [one.to for one in await asked(clock.now())] == [an_id("Bo"), an_id("Chi")]
    await handlers.stand_by(click(team, "Chi", session=first.id), deps)
    assert len(await asked(clock.now())) == 2


async def test_who_cannot_come_is_stood_in_for_and_everybody_concerned_hears(deps, store, team, oak, clock, sitters):
    _circle, (first, *_rest) = oak
    await handlers.stand_by(click(team, "Chi", session=first.id), deps)
    clock.to(first.starts - timedelta(hours=3))
    for _click in range(2):
        await sessions.away(click(team, "Ana", session=first.id), deps)
    assert await sitters() == "CABDCA"
    [changed] = await letters_of(store, team, kind="hotseat.changed")
    [letter] = await letters_of(store, team, kind="hotseat.yours")
    assert letter.to == an_id("Chi") and changed.subject == letter.subject
    assert isinstance(await compose(store, team, letter, clock.now()), Send)
    clock.forward(minutes=1)
    await sessions.coming(click(team, "Ana", session=first.id), deps)
    assert await sitters() == "ABCDAB"
    assert isinstance(await compose(store, team, letter, clock.now()), Moot)
