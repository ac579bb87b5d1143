"""The Web API answers the official client as Slack does: who may call, and what a message may be."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import running
from tests.sandbox.calling import dm, refused, with_scopes

# Who calls


async def test_the_bot_is_told_who_it_is(server, client):
    answer = await client.auth_test()
    assert answer["user_id"] == server.workspace.bot.id
    assert "chat:write" in answer.headers["x-oauth-scopes"]
    assert answer.headers["Date"] == "Mon, 02 Mar 2026 08:00:00 GMT"


@pytest.mark.parametrize(
    ("token", "method", "error"),
    [
        ("", "auth.test", "not_authed"),
        ("xoxb-other", "auth.test", "invalid_auth"),
        ("app", "auth.test", "not_allowed_token_type"),
        ("bot", "apps.connections.open", "not_allowed_token_type"),
        ("bot", "conversations.unarchive", "not_allowed_token_type"),
        ("bot", "users.profile.set", "not_allowed_token_type"),
        ("bot", "chat.shout", "unknown_method"),
    ],
)
async def test_callers_are_told_apart(server, token, method, error):
    token = {"app": server.app_token, "bot": server.bot_token}.get(token, token)
    client = AsyncWebClient(token=token, base_url=server.api_url)
    assert await refused(client.api_call(method)) == error


async def test_a_revoked_token_is_refused(server, client):
    assert not (await client.auth_revoke(test=True))["revoked"]
    await client.auth_revoke()
    assert await refused(client.auth_test()) == "token_revoked"


async def test_a_missing_scope_is_named():
    manifest = with_scopes("chat:write", "groups:write")
    async with running(seed="empty", manifest=manifest) as server:
        client = AsyncWebClient(token=server.bot_token, base_url=server.api_url)
        with pytest.raises(SlackApiError) as caught:
            await client.users_info(user="U1")
        assert caught.value.response["needed"] == "users:read"
        assert caught.value.response["provided"] == "chat:write,groups:write"
        assert await refused(client.conversations_create(name="open")) == "missing_scope"
        made = await client.conversations_create(name="hidden", is_private=True)
        assert await refused(client.conversations_history(channel=made["channel"]["id"])) == "missing_scope"
        assert await refused(client.conversations_open(users="U1")) == "missing_scope"


async def test_history_scopes_open_only_their_kind_of_conversation(person):
    manifest = with_scopes("chat:write", "im:write", "im:history", "groups:write")
    async with running(seed="empty", manifest=manifest) as server:
        client = AsyncWebClient(token=server.bot_token, base_url=server.api_url)
        ana = server.workspace.find_person("Ana").id
        direct = (await client.conversations_open(users=ana))["channel"]["id"]
        await client.chat_postMessage(channel=direct, text="Hello")
        history = await client.conversations_history(channel=direct)
        assert [message["text"] for message in history["messages"]] == ["Hello"]
        made = await client.conversations_create(name="hidden", is_private=True)
        assert await refused(client.conversations_history(channel=made["channel"]["id"])) == "missing_scope"


async def test_arguments_may_be_a_form_or_json(server, client, person):
    channel = await dm(client, person)
    block = {"type": "section", "text": {"type": "mrkdwn", "text": "Hi"}}
    for how in (
        {"params": {"channel": channel, "text": "x", "blocks": f"{[block]}".replace("'", '"')}},
        {"json": {"channel": channel, "text": "x", "blocks": [block]}},
    ):
        answer = await client.api_call("chat.postMessage", **how)
        assert answer["message"]["blocks"][0]["text"]["text"] == "Hi"
        assert answer["message"]["blocks"][0]["block_id"]


# Messages

VIDEO = {
    "type": "video",
    "title": {"type": "plain_text", "text": "A talk"},
    "alt_text": "A talk",
    "video_url": "https://example.com/a",
    "thumbnail_url": "https://example.com/a.png",
}


async def test_a_message_is_posted_changed_and_taken_back(client, person, server):
    channel = await dm(client, person)
    posted = await client.chat_postMessage(channel=channel, text="One", blocks=[{"type": "divider"}])
    changed = await client.chat_update(channel=channel, ts=posted["ts"], text="Two")
    assert "blocks" not in changed["message"]
    assert changed["message"]["edited"]["user"] == server.workspace.bot.id
    await client.chat_delete(channel=channel, ts=posted["ts"])
    assert await refused(client.chat_delete(channel=channel, ts=posted["ts"])) == "message_not_found"
    assert await refused(client.chat_update(channel=channel, ts="1.2", text="x")) == "message_not_found"


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"text": ""}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"text": "x", "blocks": [{"type": "nothing"}]}, "invalid_blocks"),
        ({"text": "x", "blocks": "nonsense"}, "invalid_blocks_format"),
        ({"text": "x", "blocks": {"type": "divider"}}, "invalid_blocks_format"),
        ({"text": "x", "thread_ts": "1.000001"}, "thread_not_found"),
        ({"text": "x", "markdown_text": "y"}, "markdown_text_conflict"),
        ({"text": "x", "username": "Boss"}, "missing_scope"),
        ({"text": "x", "blocks": [VIDEO]}, "missing_scope"),
        ({"text": "x", "metadata": {"event_type": "a"}}, "invalid_metadata_format"),
        ({"text": "x", "metadata": {"event_type": "a", "event_payload": {"Key": 1}}}, "invalid_metadata_schema"),
        (
            {"text": "x", "metadata": {"event_type": "a", "event_payload": {"k": {"deep": {"er": 1}}}}},
            "invalid_metadata_schema",
        ),
        (
            {"text": "x", "metadata": {"event_type": "a", "event_payload": {"k": "x" * 9000}}},
            "metadata_too_large",
        ),
        ({"text": "x", "attachments": [{"text": "a"}] * 101}, "too_many_attachments"),
    ],
)
async def test_a_message_that_slack_would_not_take_is_refused(client, person, more, error):
    channel = await dm(client, person)
    assert await refused(client.api_call("chat.postMessage", json={"channel": channel, **more})) == error


async def test_a_refusal_says_where(client, person, server):
    channel = await dm(client, person)
    long = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=channel, text="x", blocks=long)
    (message,) = caught.value.response["response_metadata"]["messages"]
    assert message == "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    (refusal,) = server.slack.log.refusals()
    assert refusal["method"] == "chat.postMessage"
    assert refusal["answer"]["error"] == "invalid_blocks"


async def test_where_the_bot_is_not_it_cannot_write(client, person, server, general):
    secret = server.workspace.add_channel("secret", "private", creator="U", members=[person("Ana").id])
    between = server.workspace.direct([person("Ana").id, person("Bo").id])
    assert await refused(client.chat_postMessage(channel=general.id, text="x")) == "not_in_channel"
    for hidden in (secret.id, between.id, "C404", person("Ana").id):
        assert await refused(client.chat_postMessage(channel=hidden, text="x")) == "channel_not_found"


async def test_a_thread_hangs_on_a_parent(client, person):
    channel = await dm(client, person)
    parent = (await client.chat_postMessage(channel=channel, text="Parent"))["ts"]
    reply = (await client.chat_postMessage(channel=channel, text="Reply", thread_ts=parent))["ts"]
    deeper = client.chat_postMessage(channel=channel, text="Deeper", thread_ts=reply)
    assert await refused(deeper) == "thread_not_found"
    thread = await client.conversations_replies(channel=channel, ts=parent)
    assert [message["text"] for message in thread["messages"]] == ["Parent", "Reply"]
    assert thread["messages"][0]["reply_count"] == 1
    history = await client.conversations_history(channel=channel)
    assert [message["text"] for message in history["messages"]] == ["Parent"]


async def test_words_of_others_are_not_the_bots_to_change(client, circle, person, server):
    said = server.workspace.say(server.workspace.channels[circle], person("Ana").id, "Mine")
    assert await refused(client.chat_update(channel=circle, ts=said.ts, text="x")) == "cant_update_message"
    assert await refused(client.chat_delete(channel=circle, ts=said.ts)) == "cant_delete_message"


async def test_an_ephemeral_message_needs_a_reader_in_the_channel(client, circle, person, server):
    outsider = client.chat_postEphemeral(channel=circle, user=person("Bo").id, text="x")
    assert await refused(outsider) == "user_not_in_channel"
    shown = await client.chat_postEphemeral(channel=circle, user=person("Ana").id, text="Psst")
    change = client.chat_update(channel=circle, ts=shown["message_ts"], text="x")
    assert await refused(change) == "message_not_found"
    history = await client.conversations_history(channel=circle)
    assert "Psst" not in str(history["messages"])


async def test_metadata_comes_back_only_when_asked_for(client, person):
    channel = await dm(client, person)
    metadata = {"event_type": "nudge", "event_payload": {"key": "abc"}}
    await client.chat_postMessage(channel=channel, text="x", metadata=metadata)
    plain = await client.conversations_history(channel=channel)
    assert "metadata" not in plain["messages"][0]
    full = await client.conversations_history(channel=channel, include_all_metadata=True)
    assert full["messages"][0]["metadata"] == metadata


@pytest.mark.parametrize(
    ("text", "blocks", "pings"),
    [
        ("Hello <!channel>", [], True),
        ("Hello &lt;!channel&gt;", [], False),
        ("x", [{"type": "section", "text": {"type": "mrkdwn", "text": "<!here|here>"}}], True),
        ("x", [{"type": "section", "text": {"type": "plain_text", "text": "<!here>"}}], False),
        (
            "x",
            [
                {
                    "type": "rich_text",
                    "elements": [
                        {
                            "type": "rich_text_section",
                            "elements": [{"type": "broadcast", "range": "everyone"}],
                        }
                    ],
                }
            ],
            True,
        ),
    ],
)
async def test_a_message_to_a_whole_channel_is_known_as_one(client, circle, server, text, blocks, pings):
    await client.chat_postMessage(channel=circle, text=text, blocks=blocks)
    assert server.workspace.posted[-1].pings is pings


async def test_a_scheduled_message_comes_at_its_time(client, person, server):
    channel = await dm(client, person)
    now = server.workspace.unix()
    early = client.chat_scheduleMessage(channel=channel, text="x", post_at=now - 1)
    assert await refused(early) == "time_in_past"
    late = client.chat_scheduleMessage(channel=channel, text="x", post_at=now + 121 * 86400)
    assert await refused(late) == "time_too_far"
    kept = await client.chat_scheduleMessage(channel=channel, text="Later", post_at=now + 3600)
    gone = await client.chat_scheduleMessage(channel=channel, text="Never", post_at=now + 3600)
    await client.chat_deleteScheduledMessage(channel=channel, scheduled_message_id=gone["scheduled_message_id"])
    listed = await client.chat_scheduledMessages_list()
    assert [m["id"] for m in listed["scheduled_messages"]] == [kept["scheduled_message_id"]]
    server.clock.jump_to(server.clock.now().replace(hour=10))
    await server.slack.timers.run_due()
    assert [message.text for message in server.workspace.posted] == ["Later"]


def _button(value):
    text = {"type": "plain_text", "text": "Here"}
    button = {"type": "button", "action_id": "here", "value": value, "text": text}
    return {"type": "actions", "elements": [button]}


async def test_what_can_be_clicked_keeps_its_block_over_an_edit(server, client, person):
    channel = await dm(client, person)
    posted = await client.chat_postMessage(channel=channel, text="One", blocks=[_button("1"), _button("2")])
    first = [block["block_id"] for block in posted["message"]["blocks"]]
    line = {"type": "section", "text": {"type": "mrkdwn", "text": "1 is here"}}
    changed = await client.chat_update(
        channel=channel, ts=posted["ts"], text="Two", blocks=[line, _button("1"), _button("3")]
    )
    then = [block["block_id"] for block in changed["message"]["blocks"]]
    assert then[1] == first[0]
    assert len({*then, *first}) == 4
