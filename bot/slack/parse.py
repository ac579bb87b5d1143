"""From Slack's payloads to our requests, and from words to a subcommand."""

import difflib
import re
from collections.abc import Mapping
from typing import Any

from bot.domain.ids import ChannelId, MemberId, TeamId, Timestamp
from bot.slack import blocks
from bot.slack.payload import Payload
from bot.slack.replies import Options
from bot.slack.requests import Answers, Click, Command, Event, Shortcut, Submission, Suggest, View
from bot.slack.routes import CommandRoute, base_action
from bot.slack.text import as_typed, escape

LONGEST_COMMAND = 3


def who(body: Mapping[str, Any]) -> dict[str, Any]:
    user = body.get("user") or {}
    team = (body.get("team") or {}).get("id") or body.get("team_id") or user.get("team_id") or ""
    return {"team": TeamId(team), "member": MemberId(body.get("user_id") or user["id"])}


def find_command(commands: Mapping[str, CommandRoute], text: str) -> tuple[CommandRoute | None, str]:
    """The subcommand with the most words that `text` starts with, and what stands behind it."""
    text = as_typed(text)
    words = text.split()
    for count in range(min(LONGEST_COMMAND, len(words)), -1, -1):
        name = " ".join(words[:count]).lower()
        if name in commands and (count or not words):
            return commands[name], " ".join(words[count:])
    return None, text.strip()


def suggestion(commands: Mapping[str, CommandRoute], words: str) -> str:
    """What to say to words that are no subcommand: the nearest one, or where help is."""
    typed = words.lower()
    names = [name for name in commands if name]
    count = max(len(name.split()) for name in names)
    starts = [" ".join(typed.split()[:length]) for length in range(count, 0, -1)]
    near = next((found for start in starts if (found := difflib.get_close_matches(start, names, 1, 0.6))), None)
    shown = escape(words if len(words) <= 40 else words[:40] + "…").replace("`", "'")
    if near:
        return f"I don't know `{shown}`. Did you mean `/mentor {near[0]}`?"
    return f"I don't know `{shown}`. `/mentor help` lists what I can do."


def command(body: Mapping[str, Any], words: str) -> Command:
    channel = body.get("channel_id")
    return Command(**who(body), words=words, channel=ChannelId(channel) if channel else None)


def click(body: Mapping[str, Any]) -> Click:
    action = body["actions"][0]
    container = body.get("container") or {}
    channel = (body.get("channel") or {}).get("id") or container.get("channel_id")
    in_private = bool(container.get("is_ephemeral"))
    message = None if in_private else container.get("message_ts")
    source = body.get("view")
    chosen = _chosen(action)
    return Click(
        **who(body),
        action=action["action_id"],
        payload=Payload.read(action.get("value") or chosen),
        chosen=chosen,
        channel=ChannelId(channel) if channel else None,
        message=Timestamp(message) if message else None,
        in_private=in_private,
        view=view(source) if source else None,
        answers=answers(source or body),
    )


def submission(body: Mapping[str, Any]) -> Submission:
    return Submission(**who(body), view=view(body["view"]), answers=answers(body["view"]))


def shortcut(body: Mapping[str, Any]) -> Shortcut:
    return Shortcut(**who(body), callback=body["callback_id"])


def suggest(body: Mapping[str, Any]) -> Suggest:
    source = body.get("view")
    typed = str(body.get("value") or "")
    return Suggest(**who(body), action=body["action_id"], typed=typed, view=view(source) if source else None)


def view(source: Mapping[str, Any]) -> View:
    notes = Payload.read(source.get("private_metadata"))
    return View(
        source["id"], source.get("hash", ""), source.get("callback_id", ""), notes, source.get("type", "modal")
    )


def answers(source: Mapping[str, Any]) -> Answers:
    return Answers((source.get("state") or {}).get("values") or {})


def event(body: Mapping[str, Any]) -> Event:
    """`member` is whom the event is about; events carry a user as an id or as an object."""
    facts = body["event"]
    user = facts.get("user")
    member = user.get("id") if isinstance(user, dict) else user
    return Event(TeamId(body["team_id"]), MemberId(member or ""), facts["type"], facts)


def action_pattern(action: str) -> re.Pattern[str]:
    return re.compile(f"^{re.escape(base_action(action))}(:.*)?$")


def options(found: Options) -> list[dict[str, Any]]:
    return [blocks.option(words, value) for words, value in found.options[:100]]


def _chosen(action: Mapping[str, Any]) -> str:
    option = action.get("selected_option") or {}
    kinds = ("selected_user", "selected_channel", "selected_conversation", "selected_date", "selected_time")
    return str(option.get("value") or next((action[kind] for kind in kinds if action.get(kind)), ""))
