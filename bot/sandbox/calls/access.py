"""Which conversations and people a call may reach, and with which scope."""

from bot.sandbox.arguments import Arguments
from bot.sandbox.blockkit.walk import every_block, slack_files
from bot.sandbox.model import Channel, Json, Kind, Message, User
from bot.sandbox.pretend import Slack
from bot.sandbox.refusal import Refusal
from bot.sandbox.rules import RULES


def need_scope(slack: Slack, wanted: tuple[str, ...]) -> None:
    """At least one of the scopes must be granted."""
    if wanted and not any(scope in slack.scopes for scope in wanted):
        raise Refusal("missing_scope", needed=",".join(wanted), provided=",".join(slack.scopes))


def need_kind(slack: Slack, method: str, kind: Kind) -> None:
    """The method's scope for this kind of conversation."""
    by_kind = RULES[method].by_kind
    if by_kind and kind not in by_kind:
        raise Refusal("method_not_supported_for_channel_type")
    need_scope(slack, by_kind.get(kind, ()))


def visible(slack: Slack, channel_id: str) -> Channel:
    """The conversation, if the bot can know of it: what is private exists only for its members."""
    channel = slack.workspace.channels.get(channel_id)
    if channel is None or channel.deleted:
        raise Refusal("channel_not_found")
    if not channel.is_open and slack.workspace.bot.id not in channel.members:
        raise Refusal("channel_not_found")
    return channel


def channel_of(slack: Slack, args: Arguments, name: str = "channel") -> Channel:
    """The visible conversation of an argument, with the method's scope for its kind."""
    channel = visible(slack, args.required(name))
    need_kind(slack, args.method, channel.kind)
    return channel


def joined(slack: Slack, channel: Channel) -> None:
    if slack.workspace.bot.id not in channel.members:
        raise Refusal("not_in_channel")


def living(channel: Channel) -> None:
    if channel.is_archived:
        raise Refusal("is_archived")


def person(slack: Slack, user_id: str) -> User:
    user = slack.workspace.users.get(user_id)
    if user is None:
        raise Refusal("user_not_found")
    return user


def showable(slack: Slack, blocks: list[Json]) -> list[Json]:
    """The blocks, if all they show may be shown: files that are there, videos with their scope."""
    for block in every_block(blocks):
        if block["type"] == "video":
            need_scope(slack, ("links.embed:write",))
    for file in slack_files(blocks):
        stored = slack.files.get(str(file.get("id")))
        if "id" in file and (stored is None or not stored.uploaded):
            raise Refusal("invalid_blocks", [f"invalid slack file: {file['id']} [json-pointer:/blocks]"])
    return blocks


def message_of(slack: Slack, channel: Channel, ts: str) -> Message:
    message = slack.workspace.find_message(channel, ts)
    if message is None or message.reader:
        raise Refusal("message_not_found")
    return message
