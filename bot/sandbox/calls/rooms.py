"""conversations.*: making conversations, and who is in them."""

import re

from bot.sandbox import rooms
from bot.sandbox.arguments import Arguments
from bot.sandbox.calls import access
from bot.sandbox.model import Channel, Json, Kind
from bot.sandbox.pretend import Slack
from bot.sandbox.refusal import Refusal
from bot.sandbox.wire import channel_json

NAME_MOST = 80
TOPIC_MOST = 250
DIRECT_MOST = 8
INVITE_MOST = 100
ALLOWED = re.compile(r"[\w-]+")


def _checked_name(slack: Slack, name: str) -> str:
    """A free name by Slack's rules: lower case, letters, digits, hyphens and underscores, 80 at most."""
    if not name:
        raise Refusal("invalid_name_required")
    if len(name) > NAME_MOST:
        raise Refusal("invalid_name_maxlength")
    if not any(c.isalnum() for c in name):
        raise Refusal("invalid_name_punctuation")
    if name != name.lower() or not ALLOWED.fullmatch(name):
        raise Refusal("invalid_name_specials")
    if slack.workspace.named_channel(name):
        # Taken also by what is archived, and by private channels that the caller cannot see.
        raise Refusal("name_taken")
    return name


def create(slack: Slack, args: Arguments) -> Json:
    kind: Kind = "private" if args.flag("is_private") else "channel"
    access.need_kind(slack, args.method, kind)
    name = _checked_name(slack, args.text("name"))
    bot = slack.workspace.bot.id
    channel = slack.workspace.add_channel(name, kind, creator=bot, members=[bot])
    slack.workspace.say(channel, bot, f"<@{bot}> has joined the channel", subtype="channel_join")
    if kind == "channel":
        made = {"id": channel.id, "name": name, "created": channel.created, "creator": bot}
        slack.events.send("channel_created", {"channel": made})
    return {"channel": channel_json(channel, slack.workspace)}


def open_direct(slack: Slack, args: Arguments) -> Json:
    if args.given("channel"):
        channel = access.channel_of(slack, args)
        return _opened(slack, args, channel, already=True)
    wanted = list(dict.fromkeys(args.names("users")))
    if not wanted:
        raise Refusal("users_list_not_supplied")
    if len(wanted) > DIRECT_MOST:
        raise Refusal("too_many_users")
    access.need_kind(slack, args.method, "im" if len(wanted) == 1 else "mpim")
    for user_id in wanted:
        _may_be_addressed(slack, user_id)
    members = [slack.workspace.bot.id, *wanted]
    found = slack.workspace.find_direct(members)
    if found is None and args.flag("prevent_creation"):
        raise Refusal("channel_not_found")
    return _opened(slack, args, found or slack.workspace.direct(members), already=found is not None)


def _may_be_addressed(slack: Slack, user_id: str) -> None:
    user = access.person(slack, user_id)
    if user.is_bot or user.id == "USLACKBOT":
        raise Refusal("cannot_dm_bot")
    if user.deleted:
        raise Refusal("user_disabled")
    if user.is_stranger:
        raise Refusal("user_not_visible")


def _opened(slack: Slack, args: Arguments, channel: Channel, *, already: bool) -> Json:
    full = args.flag("return_im")
    shown = channel_json(channel, slack.workspace) if full else {"id": channel.id}
    return {"channel": shown, **({"no_op": True, "already_open": True} if already else {})}


# Members


def invite(slack: Slack, args: Arguments) -> Json:
    channel = access.channel_of(slack, args)
    access.joined(slack, channel)
    access.living(channel)
    wanted = list(dict.fromkeys(args.names("users")))
    if not wanted:
        raise Refusal("no_user")
    if len(wanted) > INVITE_MOST:
        raise Refusal("too_many_users")
    problems = {user_id: _cannot_invite(slack, channel, user_id) for user_id in wanted}
    errors = [{"user": user, "ok": False, "error": error} for user, error in problems.items() if error]
    welcome = [user for user, error in problems.items() if not error]
    if errors and not (args.flag("force") and welcome):
        refusal = Refusal(str(errors[0]["error"]))
        if len(wanted) > 1:
            refusal.extra["errors"] = errors
        raise refusal
    for user_id in welcome:
        rooms.add_member(slack, channel, slack.workspace.users[user_id], inviter=slack.workspace.bot.id)
    return {
        "channel": channel_json(channel, slack.workspace),
        **({"errors": errors} if errors else {}),
    }


