"""What one person sees: their sidebar, conversations, threads, dialogs and Home."""

from dataclasses import dataclass

from bot.sandbox.forms import state_of
from bot.sandbox.model import Channel, Json, Message, User, View
from bot.sandbox.pretend import Slack
from bot.sandbox.refusal import CannotDo
from bot.sandbox.wire import view_json, zone_label


def person_json(user: User) -> Json:
    initials = "".join(part[0] for part in user.real_name.split()[:2]).upper()
    return {
        "id": user.id,
        "name": user.name,
        "real_name": user.real_name,
        "title": user.title,
        "tz": user.tz,
        "tz_label": zone_label(user.tz),
        "deleted": user.deleted,
        "is_restricted": user.is_restricted or user.is_ultra_restricted,
        "is_admin": user.is_admin,
        "color": user.color,
        "initials": initials,
    }


def clock_json(slack: Slack) -> Json:
    now = slack.clock.now()
    return {"now": now.isoformat(), "unix": now.timestamp()}


def workspace_json(slack: Slack) -> Json:
    workspace, seeding = slack.workspace, slack.seeding
    bot = workspace.bot
    return {
        "team": {"id": workspace.team_id, "name": workspace.team_name, "domain": workspace.domain},
        "app_id": workspace.app_id,
        "bot": {"user_id": bot.id, "bot_id": workspace.bot_id, "name": bot.real_name, "icon": "", "color": bot.color},
        "mode": slack.settings.mode,
        "connected": slack.line.connected,
        "messages_tab_read_only": slack.manifest.messages_tab_read_only,
        "people": [person_json(user) for user in workspace.people()],
        "bots": [person_json(user) for user in workspace.users.values() if user.is_bot],
        "commands": [
            {
                "command": c["command"],
                "description": c.get("description", ""),
                "usage_hint": c.get("usage_hint", ""),
            }
            for c in slack.manifest.commands
        ],
        "shortcuts": [
            {key: s.get(key, "") for key in ("callback_id", "name", "type", "description")}
            for s in slack.manifest.shortcuts
        ],
        "clock": clock_json(slack),
        "seeding": {
            "active": seeding.active,
            "text": seeding.text,
            "done": seeding.done,
            "total": seeding.total,
        },
        "start_here": slack.start_here,
    }


# Conversations


@dataclass(frozen=True)
class Window:
    """So many of the messages before a time; before nothing: the newest."""

    before: str = ""
    limit: int = 60


def may_see(slack: Slack, me: User, channel_id: str) -> Channel:
    channel = slack.workspace.channels.get(channel_id)
    hidden = channel is None or channel.deleted
    if channel is None or hidden or not (channel.is_open or me.id in channel.members):
        raise CannotDo("There is no such conversation for you.", 404)
    return channel


def sidebar(slack: Slack, me: User) -> Json:
    shown = [
        channel_entry(slack, me, channel)
        for channel in slack.workspace.channels.values()
        if not channel.deleted and (me.id in channel.members or (channel.is_open and not channel.is_archived))
    ]
    home = slack.screens.homes.get(me.id)
    return {"channels": shown, "home": {"unread": bool(home and home.hash != slack.seen_homes.get(me.id))}}


def channel_entry(slack: Slack, me: User, channel: Channel) -> Json:
    unread = [m for m in slack.workspace.seen_by(me.id, channel) if _is_new(channel, me, m)]
    named = [m for m in unread if me.id in m.mentions or m.pings]
    counted = [m for m in unread if not m.thread_ts or m.is_broadcast_reply]
    visible = [m.ts for m in slack.workspace.seen_by(me.id, channel) if not m.deleted]
    direct = channel.kind in ("im", "mpim")
    member = me.id in channel.members
    return {
        "id": channel.id,
        "name": _name(slack, me, channel),
        "kind": "app" if slack.workspace.is_app_dm(channel) else channel.kind,
        "is_archived": channel.is_archived,
        "is_member": member,
        "unread": len(counted) if member else 0,
        "mentions": (len(counted) if direct else len(named)) if member else 0,
        "with": [user for user in channel.members if user != me.id] if direct else [],
        "topic": channel.topic,
        "purpose": channel.purpose,
        "last_ts": visible[-1] if visible else "",
        "last_read": channel.read.get(me.id, ""),
    }


