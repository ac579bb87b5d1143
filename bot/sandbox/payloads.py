"""The payloads of what people do: commands, clicks, submissions, closed views, suggestions, shortcuts."""

from dataclasses import dataclass

from bot.sandbox.model import Channel, Json, Message, User, View
from bot.sandbox.pretend import Slack
from bot.sandbox.wire import message_json, view_json

VERIFICATION = "sandbox-verification-token"


@dataclass(frozen=True)
class Source:
    """Who acts, and where: in a message of a channel, in a view, or nowhere in particular."""

    user: User
    message: Message | None = None
    channel: Channel | None = None
    view: View | None = None

    @property
    def blocks(self) -> list[Json]:
        if self.view:
            blocks: list[Json] = self.view.content["blocks"]
            return blocks
        return self.message.blocks if self.message else []


def channel_name(channel: Channel) -> str:
    names = {"im": "directmessage", "private": "privategroup", "mpim": "privategroup"}
    return names.get(channel.kind, channel.name)


def _who(slack: Slack, user: User) -> Json:
    workspace = slack.workspace
    return {
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": workspace.team_id},
        "team": {"id": workspace.team_id, "domain": workspace.domain},
        "api_app_id": workspace.app_id,
        "token": VERIFICATION,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def response_url(slack: Slack, user: User, *, channel: Channel, message: Message | None = None) -> str:
    ts = message.ts if message else ""
    url_id = slack.triggers.issue_url(user.id, channel.id, now=slack.clock.now(), message_ts=ts)
    return f"{slack.url}/respond/{url_id}"


def command(slack: Slack, user: User, channel: Channel, *, words: tuple[str, str]) -> Json:
    workspace = slack.workspace
    name, text = words
    return {
        "token": VERIFICATION,
        "team_id": workspace.team_id,
        "team_domain": workspace.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "command": name,
        "text": text,
        "api_app_id": workspace.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url(slack, user, channel=channel),
        "trigger_id": slack.triggers.issue(user.id, channel=channel.id),
    }


def _where(slack: Slack, source: Source) -> Json:
    """container, message or view, and what goes with each."""
    if source.view:
        return {
            "container": {"type": "view", "view_id": source.view.id},
            "view": view_json(source.view, slack.workspace),
        }
    message, channel = source.message, source.channel
    if message is None or channel is None:
        return {}
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": bool(message.reader),
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    where: Json = {"container": container, "channel": {"id": channel.id, "name": channel_name(channel)}}
    if not message.reader:
        where["message"] = message_json(message, slack.workspace)
    return where


def _trigger(slack: Slack, source: Source) -> str:
    channel = source.channel.id if source.channel else ""
    view = source.view.id if source.view and source.view.type == "modal" else ""
    return slack.triggers.issue(source.user.id, channel=channel, view=view)


def block_actions(slack: Slack, source: Source, *, action: Json, state: dict[str, Json]) -> Json:
    payload = {
        "type": "block_actions",
        **_who(slack, source.user),
        **_where(slack, source),
        "trigger_id": _trigger(slack, source),
        "state": {"values": state},
        "actions": [action],
    }
    if source.message and source.channel:
        payload["response_url"] = response_url(slack, source.user, channel=source.channel, message=source.message)
    else:
        del payload["state"]
    return payload


def block_suggestion(slack: Slack, source: Source, *, element: Json, query: str) -> Json:
    return {
        "type": "block_suggestion",
        **_who(slack, source.user),
        **_where(slack, source),
        "action_id": element["action_id"],
        "block_id": element["block_id"],
        "value": query,
    }


def view_submission(slack: Slack, user: User, view: View) -> Json:
    return {
        "type": "view_submission",
        **_who(slack, user),
        "trigger_id": slack.triggers.issue(user.id, channel=view.channel, view=view.id),
        "view": view_json(view, slack.workspace),
        "response_urls": _response_urls(slack, user, view),
    }


def _response_urls(slack: Slack, user: User, view: View) -> list[Json]:
    values = view_json(view, slack.workspace)["state"]["values"]
    urls: list[Json] = []
    for block in view.content["blocks"]:
        element = block.get("element") or {}
        if not element.get("response_url_enabled"):
            continue
        held = values[block["block_id"]][element["action_id"]]
        chosen = held.get("selected_conversation") or held.get("selected_channel")
        channel = slack.workspace.channels.get(chosen or "")
        if channel:
            urls.append(
                {
                    "block_id": block["block_id"],
                    "action_id": element["action_id"],
                    "channel_id": channel.id,
                    "response_url": response_url(slack, user, channel=channel),
                }
            )
    return urls


def view_closed(slack: Slack, user: User, view: View, *, is_cleared: bool) -> Json:
    return {
        "type": "view_closed",
        **_who(slack, user),
        "view": view_json(view, slack.workspace),
        "is_cleared": is_cleared,
    }


def shortcut(slack: Slack, source: Source, *, callback_id: str) -> Json:
    payload: Json = {
        "type": "shortcut",
        **_who(slack, source.user),
        "callback_id": callback_id,
        "trigger_id": _trigger(slack, source),
        "action_ts": slack.workspace.new_ts(),
    }
    if source.message is None or source.channel is None:
        return payload
    return payload | {
        "type": "message_action",
        "message_ts": source.message.ts,
        "channel": {"id": source.channel.id, "name": channel_name(source.channel)},
        "message": message_json(source.message, slack.workspace),
        "response_url": response_url(slack, source.user, channel=source.channel, message=source.message),
    }
