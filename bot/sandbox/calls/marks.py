"""reactions.*, pins.*, bookmarks.*: what is stuck to messages and channels."""

import re

from bot.sandbox.arguments import Arguments
from bot.sandbox.calls import access
from bot.sandbox.model import Channel, Json, Message
from bot.sandbox.pretend import Slack
from bot.sandbox.refusal import Refusal
from bot.sandbox.wire import message_json

EMOJI = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?")
REACTIONS_MOST = 23
PINS_MOST = 100
BOOKMARKS_MOST = 100


def _marked(slack: Slack, args: Arguments, ts: str = "timestamp") -> tuple[Channel, Message]:
    channel = access.visible(slack, args.required("channel"))
    access.joined(slack, channel)
    return channel, access.message_of(slack, channel, args.required(ts))


def _emoji(args: Arguments) -> str:
    name = args.required("name").strip(":")
    if not EMOJI.fullmatch(name):
        raise Refusal("invalid_name")
    return name


def add_reaction(slack: Slack, args: Arguments) -> Json:
    channel, message = _marked(slack, args)
    access.living(channel)
    name, bot = _emoji(args), slack.workspace.bot.id
    if bot in message.reactions.get(name, []):
        raise Refusal("already_reacted")
    if name not in message.reactions and len(message.reactions) >= REACTIONS_MOST:
        raise Refusal("too_many_emoji")
    message.reactions.setdefault(name, []).append(bot)
    slack.workspace.touched(channel, message)
    return {}


def remove_reaction(slack: Slack, args: Arguments) -> Json:
    channel, message = _marked(slack, args)
    name, bot = _emoji(args), slack.workspace.bot.id
    users = message.reactions.get(name, [])
    if bot not in users:
        raise Refusal("no_reaction")
    users.remove(bot)
    if not users:
        del message.reactions[name]
    slack.workspace.touched(channel, message)
    return {}


def get_reactions(slack: Slack, args: Arguments) -> Json:
    channel, message = _marked(slack, args)
    shown = message_json(message, slack.workspace)
    return {"type": "message", "channel": channel.id, "message": shown}


# Pins


def add_pin(slack: Slack, args: Arguments) -> Json:
    channel, message = _marked(slack, args)
    access.living(channel)
    if message.ts in channel.pins:
        raise Refusal("already_pinned")
    if len(channel.pins) >= PINS_MOST:
        raise Refusal("too_many_pins")
    channel.pins.append(message.ts)
    slack.workspace.touched(channel, message)
    return {}


def remove_pin(slack: Slack, args: Arguments) -> Json:
    channel, message = _marked(slack, args)
    if message.ts not in channel.pins:
        raise Refusal("no_pin")
    channel.pins.remove(message.ts)
    slack.workspace.touched(channel, message)
    return {}


def list_pins(slack: Slack, args: Arguments) -> Json:
    channel = access.visible(slack, args.required("channel"))
    access.joined(slack, channel)
    found = [slack.workspace.find_message(channel, ts) for ts in channel.pins]
    items = [
        {"type": "message", "channel": channel.id, "message": message_json(message, slack.workspace)}
        for message in found
        if message
    ]
    return {"items": items}


# Bookmarks


def _bookmarked(slack: Slack, args: Arguments) -> Channel:
    channel = access.visible(slack, args.required("channel_id"))
    access.joined(slack, channel)
    access.living(channel)
    return channel


def _link(args: Arguments) -> str:
    link = args.text("link")
    if not link.startswith(("http://", "https://", "slack://")):
        raise Refusal("invalid_link")
    return link


def add_bookmark(slack: Slack, args: Arguments) -> Json:
    channel = _bookmarked(slack, args)
    if args.required("type") != "link":
        raise Refusal("invalid_bookmark_type")
    if len(channel.bookmarks) >= BOOKMARKS_MOST:
        raise Refusal("too_many_bookmarks")
    bookmark: Json = {
        "id": slack.workspace.new_id("Bk"),
        "channel_id": channel.id,
        "title": args.required("title"),
        "link": _link(args),
        "emoji": args.text("emoji"),
        "icon_url": "",
        "type": "link",
        "date_created": slack.workspace.unix(),
        "date_updated": 0,
        "last_updated_by_user_id": slack.workspace.bot.id,
    }
    channel.bookmarks.append(bookmark)
    slack.hub.changed(channel.members, f"channel:{channel.id}")
    return {"bookmark": bookmark}


def _found(slack: Slack, args: Arguments) -> tuple[Channel, Json]:
    channel = _bookmarked(slack, args)
    wanted = args.required("bookmark_id")
    for bookmark in channel.bookmarks:
        if bookmark["id"] == wanted:
            return channel, bookmark
    raise Refusal("not_found")


def edit_bookmark(slack: Slack, args: Arguments) -> Json:
    channel, bookmark = _found(slack, args)
    for name in ("title", "emoji"):
        if args.given(name):
            bookmark[name] = args.text(name)
    if args.given("link"):
        bookmark["link"] = _link(args)
    bookmark["date_updated"] = slack.workspace.unix()
    slack.hub.changed(channel.members, f"channel:{channel.id}")
    return {"bookmark": bookmark}


def remove_bookmark(slack: Slack, args: Arguments) -> Json:
    channel, bookmark = _found(slack, args)
    channel.bookmarks.remove(bookmark)
    slack.hub.changed(channel.members, f"channel:{channel.id}")
    return {}


def list_bookmarks(slack: Slack, args: Arguments) -> Json:
    channel = access.visible(slack, args.required("channel_id"))
    access.joined(slack, channel)
    return {"bookmarks": channel.bookmarks}