def _is_new(channel: Channel, me: User, message: Message) -> bool:
    read = channel.read.get(me.id, "")
    return message.ts > read and message.user != me.id and not message.deleted and not message.subtype


def _name(slack: Slack, me: User, channel: Channel) -> str:
    if channel.kind not in ("im", "mpim"):
        return channel.name
    others = [user for user in channel.members if user != me.id]
    if channel.kind == "mpim":
        others = [user for user in others if user != slack.workspace.bot.id]
    return ", ".join(slack.workspace.users[user].real_name for user in others)


def channel_page(slack: Slack, me: User, channel: Channel, *, window: Window) -> Json:
    shown = [
        message
        for message in slack.workspace.seen_by(me.id, channel)
        if (not message.thread_ts or message.is_broadcast_reply)
        and (not window.before or message.ts < window.before)
        and _still_there(slack, channel, message)
    ]
    details: Json = {
        "members": list(channel.members),
        "bookmarks": list(channel.bookmarks),
        "canvas": dict(channel.canvas),
        "is_app_dm": slack.workspace.is_app_dm(channel),
    }
    return {
        "channel": channel_entry(slack, me, channel) | details,
        "messages": [message_seen(slack, me, message) for message in shown[-window.limit :]],
        "more": len(shown) > window.limit,
    }


def _still_there(slack: Slack, channel: Channel, message: Message) -> bool:
    """A deleted message stays as a gravestone only where it has replies."""
    return not message.deleted or bool(slack.workspace.replies(channel, message.ts))


def thread_page(slack: Slack, me: User, channel: Channel, *, ts: str) -> Json:
    messages = [
        message
        for message in slack.workspace.seen_by(me.id, channel)
        if ts in (message.ts, message.thread_ts) and _still_there(slack, channel, message)
    ]
    if not messages:
        raise CannotDo("There is no such message.", 404)
    return {"messages": [message_seen(slack, me, message) for message in messages]}


def message_seen(slack: Slack, me: User, message: Message) -> Json:
    channel = slack.workspace.channels[message.channel]
    replies = slack.workspace.replies(channel, message.ts)
    shown: Json = {
        "ts": message.ts,
        "channel": channel.id,
        "user": message.user,
        "username": message.username or slack.workspace.users[message.user].real_name,
        "text": message.text,
        "blocks": message.blocks,
        "attachments": message.attachments,
        "files": message.files,
        "subtype": message.subtype,
        "thread_ts": message.thread_ts,
        "reply_count": len(replies),
        "whispers": _whispers(me, channel, message),
        "reply_users": list(dict.fromkeys(reply.user for reply in replies)),
        "latest_reply": replies[-1].ts if replies else "",
        "edited": bool(message.edited_ts),
        "ephemeral": bool(message.reader),
        "deleted": message.deleted,
        "reactions": [{"name": name, "users": users} for name, users in message.reactions.items()],
        "pinned": message.ts in channel.pins,
        "pings": message.pings,
        "unread": me.id in channel.members and _is_new(channel, me, message),
        "state": state_of(message.blocks, message.chosen.get(me.id, {})),
    }
    if message.by_bot:
        shown |= {"bot_id": slack.workspace.bot_id, "icon": message.icon}
    if message.deleted:
        shown |= {"text": "This message was deleted.", "blocks": [], "attachments": [], "files": []}
    return shown


def _whispers(me: User, channel: Channel, parent: Message) -> int:
    """How many ephemeral replies only this person sees in the thread."""
    return sum(m.thread_ts == parent.ts and m.reader == me.id and not m.deleted for m in channel.messages)


# Views


def view_seen(slack: Slack, view: View) -> Json:
    shown = view_json(view, slack.workspace)
    if view.type == "home":
        shown |= {"title": None, "submit": None, "close": None}
    return shown


def home_page(slack: Slack, me: User) -> Json:
    home = slack.screens.homes.get(me.id)
    return {"view": view_seen(slack, home) if home else None}


def modal_stack(slack: Slack, me: User) -> Json:
    return {"views": [view_seen(slack, view) for view in slack.screens.stack(me.id)]}
