"""How people, conversations, messages and views look in Slack's JSON."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.sandbox.forms import state_of
from bot.sandbox.model import Channel, Json, Message, User, View
from bot.sandbox.workspace import SLACKBOT, Workspace

ZONE_NAMES = {
    "Europe/Berlin": "Central European Time",
    "Europe/London": "Greenwich Mean Time",
    "America/New_York": "Eastern Time",
    "America/Chicago": "Central Time",
    "America/Los_Angeles": "Pacific Time",
    "America/Sao_Paulo": "Brasilia Time",
    "Asia/Kolkata": "India Standard Time",
    "Asia/Tokyo": "Japan Standard Time",
    "Australia/Sydney": "Australian Eastern Time",
}


def zone_label(tz: str) -> str:
    return ZONE_NAMES.get(tz, tz.split("/")[-1].replace("_", " "))


def user_json(user: User, workspace: Workspace, *, with_locale: bool = False) -> Json:
    offset = workspace.clock.now().astimezone(ZoneInfo(user.tz)).utcoffset() or timedelta()
    shown: Json = {
        "id": user.id,
        "team_id": workspace.team_id,
        "name": user.name,
        "deleted": user.deleted,
        "color": user.color,
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": zone_label(user.tz),
        "tz_offset": int(offset.total_seconds()),
        "profile": _profile(user, workspace),
        "is_admin": user.is_admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": user.is_restricted or user.is_ultra_restricted,
        "is_ultra_restricted": user.is_ultra_restricted,
        # Slackbot says of itself that it is no bot.
        "is_bot": user.is_bot and user.id != SLACKBOT,
        "is_app_user": False,
        "updated": user.updated,
        "is_email_confirmed": True,
        "who_can_share_contact_card": "EVERYONE",
    }
    if user.is_stranger:
        shown |= {"is_stranger": True, "team_id": "T0ELSEWHERE"}
    if with_locale and not user.is_stranger:
        shown["locale"] = "en-US"
    if user.deleted:
        for field in ("tz", "tz_label", "tz_offset", "is_admin", "is_restricted", "is_ultra_restricted"):
            del shown[field]
    return shown


def _profile(user: User, workspace: Workspace) -> Json:
    return {
        "title": user.title,
        "phone": "",
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        # Nobody here has set one, so everybody is shown by their full name, as the page does.
        "display_name": "",
        "display_name_normalized": "",
        "status_text": "",
        "status_emoji": "",
        "status_expiration": 0,
        "avatar_hash": f"g{user.id[-6:].lower()}",
        "team": workspace.team_id,
    }


def channel_json(channel: Channel, workspace: Workspace) -> Json:
    member = workspace.bot.id in channel.members
    shown: Json = {
        "id": channel.id,
        "created": channel.created,
        "creator": channel.creator,
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "private",
        "is_im": channel.kind == "im",
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.kind != "channel",
        "is_archived": channel.is_archived,
        "is_shared": False,
        "is_ext_shared": False,
        "is_org_shared": False,
        "context_team_id": workspace.team_id,
    }
    if channel.kind == "im":
        other = next((u for u in channel.members if u != workspace.bot.id), workspace.bot.id)
        return shown | {"user": other, "is_open": True, "is_user_deleted": workspace.users[other].deleted}
    return shown | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_general": channel.is_general,
        "is_member": member,
        "is_open": channel.kind == "mpim",
        "unlinked": 0,
        "topic": {"value": channel.topic, "creator": channel.creator, "last_set": channel.created},
        "purpose": {"value": channel.purpose, "creator": channel.creator, "last_set": channel.created},
        "previous_names": list(channel.previous_names),
        "num_members": len(channel.members),
    }


def message_json(message: Message, workspace: Workspace, *, with_metadata: bool = False) -> Json:
    shown: Json = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text}
    if message.by_bot:
        shown |= _bot_marks(message, workspace)
    if message.subtype:
        shown["subtype"] = message.subtype
    for name in ("blocks", "attachments", "files"):
        if getattr(message, name):
            shown[name] = getattr(message, name)
    if message.edited_ts:
        shown["edited"] = {"user": message.user, "ts": message.edited_ts}
    if message.reactions:
        shown["reactions"] = [
            {"name": name, "users": users, "count": len(users)} for name, users in message.reactions.items()
        ]
    if with_metadata and message.metadata:
        shown["metadata"] = message.metadata
    if message.reader:
        shown["is_ephemeral"] = True
    return shown | _thread_marks(message, workspace)


def _bot_marks(message: Message, workspace: Workspace) -> Json:
    name = message.username or workspace.bot.real_name
    return {
        "bot_id": workspace.bot_id,
        "app_id": workspace.app_id,
        "team": workspace.team_id,
        "bot_profile": {
            "id": workspace.bot_id,
            "app_id": workspace.app_id,
            "name": name,
            "deleted": False,
            "team_id": workspace.team_id,
        },
    }


def _thread_marks(message: Message, workspace: Workspace) -> Json:
    if message.thread_ts:
        return {"thread_ts": message.thread_ts}
    replies = workspace.replies(workspace.channels[message.channel], message.ts)
    if not replies:
        return {}
    repliers = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users": repliers[:5],
        "reply_users_count": len(repliers),
        "latest_reply": replies[-1].ts,
    }


def view_json(view: View, workspace: Workspace) -> Json:
    content = view.content
    shown: Json = {
        "id": view.id,
        "team_id": workspace.team_id,
        "type": view.type,
        "blocks": content["blocks"],
        "private_metadata": content.get("private_metadata", ""),
        "callback_id": content.get("callback_id", ""),
        "state": {"values": state_of(content["blocks"], view.typed, view.channel)},
        "hash": view.hash,
        "previous_view_id": view.previous_id or None,
        "root_view_id": view.root_id,
        "app_id": workspace.app_id,
        "external_id": view.external_id,
        "app_installed_team_id": workspace.team_id,
        "bot_id": workspace.bot_id,
    }
    modal: Json = {
        "title": content.get("title", {"type": "plain_text", "text": "View Title", "emoji": True}),
        "submit": content.get("submit"),
        "close": content.get("close"),
        "clear_on_close": content.get("clear_on_close", False),
        "notify_on_close": content.get("notify_on_close", False),
    }
    return shown | modal
