"""Where a reply goes when the way it should have gone is closed."""

from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession, web

from bot.domain.ids import MemberId
from bot.slack.blocks import Message
from bot.slack.carry import Carrier, Desk
from bot.slack.replies import Reply


@asynccontextmanager
async def response_address(status, body, callers=None):
    """`callers` takes the address of each connection a reply came over."""

    async def answer(request):
        if callers is not None:
            callers.append(request.transport.get_extra_info("peername"))
        if status is None:
            request.transport.abort()
        return web.Response(status=status or 200, text=body)

    app = web.Application()
    app.router.add_post("/respond", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/respond"
    await runner.cleanup()


@pytest.fixture
async def session():
    async with ClientSession() as session:
        yield session


@pytest.fixture
def carrier(gateway, session):
    async def no_home(_team, _member):
        raise AssertionError("nobody asked for Home")

    return Carrier(gateway, no_home, session)


@pytest.mark.parametrize(
    "body", ['{"ok": false, "error": "expired_url"}', '{"ok":false,"error":"used_url"}', "expired_url"]
)
async def test_a_reply_that_comes_too_late_for_its_address_is_said_in_the_conversation(carrier, slack, team, body):
    async with response_address(404, body) as url:
        await carrier.carry_out(Desk(team, MemberId("U0ANA"), response_url=url), Reply(Message("Hello")))
    [said] = slack.said("D0ANA")
    assert "too long for Slack" in said.text


async def test_a_lost_connection_is_said_in_the_conversation(carrier, slack, team):
    desk = Desk(team, MemberId("U0ANA"), response_url="http://127.0.0.1:9/respond")
    await carrier.carry_out(desk, Reply(Message("Hello")))
    [said] = slack.said("D0ANA")
    assert "did not answer" in said.text


async def test_a_reply_goes_to_its_address(carrier, slack, team):
    async with response_address(200, "ok") as url:
        await carrier.carry_out(Desk(team, MemberId("U0ANA"), response_url=url), Reply(Message("Hello")))
    assert slack.calls == []


async def test_replies_share_a_connection(carrier, team):
    callers = []
    async with response_address(200, "ok", callers) as url:
        for _reply in range(3):
            await carrier.carry_out(Desk(team, MemberId("U0ANA"), response_url=url), Reply(Message("Hello")))
    assert len(callers) == 3 and len(set(callers)) == 1


async def test_a_reply_that_may_have_arrived_is_not_sent_again(carrier, slack, team):
    callers = []
    async with response_address(None, "", callers) as url:
        await carrier.carry_out(Desk(team, MemberId("U0ANA"), response_url=url), Reply(Message("Hello")))
    assert len(callers) == 1 and "did not answer" in slack.said("D0ANA")[0].text
