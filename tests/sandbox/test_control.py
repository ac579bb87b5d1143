"""The control API, as the page and the driver call it."""

import aiohttp
import pytest
from aiohttp import ClientSession

from tests.sandbox.blocks import actions, button, section


@pytest.fixture
async def web(server):
    async with ClientSession(server.url) as session:
        yield session


@pytest.fixture
def ana(server):
    return server.workspace.find_person("Ana").id


@pytest.fixture
def general(server):
    return server.workspace.named_channel("general").id


async def get(web, path):
    async with web.get(f"/control{path}") as response:
        return await response.json()


async def post(web, path, **body):
    async with web.post(f"/control{path}", json=body) as response:
        return await response.json()


async def entry(web, me, channel):
    sidebar = await get(web, f"/people/{me}/sidebar")
    return next(one for one in sidebar["channels"] if channel in (one["id"], one["kind"]))


async def test_it_answers_on_this_machine_only_and_takes_json_only(web, ana):
    async with web.get("/control/workspace", headers={"Host": "evil.example"}) as response:
        assert response.status == 403
    async with web.get("/control/workspace", headers={"Origin": "https://evil.example"}) as response:
        assert response.status == 403
    async with web.post(f"/control/people/{ana}/say", data={"text": "x"}) as response:
        assert response.status == 400
        assert "Content-Type" in (await response.json())["error"]
    async with web.post(f"/control/people/{ana}/say", json=["x"]) as response:
        assert (await response.json())["error"] == "Send a JSON object."


async def test_the_workspace_is_described(web):
    shown = await get(web, "/workspace")
    assert shown["ok"] and shown["connected"] is False and shown["mode"] == "socket"
    assert {person["real_name"] for person in shown["people"]} >= {"Ana Keller", "Miriam Okafor"}
    assert len(shown["people"]) == 6
    assert shown["clock"]["now"].startswith("2026-03-02T08:00")


async def test_unread_marks_come_and_go(web, client, ana, general, server):
    dm = (await client.conversations_open(users=ana))["channel"]["id"]
    await client.chat_postMessage(channel=dm, text="Hello")
    shown = await entry(web, ana, "app")
    assert (shown["unread"], shown["mentions"]) == (1, 1)
    bo = server.workspace.find_person("Bo").id
    await post(web, f"/people/{bo}/say", channel=general, text="Lunch, @Ana Keller?")
    await post(web, f"/people/{bo}/say", channel=general, text="Anybody?")
    shown = await entry(web, ana, general)
    assert (shown["unread"], shown["mentions"]) == (2, 1)
    await post(web, f"/people/{ana}/read", channel=general)
    assert (await entry(web, ana, general))["unread"] == 0


async def test_nobody_sees_what_is_not_theirs(web, ana, server):
    bo, priya = (server.workspace.find_person(name).id for name in ("Bo", "Priya"))
    opened = await post(web, f"/people/{bo}/direct", users=[priya])
    assert (await get(web, f"/people/{ana}/channels/{opened['channel']}"))["ok"] is False
    hidden = await post(web, f"/people/{ana}/say", channel=opened["channel"], text="x")
    assert hidden["error"] == "There is no such conversation for you."


async def test_the_read_only_tab_takes_no_words(web, ana):
    tab = await post(web, f"/people/{ana}/home", tab="messages")
    said = await post(web, f"/people/{ana}/say", channel=tab["channel"], text="Hi")
    assert said["error"] == "Sending messages to this app has been turned off."


async def test_pages_of_messages_lead_back(web, ana, general):
    for number in range(5):
        await post(web, f"/people/{ana}/say", channel=general, text=str(number))
    last = await get(web, f"/people/{ana}/channels/{general}?limit=2")
    assert ([m["text"] for m in last["messages"]], last["more"]) == (["3", "4"], True)
    before = last["messages"][0]["ts"]
    first = await get(web, f"/people/{ana}/channels/{general}?limit=3&before={before}")
    assert ([m["text"] for m in first["messages"]], first["more"]) == (["0", "1", "2"], False)


async def test_a_deleted_message_leaves_a_gravestone_over_its_replies(web, client, ana):
    dm = (await client.conversations_open(users=ana))["channel"]["id"]
    parent = (await client.chat_postMessage(channel=dm, text="Parent"))["ts"]
    await client.chat_postMessage(channel=dm, text="Reply", thread_ts=parent)
    await client.chat_delete(channel=dm, ts=parent)
    (stone,) = (await get(web, f"/people/{ana}/channels/{dm}"))["messages"]
    assert (stone["deleted"], stone["text"], stone["reply_count"]) == (True, "This message was deleted.", 1)
    thread = await get(web, f"/people/{ana}/channels/{dm}/threads/{parent}")
    assert [message["text"] for message in thread["messages"]][1] == "Reply"


