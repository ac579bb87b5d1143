"""The gateway, over real HTTP against a server that answers as Slack does."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.ids import ChannelId, MemberId, TeamId, Timestamp
from bot.slack import blocks
from bot.slack.blocks import Message
from bot.slack.failures import Meaning, SlackFailure
from bot.slack.gateway import Gateway, Posted
from bot.store.unit_of_work import inside_work

OAK = ChannelId("C0OAK")
ANA, BO = MemberId("U0ANA"), MemberId("U0BO")
HELLO = Message("Hello.", [blocks.section("Hello.")])

FORM_ONLY = ("users.info", "users.conversations", "conversations.members", "conversations.history")
"""Slack reads no JSON for these."""


class Slack:
    """Keeps what it was asked; answers from a table, in which an answer may be a function of the request."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.answers: dict[str, Any] = {}

    async def handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        as_form = dict(await request.post())
        given = as_form or json.loads(await request.text() or "{}")
        if method in FORM_ONLY and not as_form:
            return web.json_response({"ok": False, "error": "invalid_arguments"})
        self.asked.append((method, given))
        answer = self.answers.get(method, {"ok": True})
        if isinstance(answer, Callable):
            answer = answer(given)
        if asyncio.iscoroutine(answer):
            answer = await answer
        return answer if isinstance(answer, web.StreamResponse) else web.json_response(answer)


@pytest.fixture
async def slack():
    return Slack()


@pytest.fixture
async def real_gateway(slack):
    app = web.Application()
    app.router.add_post("/api/{method}", slack.handle)
    async with TestServer(app) as server:
        client = AsyncWebClient(
            token="xoxb-test", base_url=str(server.make_url("/api/")), timeout=1, retry_handlers=[]
        )
        yield Gateway(lambda _team: client, inside_work)


@pytest.fixture
def team() -> TeamId:
    return TeamId("T0OAK")


async def failing(gateway: Gateway, team: TeamId) -> SlackFailure:
    with pytest.raises(SlackFailure) as caught:
        await gateway.post(team, OAK, HELLO)
    return caught.value


async def test_a_message_carries_text_and_blocks_and_unfurls_nothing(real_gateway, slack, team):
    slack.answers["chat.postMessage"] = {"ok": True, "channel": "C0OAK", "ts": "1772438400.000100"}
    assert await real_gateway.post(team, OAK, HELLO) == Posted(OAK, Timestamp("1772438400.000100"))
    assert slack.asked == [
        (
            "chat.postMessage",
            {
                "channel": "C0OAK",
                "text": "Hello.",
                "blocks": [blocks.section("Hello.")],
                "unfurl_links": False,
                "unfurl_media": False,
            },
        )
    ]


async def test_a_reply_names_its_thread_and_its_marker(real_gateway, slack, team):
    slack.answers["chat.postMessage"] = {"ok": True, "channel": "C0OAK", "ts": "2.0"}
    marker = {"event_type": "letter", "event_payload": {"key": "k"}}
    await real_gateway.post(team, OAK, Message("Hi."), thread=Timestamp("1.0"), metadata=marker)
    [(_, given)] = slack.asked
    assert (given["thread_ts"], given["metadata"], "blocks" in given) == ("1.0", marker, False)


@pytest.mark.parametrize(
    ("answer", "meaning"),
    [
        ({"ok": False, "error": "channel_not_found"}, Meaning.GONE),
        ({"ok": False, "error": "invalid_blocks"}, Meaning.OURS),
        ({"ok": False, "error": "something_new"}, Meaning.LATER),
        ({"ok": False, "error": "token_revoked"}, Meaning.LOCKED_OUT),
    ],
)
async def test_a_refusal_comes_out_sorted(real_gateway, slack, team, answer, meaning):
    slack.answers["chat.postMessage"] = answer
    failure = await failing(real_gateway, team)
    assert (failure.meaning, failure.code) == (meaning, answer["error"])


async def test_a_rate_limit_says_how_long_to_wait(real_gateway, slack, team):
    limited = {"ok": False, "error": "ratelimited"}
    slack.answers["chat.postMessage"] = lambda _: web.json_response(limited, status=429, headers={"Retry-After": "9"})
    failure = await failing(real_gateway, team)
    assert (failure.meaning, failure.wait) == (Meaning.LATER, 9.0)
    assert len(slack.asked) == 1


@pytest.mark.parametrize("body", ['{"ok":false,"error":"internal_error"}', "<html>Bad gateway</html>", ""])
async def test_a_server_error_is_uncertain_and_not_tried_again(real_gateway, slack, team, body):
    slack.answers["chat.postMessage"] = lambda _: web.Response(status=502, text=body, content_type="text/html")
    assert (await failing(real_gateway, team)).meaning is Meaning.UNCERTAIN
    assert len(slack.asked) == 1


async def test_no_answer_in_time_is_uncertain_and_not_tried_again(real_gateway, slack, team):
    async def slow(_given):
        await asyncio.sleep(3)

    slack.answers["chat.postMessage"] = slow
    assert (await failing(real_gateway, team)).meaning is Meaning.UNCERTAIN
    assert len(slack.asked) == 1


