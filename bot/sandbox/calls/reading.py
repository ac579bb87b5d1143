"""conversations.* and users.conversations: looking at conversations, their members and their messages."""

from bot.sandbox.arguments import Arguments
from bot.sandbox.calls import access
from bot.sandbox.calls.pages import piece
from bot.sandbox.model import Channel, Json, Kind, Message
from bot.sandbox.pretend import Slack
from bot.sandbox.refusal import Refusal
from bot.sandbox.wire import channel_json, message_json

TYPES: dict[str, Kind] = {
    "public_channel": "channel",
    "private_channel": "private",
    "mpim": "mpim",
    "im": "im",
}


def info(slack: Slack, args: Arguments) -> Json:
    channel = access.channel_of(slack, args)
    shown = channel_json(channel, slack.workspace)
    if not args.flag("include_num_members"):
        shown.pop("num_members", None)
    return {"channel": shown}


def _kinds(slack: Slack, args: Arguments) -> list[Kind]:
    """The kinds asked for, each with its scope."""
    names = args.names("types") or ["public_channel"]
    if not set(names) <= set(TYPES):
        raise Refusal("invalid_types")
    kinds = [TYPES[name] for name in names]
    for kind in kinds:
        access.need_kind(slack, args.method, kind)
    return kinds


def list_all(slack: Slack, args: Arguments) -> Json:
    kinds, bot = _kinds(slack, args), slack.workspace.bot.id
    found = [
        channel
        for channel in slack.workspace.channels.values()
        if channel.kind in kinds
        and not channel.deleted
        and (channel.is_open or bot in channel.members)
        and not (channel.is_archived and args.flag("exclude_archived"))
    ]
    shown, more = piece(args, found)
    return {
        "channels": [channel_json(channel, slack.workspace) for channel in shown],
        "response_metadata": more,
    }


def of_user(slack: Slack, args: Arguments) -> Json:
    """The conversations of a person; of another person only those that the bot sees too."""
    kinds, bot = _kinds(slack, args), slack.workspace.bot.id
    user = access.person(slack, args.text("user", bot))
    found = [
        channel
        for channel in slack.workspace.channels_of(user.id)
        if channel.kind in kinds
        and (channel.is_open or bot in channel.members)
        and not (channel.is_archived and args.flag("exclude_archived"))
    ]
    shown, more = piece(args, found)
    return {
        "channels": [channel_json(channel, slack.workspace) for channel in shown],
        "response_metadata": more,
    }


def members(slack: Slack, args: Arguments) -> Json:
    channel = access.channel_of(slack, args)
    shown, more = piece(args, channel.members)
    return {"members": shown, "response_metadata": more}


# Messages


def _read_channel(slack: Slack, args: Arguments) -> Channel:
    channel = access.channel_of(slack, args)
    access.joined(slack, channel)
    return channel


def _between(args: Arguments, message: Message) -> bool:
    oldest, latest = args.text("oldest", "0"), args.text("latest", "")
    moment = float(message.ts)
    try:
        low, high = float(oldest or 0), float(latest) if latest else float("inf")
    except ValueError:
        raise Refusal("invalid_ts_oldest") from None
    if args.flag("inclusive"):
        return low <= moment <= high
    return low < moment < high


def _shown(slack: Slack, args: Arguments, messages: list[Message]) -> Json:
    some, more = piece(args, messages)
    with_metadata = args.flag("include_all_metadata")
    return {
        "messages": [message_json(m, slack.workspace, with_metadata=with_metadata) for m in some],
        "has_more": bool(more["next_cursor"]),
        "response_metadata": more,
    }


def history(slack: Slack, args: Arguments) -> Json:
    channel = _read_channel(slack, args)
    found = [
        message
        for message in reversed(channel.messages)
        if not message.deleted
        and not message.reader
        and (not message.thread_ts or message.is_broadcast_reply)
        and _between(args, message)
    ]
    return {**_shown(slack, args, found), "pin_count": len(channel.pins)}


def replies(slack: Slack, args: Arguments) -> Json:
    channel = _read_channel(slack, args)
    parent = slack.workspace.find_message(channel, args.required("ts"))
    if parent is None or parent.reader:
        raise Refusal("thread_not_found")
    root = parent.thread_ts or parent.ts
    found = [
        message
        for message in channel.messages
        if root in (message.ts, message.thread_ts)
        and not message.deleted
        and not message.reader
        and (message.ts == root or _between(args, message))
    ]
    return _shown(slack, args, found)