def _cannot_invite(slack: Slack, channel: Channel, user_id: str) -> str:
    """Why this person cannot be invited; empty when they can."""
    user = slack.workspace.users.get(user_id)
    if user is None:
        return "user_not_found"
    if user.id == slack.workspace.bot.id:
        return "cant_invite_self"
    if user.deleted:
        return "user_disabled"
    if user.is_ultra_restricted and _rooms_of(slack, user_id):
        return "ura_max_channels"
    if user.is_stranger or user.id == "USLACKBOT":
        return "cant_invite"
    return "already_in_channel" if user_id in channel.members else ""


def _rooms_of(slack: Slack, user_id: str) -> list[Channel]:
    return [c for c in slack.workspace.channels_of(user_id) if c.kind in ("channel", "private")]


def kick(slack: Slack, args: Arguments) -> Json:
    channel = access.channel_of(slack, args)
    access.joined(slack, channel)
    access.living(channel)
    user = access.person(slack, args.required("user"))
    if user.id == slack.workspace.bot.id:
        raise Refusal("cant_kick_self")
    if channel.is_general:
        raise Refusal("cant_kick_from_general")
    if user.id not in channel.members:
        raise Refusal("not_in_channel")
    rooms.remove_member(slack, channel, user)
    return {"errors": {}}


def join(slack: Slack, args: Arguments) -> Json:
    channel = access.channel_of(slack, args)
    access.living(channel)
    already = slack.workspace.bot.id in channel.members
    if not already:
        rooms.add_member(slack, channel, slack.workspace.bot)
    shown: Json = {"channel": channel_json(channel, slack.workspace)}
    return shown | ({"warning": "already_in_channel"} if already else {})


def leave(slack: Slack, args: Arguments) -> Json:
    channel = access.channel_of(slack, args)
    access.living(channel)
    if channel.is_general:
        raise Refusal("cant_leave_general")
    if slack.workspace.bot.id not in channel.members:
        return {"not_in_channel": True}
    if channel.kind == "private" and len(channel.members) == 1:
        raise Refusal("last_member")
    rooms.remove_member(slack, channel, slack.workspace.bot)
    return {}


# What it is called, and whether it lives


def archive(slack: Slack, args: Arguments) -> Json:
    channel = access.channel_of(slack, args)
    if channel.is_archived:
        raise Refusal("already_archived")
    if channel.is_general:
        raise Refusal("cant_archive_general")
    access.joined(slack, channel)
    rooms.archive(slack, channel, slack.workspace.bot.id)
    return {}


def rename(slack: Slack, args: Arguments) -> Json:
    channel = access.channel_of(slack, args)
    access.joined(slack, channel)
    access.living(channel)
    if channel.creator != slack.workspace.bot.id:
        raise Refusal("not_authorized")
    name = args.text("name")
    if name != channel.name:
        rooms.rename(slack, channel, _checked_name(slack, name), by=slack.workspace.bot.id)
    return {"channel": channel_json(channel, slack.workspace)}


def _for_words(slack: Slack, args: Arguments, text: str) -> Channel:
    channel = access.channel_of(slack, args)
    access.joined(slack, channel)
    access.living(channel)
    if len(text) > TOPIC_MOST:
        raise Refusal("too_long")
    return channel


def set_topic(slack: Slack, args: Arguments) -> Json:
    topic = args.text("topic")
    channel = _for_words(slack, args, topic)
    if topic != channel.topic:
        rooms.set_topic(slack, channel, topic, by=slack.workspace.bot.id)
    return {"channel": channel_json(channel, slack.workspace)}


def set_purpose(slack: Slack, args: Arguments) -> Json:
    purpose = args.text("purpose")
    channel = _for_words(slack, args, purpose)
    if purpose != channel.purpose:
        rooms.set_purpose(slack, channel, purpose, by=slack.workspace.bot.id)
    return {"purpose": purpose, "channel": channel_json(channel, slack.workspace)}