async def test_a_cut_connection_is_uncertain_and_not_tried_again(slack, team):
    asked = 0

    async def cut(reader, writer):
        nonlocal asked
        await reader.readuntil(b"\r\n\r\n")
        asked += 1
        writer.close()

    server = await asyncio.start_server(cut, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    client = AsyncWebClient(token="xoxb-test", base_url=f"http://127.0.0.1:{port}/api/", retry_handlers=[])
    failure = await failing(Gateway(lambda _team: client, inside_work), team)
    server.close()
    await server.wait_closed()
    assert (failure.meaning, asked) == (Meaning.UNCERTAIN, 1)


@pytest.mark.database("sqlite")
async def test_nobody_speaks_from_inside_a_work_block(real_gateway, slack, team, store):
    async with store.open_work(team):
        with pytest.raises(RuntimeError, match="decide and write first"):
            await real_gateway.post(team, OAK, HELLO)
    assert slack.asked == []


async def test_an_edit_replaces_text_and_blocks_both(real_gateway, slack, team):
    await real_gateway.edit(team, OAK, Timestamp("1.0"), Message("Changed."))
    assert slack.asked == [("chat.update", {"channel": "C0OAK", "ts": "1.0", "text": "Changed.", "blocks": []})]


async def test_a_conversation_is_opened_with_one_or_several(real_gateway, slack, team):
    slack.answers["conversations.open"] = lambda given: {"ok": True, "channel": {"id": "D" + given["users"]}}
    assert await real_gateway.open_dm(team, [ANA]) == "DU0ANA"
    assert await real_gateway.open_dm(team, [ANA, BO]) == "DU0ANA,U0BO"


async def test_a_channel_is_private(real_gateway, slack, team):
    slack.answers["conversations.create"] = {"ok": True, "channel": {"id": "C9", "name": "circle-oak"}}
    assert await real_gateway.create_channel(team, "circle-oak") == "C9"
    assert slack.asked == [("conversations.create", {"name": "circle-oak", "is_private": True})]


async def test_a_channel_of_our_own_is_found_on_a_later_page(real_gateway, slack, team):
    def page(given):
        if given.get("cursor") == "second":
            return {"ok": True, "channels": [{"id": "C2", "name": "circle-elm"}]}
        more = {"next_cursor": "second"}
        return {"ok": True, "channels": [{"id": "C1", "name": "circle-oak"}], "response_metadata": more}

    slack.answers["users.conversations"] = page
    assert await real_gateway.own_channel(team, "circle-oak") == "C1"
    assert await real_gateway.own_channel(team, "circle-elm") == "C2"
    assert await real_gateway.own_channel(team, "circle-ash") is None


async def test_inviting_who_is_there_does_no_harm_and_inviting_nobody_asks_nothing(real_gateway, slack, team):
    slack.answers["conversations.invite"] = {"ok": False, "error": "already_in_channel"}
    await real_gateway.invite(team, OAK, [ANA])
    await real_gateway.invite(team, OAK, [])
    assert [given["users"] for _, given in slack.asked] == ["U0ANA"]


async def test_archiving_twice_does_no_harm_but_another_refusal_does(real_gateway, slack, team):
    slack.answers["conversations.archive"] = {"ok": False, "error": "already_archived"}
    await real_gateway.archive(team, OAK)
    slack.answers["conversations.archive"] = {"ok": False, "error": "restricted_action"}
    with pytest.raises(SlackFailure) as caught:
        await real_gateway.archive(team, OAK)
    assert caught.value.meaning is Meaning.FORBIDDEN


async def test_views_are_opened_pushed_turned_and_shown_at_home(real_gateway, slack, team):
    view = blocks.modal("Hello", [blocks.section("Hi.")])
    for method in ("views.open", "views.push", "views.update", "views.publish"):
        slack.answers[method] = {"ok": True, "view": {"id": f"V-{method}"}}
    assert await real_gateway.open_view(team, "trigger", view) == "V-views.open"
    assert await real_gateway.push_view(team, "trigger", view) == "V-views.push"
    await real_gateway.turn_view(team, "V1", view)
    await real_gateway.show_home(team, ANA, blocks.home([]))
    assert [(method, sorted(given)) for method, given in slack.asked] == [
        ("views.open", ["trigger_id", "view"]),
        ("views.push", ["trigger_id", "view"]),
        ("views.update", ["view", "view_id"]),
        ("views.publish", ["user_id", "view"]),
    ]


async def test_people_and_their_channels_are_read(real_gateway, slack, team):
    slack.answers["users.info"] = {"ok": True, "user": {"id": "U0ANA", "tz": "Asia/Kathmandu"}}
    slack.answers["conversations.members"] = {"ok": True, "members": ["U0ANA", "U0BO"]}
    assert (await real_gateway.person(team, ANA))["tz"] == "Asia/Kathmandu"
    assert await real_gateway.people_in(team, OAK) == [ANA, BO]


async def test_a_channel_gets_its_topic_and_purpose_and_loses_a_member(real_gateway, slack, team):
    await real_gateway.describe(team, OAK, topic="Thursdays at three", purpose="Finding my voice")
    await real_gateway.remove(team, OAK, BO)
    assert slack.asked == [
        ("conversations.setTopic", {"channel": "C0OAK", "topic": "Thursdays at three"}),
        ("conversations.setPurpose", {"channel": "C0OAK", "purpose": "Finding my voice"}),
        ("conversations.kick", {"channel": "C0OAK", "user": "U0BO"}),
    ]
