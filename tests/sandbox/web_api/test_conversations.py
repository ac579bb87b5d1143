"""conversations.*, users.*, views.* and what is stuck to channels, through the official client."""

import pytest

from tests.sandbox.calling import dm, refused


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("", "invalid_name_required"),
        ("x" * 81, "invalid_name_maxlength"),
        ("--", "invalid_name_punctuation"),
        ("Circle", "invalid_name_specials"),
        ("a b", "invalid_name_specials"),
        ("a.b", "invalid_name_specials"),
        ("general", "name_taken"),
        ("secret", "name_taken"),
        ("old", "name_taken"),
    ],
)
async def test_a_channel_name_must_be_free_and_right(client, server, name, error):
    server.workspace.add_channel("secret", "private", creator="U", members=[])
    server.workspace.add_channel("old", "channel", creator="U", members=[]).is_archived = True
    assert await refused(client.conversations_create(name=name, is_private=True)) == error


async def test_letters_of_any_language_make_a_name(client):
    made = await client.conversations_create(name="kreis-größe_1", is_private=True)
    assert made["channel"]["is_private"]
    assert made["channel"]["is_member"]


async def test_people_are_invited_once(client, circle, person, server):
    ana, bo, priya = (person(name).id for name in ("Ana", "Bo", "Priya"))
    person("Priya").deleted = True
    invite = client.conversations_invite
    assert await refused(invite(channel=circle, users=ana)) == "already_in_channel"
    assert await refused(invite(channel=circle, users=server.workspace.bot.id)) == "cant_invite_self"
    assert await refused(invite(channel=circle, users="U404")) == "user_not_found"
    assert await refused(invite(channel=circle, users=priya)) == "user_disabled"
    assert await refused(invite(channel=circle, users=[ana, bo])) == "already_in_channel"
    assert bo not in server.workspace.channels[circle].members
    answer = await invite(channel=circle, users=[ana, bo], force=True)
    assert answer["errors"] == [{"user": ana, "ok": False, "error": "already_in_channel"}]
    assert bo in server.workspace.channels[circle].members


async def test_a_single_channel_guest_goes_nowhere_else(client, circle, person):
    person("Bo").is_ultra_restricted = True
    assert await refused(client.conversations_invite(channel=circle, users=person("Bo").id)) == "ura_max_channels"


async def test_people_are_removed(client, circle, person, server):
    kick = client.conversations_kick
    assert await refused(kick(channel=circle, user=person("Bo").id)) == "not_in_channel"
    assert await refused(kick(channel=circle, user=server.workspace.bot.id)) == "cant_kick_self"
    await kick(channel=circle, user=person("Ana").id)
    assert (await client.conversations_members(channel=circle))["members"] == [server.workspace.bot.id]
    assert await refused(client.conversations_leave(channel=circle)) == "last_member"


async def test_an_archived_channel_takes_nothing(client, circle, person):
    await client.conversations_archive(channel=circle)
    assert await refused(client.conversations_archive(channel=circle)) == "already_archived"
    for call in (
        client.chat_postMessage(channel=circle, text="x"),
        client.conversations_invite(channel=circle, users=person("Bo").id),
        client.conversations_rename(channel=circle, name="other"),
        client.conversations_setTopic(channel=circle, topic="x"),
    ):
        assert await refused(call) == "is_archived"


async def test_topic_and_purpose_are_short(client, circle, server):
    assert await refused(client.conversations_setTopic(channel=circle, topic="x" * 251)) == "too_long"
    assert await refused(client.conversations_setPurpose(channel=circle, purpose="x" * 251)) == "too_long"
    await client.conversations_setTopic(channel=circle, topic="x" * 250)
    assert server.workspace.channels[circle].topic == "x" * 250


async def test_only_its_maker_renames_a_channel(client, circle, general):
    renamed = await client.conversations_rename(channel=circle, name="circle-one")
    assert renamed["channel"]["previous_names"] == ["circle-1"]
    await client.conversations_join(channel=general.id)
    assert await refused(client.conversations_rename(channel=general.id, name="x")) == "not_authorized"
    assert await refused(client.conversations_archive(channel=general.id)) == "cant_archive_general"


async def test_direct_conversations_are_opened_once(client, person, server):
    one = await client.conversations_open(users=person("Ana").id)
    again = await client.conversations_open(users=person("Ana").id)
    assert one["channel"]["id"] == again["channel"]["id"]
    several = [person(name).id for name in ("Ana", "Bo")]
    group = await client.conversations_open(users=several)
    turned = await client.conversations_open(users=several[::-1], return_im=True)
    assert turned["channel"]["id"] == group["channel"]["id"]
    assert turned["channel"]["is_mpim"]


async def test_not_everyone_can_be_addressed(client, person, server):
    standup = next(user.id for user in server.workspace.users.values() if user.name == "standup")
    person("Bo").deleted = True
    for user, error in (
        (standup, "cannot_dm_bot"),
        (server.workspace.bot.id, "cannot_dm_bot"),
        ("USLACKBOT", "cannot_dm_bot"),
        ("U404", "user_not_found"),
        (person("Bo").id, "user_disabled"),
    ):
        assert await refused(client.conversations_open(users=user)) == error
    assert await refused(client.conversations_open(users=[f"U{n}" for n in range(9)])) == "too_many_users"


async def test_lists_come_in_pages(client, person):
    first = await client.users_list(limit=3)
    assert len(first["members"]) == 3
    rest = await client.users_list(limit=100, cursor=first["response_metadata"]["next_cursor"])
    ids = [user["id"] for user in first["members"] + rest["members"]]
    assert len(ids) == len(set(ids))
    assert rest["response_metadata"]["next_cursor"] == ""
    slackbot = next(user for user in first["members"] + rest["members"] if user["id"] == "USLACKBOT")
    assert slackbot["is_bot"] is False
    assert await refused(client.users_list(limit=3, cursor="bogus")) == "invalid_cursor"


