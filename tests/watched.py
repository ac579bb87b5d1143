"""A Slack that remembers what it was asked, and refuses a payload that Slack would refuse.

It stands where slack_sdk's client stands, so the gateway above it is the real one, with its rule that nobody speaks
from inside a work block. Whole workspaces, with clocks and people who click, are the sandbox's; this is for handlers.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.sandbox.blockkit import message_faults, view_faults


@dataclass(frozen=True)
class Call:
    method: str
    arguments: Mapping[str, Any]

    @property
    def text(self) -> str:
        return str(self.arguments.get("text", ""))


class WatchedSlack:
    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.people: dict[str, Mapping[str, Any]] = {}
        """What `users.info` answers, by id; others get a person with a name made of their id."""
        self.channels: dict[str, str] = {}
        """Private channels made so far: id → name."""
        self.members: dict[str, list[str]] = defaultdict(list)
        self.uploads: dict[str, bytes] = {}
        """What was put where a file was to go, by address."""
        self._refusals: dict[str, list[tuple[str, Mapping[str, Any]]]] = defaultdict(list)
        self._made = 0

    def refuse(self, method: str, error: str, **answer: Any) -> None:
        """Answer the next call of this method with an error; several are answered in order."""
        self._refusals[method].append((error, answer))

    def called(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    def said(self, channel: str | None = None) -> list[Call]:
        """The messages posted, in all channels or in one."""
        posted = self.called("chat.postMessage")
        return [call for call in posted if channel in (None, call.arguments["channel"])]

    async def put(self, url: str, content: bytes) -> None:
        self.uploads[url] = content

    async def api_call(self, method: str, **body: Mapping[str, Any]) -> AsyncSlackResponse:
        [json] = body.values()
        self.calls.append(Call(method, json))
        check(method, json)
        if self._refusals[method]:
            error, more = self._refusals[method].pop(0)
            refused = _response(method, {"ok": False, "error": error, **more})
            raise SlackApiError(f"{method}: {error}", refused)
        return _response(method, {"ok": True, **self._answer(method, json)})

    def _answer(self, method: str, given: Mapping[str, Any]) -> Mapping[str, Any]:
        number = self._next()
        match method:
            case "chat.postMessage" | "chat.update":
                return {"channel": given["channel"], "ts": given.get("ts") or f"1772438400.{number:06d}"}
            case "conversations.open":
                people = given["users"].split(",")
                return {"channel": {"id": f"D{people[0][1:]}" if len(people) == 1 else f"G{number:06d}"}}
            case "conversations.create":
                self.channels[f"C{number:06d}"] = given["name"]
                return {"channel": {"id": f"C{number:06d}", "name": given["name"]}}
            case "conversations.invite":
                self.members[given["channel"]] += given["users"].split(",")
            case "conversations.members":
                return {"members": list(self.members[given["channel"]])}
            case "users.conversations":
                return {"channels": [{"id": number, "name": name} for number, name in self.channels.items()]}
            case "users.info":
                return {"user": self.people.get(given["user"]) or a_person(given["user"])}
            case "files.getUploadURLExternal":
                return {"upload_url": f"https://files.example/{number}", "file_id": f"F{number:06d}"}
            case "views.open" | "views.push" | "views.update" | "views.publish":
                return {"view": {"id": given.get("view_id") or f"V{number:06d}"}}
        return _of_marks(method, given, number)

    def _next(self) -> int:
        self._made += 1
        return self._made


def _of_marks(method: str, given: Mapping[str, Any], number: int) -> Mapping[str, Any]:
    """What leads to a message, or stands for it in its channel."""
    match method:
        case "chat.getPermalink":
            return {"permalink": f"https://slack.example/archives/{given['channel']}/p{given['message_ts']}"}
        case "conversations.canvases.create":
            return {"canvas_id": f"F{number}"}
        case "bookmarks.add" | "bookmarks.edit":
            return {"bookmark": {"id": given.get("bookmark_id") or f"Bk{number}"}}
    return {}


def a_person(member: str, **overrides: Any) -> dict[str, Any]:
    """Somebody as `users.info`, `team_join` and `user_change` show them."""
    person = {"id": member, "name": member.lower(), "real_name": member.title(), "tz": "Europe/Berlin"}
    profile = {"display_name": "", "real_name": member.title(), "title": ""}
    return person | {"deleted": False, "is_bot": False, "is_restricted": False, "profile": profile} | overrides


def check(method: str, given: Mapping[str, Any]) -> None:
    """Fail the test where Slack would refuse the blocks; past every `except`, as pytest's failure is none of ours."""
    fault = None
    if "view" in given:
        fault = view_faults(given["view"], "home" if method == "views.publish" else "modal")
    elif "blocks" in given:
        fault = message_faults(given["blocks"])
    if fault:
        pytest.fail(f"Slack would refuse {method} with {fault.error}: {'; '.join(fault.messages)}")


def _response(method: str, data: Mapping[str, Any]) -> AsyncSlackResponse:
    return AsyncSlackResponse(
        client=None, http_verb="POST", api_url=method, req_args={}, data=dict(data), headers={}, status_code=200
    )