async def test_changes_are_streamed_to_whom_they_concern(web, client, ana, server):
    dm = (await client.conversations_open(users=ana))["channel"]["id"]
    timeout = aiohttp.ClientTimeout(total=5)
    async with web.get(f"/control/people/{ana}/stream", timeout=timeout) as stream:
        assert stream.content_type == "text/event-stream"
        await stream.content.readuntil(b"\n\n")
        await client.chat_postMessage(channel=dm, text="Hello")
        line = await stream.content.readuntil(b"\n\n")
        assert line.startswith(b'data: {"changed": ["channel:' + dm.encode())
    assert (await get(web, "/people/U404/stream"))["ok"] is False


async def test_a_click_without_a_bot_is_answered_in_words(web, client, ana):
    dm = (await client.conversations_open(users=ana))["channel"]["id"]
    blocks = [section(), actions(button(action_id="go"))]
    posted = await client.chat_postMessage(channel=dm, text="x", blocks=blocks)
    where = {"type": "message", "channel": dm, "ts": posted["ts"]}
    block = posted["message"]["blocks"][1]["block_id"]
    clicked = await post(web, f"/people/{ana}/click", where=where, block_id=block, action_id="go")
    assert clicked == {"ok": False, "error": "We had some trouble connecting. Try again?"}
    gone = await post(web, f"/people/{ana}/click", where=where, block_id=block, action_id="other")
    assert "nothing to click" in gone["error"]


async def test_people_come_change_and_go(web, server, general):
    new = (await post(web, "/people", name="noor", real_name="Noor Aziz", tz="Asia/Dubai"))["person"]
    assert new["tz"] == "Asia/Dubai"
    assert "already" in (await post(web, "/people", name="noor"))["error"]
    await post(web, f"/people/{new['id']}/join", channel=general)
    assert new["id"] in server.workspace.channels[general].members
    async with web.patch(f"/control/people/{new['id']}", json={"deleted": True}) as response:
        assert (await response.json())["person"]["deleted"]
    assert new["id"] not in server.workspace.channels[general].members
    assert "deactivated" in (await post(web, f"/people/{new['id']}/join", channel=general))["error"]
    async with web.patch(f"/control/people/{new['id']}", json={"tz": "Mars/Olympus"}) as response:
        assert response.status == 400


async def test_trouble_comes_on_order_and_as_often_as_ordered(web, client):
    await post(web, "/faults", kind="error", method="auth.test", error="internal_error", times=2)
    for _ in range(2):
        with pytest.raises(Exception, match="internal_error"):
            await client.auth_test()
    await client.auth_test()
    await post(web, "/faults", kind="http_500", times=9)
    async with web.delete("/control/faults") as response:
        assert (await response.json())["ok"]
    await client.auth_test()
    assert "must be one of" in (await post(web, "/faults", kind="fire"))["error"]


async def test_a_connection_cut_after_the_call_was_carried_out(web, client, ana, server):
    dm = (await client.conversations_open(users=ana))["channel"]["id"]
    client.retry_handlers.clear()
    await post(web, "/faults", kind="cut_after_accept", method="chat.postMessage")
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel=dm, text="Once")
    assert [message.text for message in server.workspace.posted] == ["Once"]


async def test_calls_and_refusals_are_kept_without_the_token(web, client, server):
    await client.auth_test()
    with pytest.raises(Exception, match="channel_not_found"):
        await client.chat_postMessage(channel="C404", text="x")
    with pytest.raises(Exception, match="invalid_arguments"):
        await client.api_call("chat.postMessage", params={"text": "x"})
    calls = (await get(web, "/calls"))["calls"]
    assert [call["method"] for call in calls] == ["auth.test", "chat.postMessage", "chat.postMessage"]
    assert (await get(web, f"/calls?after={calls[1]['n']}"))["calls"] == calls[2:]
    assert server.bot_token not in str(calls)
    (refusal,) = (await get(web, "/refusals"))["refusals"]
    assert "json-pointer:/channel" in str(refusal["answer"])


async def test_the_clock_takes_a_time_or_a_distance(web):
    moved = await post(web, "/clock", plus={"hours": 1})
    assert moved["moved_seconds"] == pytest.approx(3600, abs=2)
    moved = await post(web, "/clock", to="2026-03-03T09:00+01:00")
    assert moved["clock"]["now"].startswith("2026-03-03T08:00")
    for wrong in ({"to": "tomorrow"}, {"plus": {"moons": 1}}, {"to": "2026-03-01"}, {}):
        assert (await post(web, "/clock", **wrong))["ok"] is False


async def test_the_token_is_revoked_and_granted_anew(web, client):
    await post(web, "/token", revoked=True)
    with pytest.raises(Exception, match="token_revoked"):
        await client.auth_test()
    await post(web, "/token", revoked=False)
    await client.auth_test()
