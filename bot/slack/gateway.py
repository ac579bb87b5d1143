"""The way out: every call to Slack goes through here, and none from inside a work block.

Two clients. Writes never retry on a lost connection, because Slack may have carried them out; a lost answer is an
`UNCERTAIN` failure. Failures come out as `SlackFailure`, sorted once in `failures`.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.ids import ChannelId, MemberId, TeamId, Timestamp
from bot.slack.blocks import Message, View
from bot.slack.failures import Meaning, SlackFailure, lost_answer, sorted_failure
from bot.slack.uploads import put_bytes

PAGE = 200
Put = Callable[[str, bytes], Awaitable[None]]
FORM_ONLY = frozenset(
    [
        "users.info",
        "users.conversations",
        "conversations.members",
        "conversations.history",
        "conversations.replies",
        "files.getUploadURLExternal",
        "chat.getPermalink",
    ]
)
"""Slack reads no JSON for these: it answers as if nothing had been asked (`user_not_found`, `invalid_arguments`)."""


@dataclass(frozen=True)
class Posted:
    channel: ChannelId
    ts: Timestamp


@dataclass(frozen=True)
class File:
    name: str
    content: bytes
    title: str


class Gateway:
    """`client_of` gives the write client of a workspace; `inside_work` says whether a work block is open."""

    def __init__(
        self, client_of: Callable[[TeamId], AsyncWebClient], inside_work: Callable[[], bool], put: Put = put_bytes
    ) -> None:
        self._client_of = client_of
        self._inside_work = inside_work
        self._put = put

    async def call(self, team: TeamId, method: str, arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        """Any method of the Web API; Slack's answer, or `SlackFailure`."""
        if self._inside_work():
            raise RuntimeError(f"{method} from inside a work block: decide and write first, then speak")
        given = {name: value for name, value in arguments.items() if value is not None}
        body = {"data": _as_form(given)} if method in FORM_ONLY else {"json": given}
        try:
            response = await self._client_of(team).api_call(method, **body)
        except SlackApiError as error:
            raise sorted_failure(error) from error
        except (TimeoutError, ClientError, SlackClientError, OSError) as error:
            raise lost_answer(error) from error
        data = response.data
        return data if isinstance(data, dict) else {}

    async def post(
        self,
        team: TeamId,
        channel: ChannelId,
        message: Message,
        *,
        thread: Timestamp | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> Posted:
        arguments = {"channel": channel, "thread_ts": thread, "metadata": metadata} | _shown(message)
        answer = await self.call(team, "chat.postMessage", arguments)
        return Posted(ChannelId(answer["channel"]), Timestamp(answer["ts"]))

    async def edit(
        self,
        team: TeamId,
        channel: ChannelId,
        ts: Timestamp,
        message: Message,
        *,
        metadata: Mapping[str, Any] | None = None,
    ) -> None:
        shown = {"text": message.text, "blocks": list(message.blocks), "metadata": metadata}
        await self.call(team, "chat.update", {"channel": channel, "ts": ts} | shown)

    async def send_file(self, team: TeamId, channel: ChannelId, file: File, *, words: str) -> None:
        """Post a file, with words above it that say what it is."""
        asked = {"filename": file.name, "length": len(file.content)}
        place = await self.call(team, "files.getUploadURLExternal", asked)
        await self._put(str(place["upload_url"]), file.content)
        files = [{"id": place["file_id"], "title": file.title}]
        shared = {"files": files, "channel_id": channel, "initial_comment": words}
        await self.call(team, "files.completeUploadExternal", shared)

    async def open_dm(self, team: TeamId, members: Sequence[MemberId]) -> ChannelId:
        """The conversation with one member, or the group of several (at most eight); the same one each time."""
        answer = await self.call(team, "conversations.open", {"users": ",".join(members)})
        return ChannelId(answer["channel"]["id"])

    async def create_channel(self, team: TeamId, name: str) -> ChannelId:
        """A private channel. `SlackFailure` with meaning TAKEN where the name is in use, by whomever."""
        answer = await self.call(team, "conversations.create", {"name": name, "is_private": True})
        return ChannelId(answer["channel"]["id"])

    async def own_channel(self, team: TeamId, name: str) -> ChannelId | None:
        """A channel of this name that the bot is in: to find again what was made before an answer got lost."""
        cursor = ""
        while True:
            page = {"types": "private_channel", "exclude_archived": True, "limit": PAGE, "cursor": cursor or None}
            answer = await self.call(team, "users.conversations", page)
            for channel in answer["channels"]:
                if channel["name"] == name:
                    return ChannelId(channel["id"])
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return None

    async def invite(self, team: TeamId, channel: ChannelId, members: Sequence[MemberId]) -> None:
        """Bring members in; those who are there already do no harm."""
        if members:
            await self._idempotent(team, "conversations.invite", {"channel": channel, "users": ",".join(members)})

    async def remove(self, team: TeamId, channel: ChannelId, member: MemberId) -> None:
        await self._idempotent(team, "conversations.kick", {"channel": channel, "user": member})

    async def describe(self, team: TeamId, channel: ChannelId, *, topic: str, purpose: str) -> None:
        await self.call(team, "conversations.setTopic", {"channel": channel, "topic": topic})
        await self.call(team, "conversations.setPurpose", {"channel": channel, "purpose": purpose})

    async def permalink(self, team: TeamId, channel: ChannelId, ts: Timestamp) -> str:
        answer = await self.call(team, "chat.getPermalink", {"channel": channel, "message_ts": ts})
        return str(answer["permalink"])

    async def add_bookmark(self, team: TeamId, channel: ChannelId, *, title: str, link: str, emoji: str) -> str:
        """A link below the channel's name; its id."""
        shown = {"channel_id": channel, "title": title, "type": "link", "link": link, "emoji": emoji}
        answer = await self.call(team, "bookmarks.add", shown)
        return str(answer["bookmark"]["id"])

    async def turn_bookmark(self, team: TeamId, channel: ChannelId, bookmark: str, *, link: str) -> str:
        """It leads elsewhere from now on; its id."""
        changed = {"channel_id": channel, "bookmark_id": bookmark, "link": link}
        answer = await self.call(team, "bookmarks.edit", changed)
        return str(answer["bookmark"]["id"])

    async def make_canvas(self, team: TeamId, channel: ChannelId, markdown: str) -> str:
        """The channel's own document; its id. `SlackFailure` with meaning FORBIDDEN where there can be none, or is one."""
        content = {"type": "markdown", "markdown": markdown}
        made = {"channel_id": channel, "document_content": content}
        return str((await self.call(team, "conversations.canvases.create", made))["canvas_id"])

    async def turn_canvas(self, team: TeamId, canvas: str, markdown: str) -> str:
        """All that stands in it becomes this; its id."""
        content = {"type": "markdown", "markdown": markdown}
        change = {"operation": "replace", "document_content": content}
        await self.call(team, "canvases.edit", {"canvas_id": canvas, "changes": [change]})
        return canvas

    async def archive(self, team: TeamId, channel: ChannelId) -> None:
        await self._idempotent(team, "conversations.archive", {"channel": channel})

    async def people_in(self, team: TeamId, channel: ChannelId) -> list[MemberId]:
        answer = await self.call(team, "conversations.members", {"channel": channel, "limit": 1000})
        return [MemberId(member) for member in answer["members"]]

    async def open_view(self, team: TeamId, trigger: str, view: View) -> str:
        """Its id. On top of an open modal, where the trigger came from one, use `push_view`."""
        answer = await self.call(team, "views.open", {"trigger_id": trigger, "view": view})
        return str(answer["view"]["id"])

    async def push_view(self, team: TeamId, trigger: str, view: View) -> str:
        answer = await self.call(team, "views.push", {"trigger_id": trigger, "view": view})
        return str(answer["view"]["id"])

    async def turn_view(self, team: TeamId, view_id: str, view: View) -> None:
        await self.call(team, "views.update", {"view_id": view_id, "view": view})

    async def show_home(self, team: TeamId, member: MemberId, view: View) -> None:
        await self.call(team, "views.publish", {"user_id": member, "view": view})

    async def person(self, team: TeamId, member: MemberId) -> Mapping[str, Any]:
        answer = await self.call(team, "users.info", {"user": member})
        found: Mapping[str, Any] = answer["user"]
        return found

    async def _idempotent(self, team: TeamId, method: str, arguments: Mapping[str, Any]) -> None:
        try:
            await self.call(team, method, arguments)
        except SlackFailure as failure:
            if failure.meaning is not Meaning.DONE:
                raise


def _as_form(given: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in given.items()}


def _shown(message: Message) -> dict[str, Any]:
    shown: dict[str, Any] = {"text": message.text, "unfurl_links": False, "unfurl_media": False}
    return shown | ({"blocks": list(message.blocks)} if message.blocks else {})


def date_of(headers: Mapping[str, str]) -> datetime | None:
    """What time it was at Slack's, to the second; None where an answer does not say."""
    said = {name.lower(): value for name, value in headers.items()}.get("date")
    try:
        return parsedate_to_datetime(said).astimezone(UTC) if said else None
    except ValueError:
        return None
