"""Whether a letter is still wanted when its time has come."""

from dataclasses import replace

import pytest

from bot.domain.circles import CircleState
from bot.domain.ids import LetterId
from bot.feature import Moot, Send
from bot.features.circles import letters
from bot.store.outbox import Letter
from tests.builders import an_id
from tests.clock import START

ANA, BO, EVE = an_id("Ana"), an_id("Bo"), an_id("Eve")
PAYLOADS = {
    "circles.joined": {"members": [EVE, BO], "by": ANA},
    "circles.left": {"member": EVE, "line": "Bye"},
    "circles.rhythm": {"by": ANA},
    "circles.closing": {"by": ANA, "archive": True},
    "circles.closed": {"why": "empty"},
    "circles.ended": {"why": "archived"},
    "circles.not_in": {"member": EVE, "code": "cant_invite"},
}
IN_THE_CHANNEL = ("circles.welcome", "circles.joined", "circles.left", "circles.rhythm")


@pytest.fixture
def composed(store, team, oak, clock):
    async def compose(kind, to="C0OAK"):
        letter = Letter(LetterId(1), f"{kind}:1", kind, str(oak.id), to, START, payload=PAYLOADS.get(kind))
        kinds = {one.kind: one.compose for one in letters.LETTERS}
        async with store.open_work(team) as work:
            return await kinds[kind](work, letter, clock.now())

    return compose


@pytest.fixture
def changed(store, team, oak):
    async def change(**how):
        async with store.open_work(team) as work:
            await work.circles.save(replace(oak, **how))

    return change


@pytest.mark.parametrize("kind", [one.kind for one in letters.LETTERS])
async def test_each_kind_is_sent_where_it_is_wanted(composed, changed, store, team, oak, kind):
    if kind in ("circles.alone", "circles.waits"):
        async with store.open_work(team) as work:
            for member in oak.members[1:]:
                await work.circles.unseat(oak.id, member, START)
        assert isinstance(await composed(kind, oak.members[0]), Send)
        assert isinstance(await composed(kind, EVE), Moot)
        return
    if kind == "circles.ended":
        await changed(state=CircleState.CLOSED)
    if kind == "circles.small":
        await changed(size_min=5)
    if kind == "circles.no_channel":
        await changed(channel=None)
    sent = await composed(kind, EVE if kind in ("circles.full", "circles.not_in") else "C0OAK")
    assert isinstance(sent, Send) and sent.message.text


@pytest.mark.parametrize("kind", [*IN_THE_CHANNEL, "circles.small", "circles.shut_out"])
async def test_a_circle_that_ended_is_left_in_peace(composed, changed, kind):
    await changed(state=CircleState.CLOSED, size_min=5)
    assert isinstance(await composed(kind), Moot)


async def test_while_it_goes_on_nobody_hears_that_it_ended(composed, changed):
    assert isinstance(await composed("circles.ended", ANA), Moot)
    await changed(state=CircleState.CLOSED)
    assert isinstance(await composed("circles.ended", ANA), Send)


async def test_the_goodbye_is_said_after_the_end(composed, changed):
    await changed(state=CircleState.CLOSED)
    assert isinstance(await composed("circles.closing"), Send)
    assert isinstance(await composed("circles.closed"), Send)


async def test_who_left_again_is_not_welcomed(composed, store, team, oak):
    async with store.open_work(team) as work:
        await work.circles.unseat(oak.id, BO, START)
    assert isinstance(await composed("circles.joined"), Moot)


async def test_leads_do_not_hear_of_a_circle_that_filled_up(composed):
    assert isinstance(await composed("circles.small"), Moot)


async def test_a_channel_that_was_made_after_all(composed):
    assert isinstance(await composed("circles.no_channel"), Moot)


async def test_there_was_room_after_all(composed):
    assert isinstance(await composed("circles.full", ANA), Moot)
