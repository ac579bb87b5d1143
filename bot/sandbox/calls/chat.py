"""chat.*: posting, changing and taking back messages."""

from datetime import UTC, datetime, timedelta
from functools import partial

from bot.sandbox.arguments import Arguments
from bot.sandbox.calls import access
from bot.sandbox.content import UPDATE_MOST, Content, fill, read
from bot.sandbox.model import Channel, Json, Message
from bot.sandbox.pretend import Slack
from bot.sandbox.refusal import Refusal
from bot.sandbox.wire import message_json

FARTHEST = timedelta(days=120)
WINDOW = 300  # seconds
WINDOW_MOST = 30
DELETE_BEFORE = 60  # seconds


def _may_post(slack: Slack, channel: Channel) -> None:
    access.living(channel)
    if slack.workspace.bot.id not in channel.members and "chat:write.public" not in slack.scopes:
        raise Refusal("not_in_channel")
    if slack.workspace.is_app_dm(channel) and not slack.manifest.messages_tab:
        raise Refusal("messages_tab_disabled")
    if channel.kind == "im":
        other = next(u for u in channel.members if u != slack.workspace.bot.id)
        if slack.workspace.users[other].deleted:
            raise Refusal("user_disabled")


def _draft(slack: Slack, args: Arguments, channel: Channel, *, content: Content) -> Message:
    message = Message("", channel.id, slack.workspace.bot.id, by_bot=True)
    fill(message, content, slack.workspace.stamped(access.showable(slack, content.blocks)))
    for name in ("username", "icon_emoji", "icon_url"):
        if args.given(name):
            access.need_scope(slack, ("chat:write.customize",))
    message.username = args.text("username")
    message.icon = args.text("icon_emoji") or args.text("icon_url")
    message.thread_ts = _thread(slack, channel, args.text("thread_ts"))
    message.is_broadcast_reply = bool(message.thread_ts) and args.flag("reply_broadcast")
    return message


def _thread(slack: Slack, channel: Channel, thread_ts: str) -> str:
    """The parent's ts; a reply or an unknown message starts no thread."""
    if not thread_ts:
        return ""
    parent = slack.workspace.find_message(channel, thread_ts)
    if parent is None or parent.reader or parent.thread_ts:
        raise Refusal("thread_not_found")
    if parent.subtype:
        raise Refusal("cannot_reply_to_message")
    return thread_ts


def post_message(slack: Slack, args: Arguments) -> Json:
    channel = access.visible(slack, args.required("channel"))
    _may_post(slack, channel)
    message = _draft(slack, args, channel, content=read(args))
    slack.limits.message(channel.id)
    return _sent(slack, channel, message)


def _sent(slack: Slack, channel: Channel, message: Message) -> Json:
    message.ts = slack.workspace.new_ts()
    slack.workspace.post(channel, message)
    shown = message_json(message, slack.workspace)
    return {"channel": channel.id, "ts": message.ts, "message": shown}


def post_ephemeral(slack: Slack, args: Arguments) -> Json:
    channel = access.visible(slack, args.required("channel"))
    _may_post(slack, channel)
    reader = access.person(slack, args.required("user"))
    if reader.id not in channel.members or reader.deleted:
        raise Refusal("user_not_in_channel")
    message = _draft(slack, args, channel, content=read(args))
    message.reader = reader.id
    message.ts = slack.workspace.new_ts()
    slack.workspace.post(channel, message)
    return {"message_ts": message.ts}


def _own(slack: Slack, args: Arguments, *, error: str) -> tuple[Channel, Message]:
    channel = access.visible(slack, args.required("channel"))
    message = access.message_of(slack, channel, args.required("ts"))
    if not message.by_bot:
        raise Refusal(error)
    return channel, message


def update(slack: Slack, args: Arguments) -> Json:
    channel, message = _own(slack, args, error="cant_update_message")
    access.living(channel)
    content = read(args, most=UPDATE_MOST)
    kept = content.metadata if content.metadata is not None else message.metadata
    # Text alone takes the blocks away; metadata stays unless it is given anew.
    blocks = slack.workspace.stamped(access.showable(slack, content.blocks), before=message.blocks)
    fill(message, content, blocks)
    message.metadata = kept
    message.edited_ts = slack.workspace.new_ts()
    message.chosen.clear()
    slack.workspace.touched(channel, message)
    shown = message_json(message, slack.workspace)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shown}


def delete(slack: Slack, args: Arguments) -> Json:
    channel, message = _own(slack, args, error="cant_delete_message")
    message.deleted = True
    slack.workspace.touched(channel, message)
    return {"channel": channel.id, "ts": message.ts}


def get_permalink(slack: Slack, args: Arguments) -> Json:
    channel = access.visible(slack, args.required("channel"))
    message = access.message_of(slack, channel, args.required("message_ts"))
    link = f"https://{slack.workspace.domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.thread_ts:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


# Later


def schedule_message(slack: Slack, args: Arguments) -> Json:
    channel = access.visible(slack, args.required("channel"))
    _may_post(slack, channel)
    args.required("post_at")
    post_at = args.number("post_at", 0)
    _check_time(slack, channel, post_at)
    message = _draft(slack, args, channel, content=read(args))
    scheduled_id = slack.workspace.new_id("Q")
    number = slack.timers.at(
        datetime.fromtimestamp(post_at, UTC), partial(_send_scheduled, slack, scheduled_id, message)
    )
    slack.scheduled[scheduled_id] = {
        "id": scheduled_id,
        "channel_id": channel.id,
        "post_at": post_at,
        "date_created": slack.workspace.unix(),
        "text": message.text,
        "timer": number,
    }
    return {
        "channel": channel.id,
        "scheduled_message_id": scheduled_id,
        "post_at": str(post_at),
        "message": {**message_json(message, slack.workspace), "type": "delayed_message"},
    }


def _check_time(slack: Slack, channel: Channel, post_at: int) -> None:
    now = slack.clock.now()
    if post_at <= now.timestamp():
        raise Refusal("time_in_past")
    if post_at > (now + FARTHEST).timestamp():
        raise Refusal("time_too_far")
    near = [
        entry
        for entry in slack.scheduled.values()
        if entry["channel_id"] == channel.id and entry["post_at"] // WINDOW == post_at // WINDOW
    ]
    if len(near) >= WINDOW_MOST:
        raise Refusal("restricted_too_many")


async def _send_scheduled(slack: Slack, scheduled_id: str, message: Message) -> None:
    slack.scheduled.pop(scheduled_id, None)
    channel = slack.workspace.channels[message.channel]
    if not channel.is_archived and not channel.deleted:
        _sent(slack, channel, message)


def delete_scheduled(slack: Slack, args: Arguments) -> Json:
    channel = access.visible(slack, args.required("channel"))
    entry = slack.scheduled.get(args.required("scheduled_message_id"))
    soon = slack.workspace.unix() + DELETE_BEFORE
    if entry is None or entry["channel_id"] != channel.id or entry["post_at"] <= soon:
        raise Refusal("invalid_scheduled_message_id")
    slack.timers.cancel(entry["timer"])
    del slack.scheduled[entry["id"]]
    return {}


def list_scheduled(slack: Slack, args: Arguments) -> Json:
    wanted = args.text("channel")
    found = [
        {key: value for key, value in entry.items() if key != "timer"}
        for entry in slack.scheduled.values()
        if wanted in ("", entry["channel_id"])
    ]
    return {"scheduled_messages": found, "response_metadata": {"next_cursor": ""}}