async def test_the_bot_sees_its_own_private_channels_only(client, circle, server):
    server.workspace.add_channel("secret", "private", creator="U", members=[])
    listed = await client.conversations_list(types="private_channel,public_channel")
    names = {channel["name"] for channel in listed["channels"]}
    assert names == {"general", "mentoring", "circle-1"}
    mine = await client.users_conversations(types="private_channel")
    assert [channel["id"] for channel in mine["channels"]] == [circle]


async def test_who_someone_is(client, person):
    shown = (await client.users_info(user=person("Priya").id, include_locale=True))["user"]
    assert (shown["tz"], shown["tz_offset"], shown["locale"]) == ("Asia/Kolkata", 19800, "en-US")
    assert "email" not in shown["profile"]
    assert await refused(client.users_info(user="U404")) == "user_not_found"


async def test_reactions_pins_and_bookmarks(client, circle, general):
    ts = (await client.chat_postMessage(channel=circle, text="x"))["ts"]
    await client.reactions_add(channel=circle, timestamp=ts, name="tada")
    assert await refused(client.reactions_add(channel=circle, timestamp=ts, name="tada")) == "already_reacted"
    await client.reactions_remove(channel=circle, timestamp=ts, name="tada")
    assert await refused(client.reactions_remove(channel=circle, timestamp=ts, name="tada")) == "no_reaction"
    await client.pins_add(channel=circle, timestamp=ts)
    assert await refused(client.pins_add(channel=circle, timestamp=ts)) == "already_pinned"
    assert len((await client.pins_list(channel=circle))["items"]) == 1
    added = await client.bookmarks_add(channel_id=circle, title="Charter", type="link", link="https://e.example")
    bookmark = added["bookmark"]["id"]
    await client.bookmarks_edit(channel_id=circle, bookmark_id=bookmark, title="Our charter")
    listed = await client.bookmarks_list(channel_id=circle)
    assert [entry["title"] for entry in listed["bookmarks"]] == ["Our charter"]
    await client.bookmarks_remove(channel_id=circle, bookmark_id=bookmark)
    outside = client.bookmarks_add(channel_id=general.id, title="x", type="link", link="https://e.example")
    assert await refused(outside) == "not_in_channel"


async def test_a_file_is_uploaded_in_three_steps(client, circle, server):
    await client.files_upload_v2(channel=circle, content=b"hello", filename="a.txt", initial_comment="Here")
    message = server.workspace.posted[-1]
    assert message.text == "Here"
    assert message.files[0]["size"] == 5
    file = {"id": message.files[0]["id"]}
    await client.chat_postMessage(channel=circle, text="x", blocks=[picture(file)])
    nowhere = client.chat_postMessage(channel=circle, text="x", blocks=[picture({"id": "F404"})])
    assert await refused(nowhere) == "invalid_blocks"
    missing = client.files_completeUploadExternal(files=[{"id": "F404"}], channel_id=circle)
    assert await refused(missing) == "file_not_found"


def picture(file):
    return {"type": "image", "alt_text": "A chart", "slack_file": file}


async def test_home_is_published_with_a_hash(client, person):
    view = {"type": "home", "blocks": [{"type": "divider"}]}
    first = await client.views_publish(user_id=person("Ana").id, view=view)
    second = await client.views_publish(user_id=person("Ana").id, view=view, hash=first["view"]["hash"])
    assert second["view"]["id"] == first["view"]["id"]
    stale = client.views_publish(user_id=person("Ana").id, view=view, hash=first["view"]["hash"])
    assert await refused(stale) == "hash_conflict"
    assert await refused(client.views_publish(user_id="U404", view=view)) == "user_not_found"


async def test_do_not_disturb_is_the_night(client, person):
    dnd = await client.dnd_info(user=person("Ana").id)
    assert dnd["next_dnd_end_ts"] - dnd["next_dnd_start_ts"] == 10 * 3600
    assert (await client.dnd_teamInfo(users=[person("Ana").id]))["users"][person("Ana").id]["dnd_enabled"]


async def test_a_permalink_leads_to_the_message(client, person):
    channel = await dm(client, person)
    ts = (await client.chat_postMessage(channel=channel, text="x"))["ts"]
    link = (await client.chat_getPermalink(channel=channel, message_ts=ts))["permalink"]
    assert link.endswith(f"/archives/{channel}/p{ts.replace('.', '')}")


async def test_a_channel_has_one_canvas_at_most_and_the_whole_of_it_is_replaced(client, circle, general):
    written = {"type": "markdown", "markdown": "# Charter"}
    made = await client.api_call(
        "conversations.canvases.create", json={"channel_id": circle, "document_content": written}
    )
    for channel, error in ((circle, "channel_canvas_already_exists"), ("C0NOBODY", "channel_not_found")):
        again = {"channel_id": channel, "document_content": written}
        assert await refused(client.api_call("conversations.canvases.create", json=again)) == error
    change = {"operation": "replace", "document_content": {"type": "markdown", "markdown": "# New"}}
    edit = {"canvas_id": made["canvas_id"], "changes": [change]}
    assert (await client.api_call("canvases.edit", json=edit))["ok"]
    for wrong in ({"changes": [change, change]}, {"changes": [change | {"operation": "delete"}]}, {"changes": []}):
        assert await refused(client.api_call("canvases.edit", json=edit | wrong)) == "invalid_arguments"
    assert await refused(client.api_call("canvases.edit", json=edit | {"canvas_id": "F0"})) == "canvas_not_found"
