"""Signed HTTP: what is sent, how it is signed, and what the bot may answer."""

import contextlib
import json
from urllib.parse import parse_qs

import pytest
from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from bot.sandbox import acting, rooms
from bot.sandbox.refusal import DidNotAnswer
from bot.sandbox.server import running
from tests.sandbox.bolted import until


class Listener:
    """A bare server that keeps what it is sent and answers as it is told."""

    def __init__(self):
        self.received = []
        self.answer = lambda: web.Response()

    async def handle(self, request):
        body = await request.text()
        self.received.append((request, body))
        if "url_verification" in body:
            return web.Response(text=json.loads(body)["challenge"])
        return self.answer()


@contextlib.asynccontextmanager
async def listening():
    listener = Listener()
    app = web.Application()
    app.router.add_post("/slack/events", listener.handle)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    listener.url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    yield listener
    await runner.cleanup()


@pytest.fixture
async def both():
    async with listening() as listener, running(seed="empty", mode="http", bot_url=listener.url) as server:
        await until(lambda: server.slack.line.connected)
        listener.received.clear()
        yield server, listener


def ana(server):
    return server.workspace.find_person("Ana")


async def command(server):
    channel = server.workspace.named_channel("general")
    return await acting.command(server.slack, ana(server), channel, text="/mentor help")


async def test_everything_is_signed_over_its_raw_body(both):
    server, listener = both
    await command(server)
    rooms.change_user(server.slack, ana(server))
    await server.slack.events.idle()
    verifier = SignatureVerifier(server.signing_secret)
    kinds = []
    for request, body in listener.received:
        assert verifier.is_valid_request(body, dict(request.headers))
        kinds.append(request.content_type)
    assert kinds == ["application/x-www-form-urlencoded", "application/json"]
    form = parse_qs(listener.received[0][1])
    assert (form["command"], form["text"]) == (["/mentor"], ["help"])


@pytest.mark.parametrize("status", [401, 404, 500])
async def test_a_command_that_is_refused_has_no_answer(both, status):
    server, listener = both
    listener.answer = lambda: web.Response(status=status)
    with pytest.raises(DidNotAnswer):
        await command(server)


async def test_a_failed_event_comes_again_with_its_number(both):
    server, listener = both
    listener.answer = lambda: web.Response(status=500)
    rooms.change_user(server.slack, ana(server))
    await server.slack.events.idle()
    headers = [request.headers for request, _ in listener.received]
    assert [h.get("X-Slack-Retry-Num") for h in headers] == [None, "1"]
    assert headers[1]["X-Slack-Retry-Reason"] == "http_error"


async def test_the_bot_may_ask_for_no_retry(both):
    server, listener = both
    listener.answer = lambda: web.Response(status=500, headers={"X-Slack-No-Retry": "1"})
    rooms.change_user(server.slack, ana(server))
    await server.slack.events.idle()
    assert len(listener.received) == 1


async def test_nobody_at_the_address_is_a_failed_connection():
    async with running(seed="empty", mode="http", bot_url="http://127.0.0.1:9/slack/events") as server:
        assert not server.slack.line.connected
        rooms.change_user(server.slack, ana(server))
        await server.slack.events.idle()
        assert server.slack.events.sent[-1].payload["event"]["type"] == "user_change"
        with pytest.raises(DidNotAnswer):
            await command(server)
