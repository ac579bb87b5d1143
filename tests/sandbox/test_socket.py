"""Socket Mode's own life: tickets, greetings, renewal, loss."""

import asyncio

import pytest
from aiohttp import ClientSession, WSServerHandshakeError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import rooms
from tests.sandbox.bolted import bolt_app, both, by_socket, until


@pytest.fixture
def opener(server):
    return AsyncWebClient(token=server.app_token, base_url=server.api_url)


async def test_a_ticket_is_good_for_one_connection(server, opener):
    url = (await opener.apps_connections_open(app_token=server.app_token))["url"]
    async with ClientSession() as session:
        async with session.ws_connect(url) as socket:
            hello = await socket.receive_json()
            assert hello["type"] == "hello"
            assert hello["num_connections"] == 1
            assert hello["debug_info"]["approximate_connection_time"] == 3600
        with pytest.raises(WSServerHandshakeError):
            await session.ws_connect(url)


async def test_envelopes_say_whether_they_take_an_answer(server, opener):
    url = (await opener.apps_connections_open(app_token=server.app_token))["url"]
    async with ClientSession() as session, session.ws_connect(url) as socket:
        await socket.receive_json()
        rooms.change_user(server.slack, server.workspace.find_person("Ana"))
        envelope = await socket.receive_json()
        assert envelope["type"] == "events_api"
        assert envelope["accepts_response_payload"] is False
        assert (envelope["retry_attempt"], envelope["retry_reason"]) == (0, "")
        event = envelope["payload"]["event"]
        assert (event["type"], event["user"]["real_name"]) == ("user_change", "Ana Keller")
        await socket.send_json({"envelope_id": envelope["envelope_id"]})
        await server.slack.events.idle()


async def test_an_eleventh_connection_is_refused(server, opener):
    async with ClientSession() as session:
        sockets = []
        for _ in range(10):
            answer = await opener.apps_connections_open(app_token=server.app_token)
            sockets.append(await session.ws_connect(answer["url"]))
            await sockets[-1].receive_json()
        with pytest.raises(SlackApiError, match="too_many_websockets"):
            await opener.apps_connections_open(app_token=server.app_token)


async def test_without_a_connection_an_event_waits_for_its_retries():
    heard = []

    def tell(app):
        @app.event("user_change")
        async def changed(body):
            heard.append(body["event_id"])

    async with both("socket", tell) as server:
        await server.slack.line.drop()
        rooms.change_user(server.slack, server.workspace.find_person("Ana"))
        await server.slack.events.idle()
        assert heard == []
        app = bolt_app(server)
        tell(app)
        async with by_socket(server, app):
            server.clock.jump_to(server.clock.now().replace(minute=2))
            await until(lambda: heard)


async def test_an_event_is_lost_after_its_last_retry(server):
    rooms.change_user(server.slack, server.workspace.find_person("Ana"))
    for minute in (2, 10):
        await server.slack.events.idle()
        server.clock.jump_to(server.clock.now().replace(minute=minute))
        await server.slack.timers.run_due()
    await server.slack.events.idle()
    (lost,) = server.slack.events.lost
    assert (lost.retry, lost.retry_reason) == (3, "connection_failed")


async def test_a_connection_is_renewed_when_slack_asks_for_it():
    async with both("socket", lambda app: None) as server:
        line = server.slack.line
        (first,) = line.numbers
        await line.refresh(warning_seconds=0)
        await until(lambda: line.numbers not in ([first], []))


async def test_a_link_that_is_switched_off_opens_no_more(server, opener):
    await server.slack.line.disable()
    with pytest.raises(SlackApiError, match="socket_mode_disabled"):
        await opener.apps_connections_open(app_token=server.app_token)


async def test_an_app_without_the_subscription_hears_nothing(server):
    rooms.archive(server.slack, server.workspace.named_channel("general"), "U1")
    await asyncio.sleep(0)
    assert not server.slack.events.sent
