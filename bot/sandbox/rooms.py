"""What changes a conversation, by whomever: joining, leaving, archiving, renaming. The bot hears of it by events."""

from bot.sandbox.model import Channel, Json, User
from bot.sandbox.pretend import Slack
from bot.sandbox.wire import user_json


def _bot_is_in(slack: Slack, channel: Channel) -> bool:
    return slack.workspace.bot.id in channel.members


def _told(slack: Slack, channel: Channel) -> bool:
    """The bot hears of public channels, and of private ones it is in."""
    return channel.is_open or _bot_is_in(slack, channel)


def _event(slack: Slack, channel: Channel, what: str, *, event: Json) -> None:
    family = "channel" if channel.is_open else "group"
    if _told(slack, channel):
        slack.events.send(f"{family}_{what}", event)


def _changed(slack: Slack, channel: Channel) -> None:
    readers = None if channel.is_open else channel.members
    slack.hub.changed(readers, "sidebar", f"channel:{channel.id}")


def add_member(slack: Slack, channel: Channel, user: User, *, inviter: str = "") -> None:
    channel.members.append(user.id)
    told = inviter and inviter != user.id
    text = f"<@{user.id}> was added by <@{inviter}>." if told else f"<@{user.id}> has joined the channel"
    if channel.kind in ("channel", "private"):
        slack.workspace.say(channel, user.id, text, subtype="channel_join")
    event: Json = {
        "user": user.id,
        "channel": channel.id,
        "channel_type": "C" if channel.is_open else "G",
        "team": slack.workspace.team_id,
    }
    if told:
        event["inviter"] = inviter
    if channel.messages:
        # What was written before is not news to somebody who comes later.
        channel.read[user.id] = channel.messages[-1].ts
    if _bot_is_in(slack, channel):
        slack.events.send("member_joined_channel", event)
    _changed(slack, channel)


def remove_member(slack: Slack, channel: Channel, user: User) -> None:
    was_in = _bot_is_in(slack, channel)
    if channel.kind in ("channel", "private"):
        slack.workspace.say(channel, user.id, f"<@{user.id}> has left the channel", subtype="channel_leave")
    channel.members.remove(user.id)
    event: Json = {
        "user": user.id,
        "channel": channel.id,
        "channel_type": "C" if channel.is_open else "G",
        "team": slack.workspace.team_id,
    }
    if was_in:
        slack.events.send("member_left_channel", event)
    slack.hub.changed([user.id], "sidebar")
    _changed(slack, channel)


def archive(slack: Slack, channel: Channel, by: str) -> None:
    channel.is_archived = True
    slack.workspace.say(channel, by, f"<@{by}> archived the channel", subtype="channel_archive")
    _event(slack, channel, "archive", event={"channel": channel.id, "user": by, "is_moved": 0})
    _changed(slack, channel)


def unarchive(slack: Slack, channel: Channel, by: str) -> None:
    channel.is_archived = False
    slack.workspace.say(channel, by, f"<@{by}> un-archived the channel", subtype="channel_unarchive")
    _event(slack, channel, "unarchive", event={"channel": channel.id, "user": by})
    _changed(slack, channel)


def rename(slack: Slack, channel: Channel, name: str, *, by: str) -> None:
    old, channel.name = channel.name, name
    channel.previous_names.insert(0, old)
    text = f'<@{by}> has renamed the channel from "{old}" to "{name}"'
    slack.workspace.say(channel, by, text, subtype="channel_name")
    renamed: Json = {"id": channel.id, "name": name, "name_normalized": name, "created": channel.created}
    _event(slack, channel, "rename", event={"channel": renamed | {"is_channel": channel.is_open}})
    _changed(slack, channel)


def delete(slack: Slack, channel: Channel, by: str) -> None:
    channel.deleted = True
    _event(slack, channel, "deleted", event={"channel": channel.id, "actor_id": by})
    _changed(slack, channel)


def set_topic(slack: Slack, channel: Channel, topic: str, *, by: str) -> None:
    channel.topic = topic
    slack.workspace.say(channel, by, f"<@{by}> set the channel topic: {topic}", subtype="channel_topic")
    _changed(slack, channel)


def set_purpose(slack: Slack, channel: Channel, purpose: str, *, by: str) -> None:
    channel.purpose = purpose
    text = f"<@{by}> set the channel description: {purpose}"
    slack.workspace.say(channel, by, text, subtype="channel_purpose")
    _changed(slack, channel)


# People


def join_workspace(slack: Slack, user: User) -> None:
    slack.workspace.direct([user.id, slack.workspace.bot.id])
    slack.events.send("team_join", {"user": user_json(user, slack.workspace)})
    slack.hub.changed(None, "people", "sidebar")


def change_user(slack: Slack, user: User) -> None:
    """Tells of a change of the profile; who is deactivated leaves every channel, as in Slack."""
    user.updated = slack.workspace.unix()
    if user.deleted:
        for channel in slack.workspace.channels_of(user.id):
            if channel.kind in ("channel", "private"):
                channel.members.remove(user.id)
                _changed(slack, channel)
    cache_ts = slack.workspace.unix()
    slack.events.send("user_change", {"user": user_json(user, slack.workspace), "cache_ts": cache_ts})
    slack.hub.changed(None, "people", "sidebar")
