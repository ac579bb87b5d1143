"""Carries out what a handler answered: where a reply goes depends on where the request came from.

A command or a click in a message has a response address; a click at Home or in a modal has none, so its reply is shown
as a page there.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from aiohttp import ClientError, ClientSession
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.domain.ids import MemberId, TeamId
from bot.slack import digest, parse
from bot.slack.blocks import Message, View
from bot.slack.failures import NoAddress, SlackFailure, lost_reply, refused_reply
from bot.slack.gateway import Gateway
from bot.slack.replies import Answer, Answers, Close, Edit, Modal, Post, Refusal, Replace, Reply, ShowHome, Turn
from bot.slack.sentences import as_modal, refusal

log = structlog.get_logger("carry")

DrawHome = Callable[[TeamId, MemberId], Awaitable[View]]


@dataclass(frozen=True)
class Desk:
    """Where a request came from, as far as answering it goes."""

    team: TeamId
    member: MemberId
    trigger: str = ""
    response_url: str = ""
    view_id: str = ""
    in_modal: bool = False
    part: str = ""
    """The part that was clicked in, where the message has several; see `digest`."""
    shown: Sequence[Mapping[str, Any]] = ()
    """That message's blocks."""
    words: str = ""

    @classmethod
    def of_command(cls, body: Mapping[str, Any]) -> "Desk":
        return cls(**parse.who(body), trigger=body.get("trigger_id", ""), response_url=body.get("response_url", ""))

    @classmethod
    def of_click(cls, body: Mapping[str, Any]) -> "Desk":
        view, message = body.get("view") or {}, body.get("message") or {}
        clicked: Mapping[str, Any] = next(iter(body.get("actions") or ()), {})
        return cls(
            **parse.who(body),
            trigger=body.get("trigger_id", ""),
            response_url=body.get("response_url", ""),
            view_id=view.get("id", ""),
            in_modal=view.get("type") == "modal",
            part=digest.part_of(str(clicked.get("block_id", ""))),
            shown=message.get("blocks") or (),
            words=str(message.get("text", "")),
        )

    @classmethod
    def of_shortcut(cls, body: Mapping[str, Any]) -> "Desk":
        return cls(**parse.who(body), trigger=body.get("trigger_id", ""), response_url=body.get("response_url", ""))

    @classmethod
    def of_submission(cls, body: Mapping[str, Any]) -> "Desk":
        return cls(**parse.who(body), trigger=body.get("trigger_id", ""))


def in_its_place(desk: Desk, message: Message) -> Message:
    """What the clicked message becomes: where it has several parts, the others stay as they are."""
    changed = digest.with_part_changed(desk.shown, desk.part, message) if desk.part else None
    return Message(desk.words or message.text, changed) if changed else message


class Carrier:
    """`session` carries the replies to response addresses; whoever opened it closes it."""

    def __init__(self, gateway: Gateway, draw_home: DrawHome, session: ClientSession) -> None:
        self._gateway = gateway
        self._draw_home = draw_home
        self._session = session

    async def carry_out(self, desk: Desk, answers: Answers) -> None:
        for answer in answers if isinstance(answers, tuple) else (answers,):
            if answer is None:
                continue
            try:
                await self._carry(desk, answer)
            except SlackFailure as failure:
                await self._tell(desk, failure)

    async def _carry(self, desk: Desk, answer: Answer) -> None:
        match answer:
            case Reply(message):
                await self._reply(desk, message)
            case Refusal(sentence):
                await self._reply(desk, refusal(sentence))
            case Replace(message):
                await self._respond(desk, in_its_place(desk, message), replace=True)
            case Modal(view):
                await self._open(desk, view)
            case Turn(view):
                await self._gateway.turn_view(desk.team, desk.view_id, view)
            case Post(channel, message, thread):
                await self._gateway.post(desk.team, channel, message, thread=thread)
            case Edit(channel, ts, message):
                await self._gateway.edit(desk.team, channel, ts, message)
            case ShowHome():
                await self._gateway.show_home(desk.team, desk.member, await self._draw_home(desk.team, desk.member))
            case Close():
                log.warning("a form can only be closed by its own submission")
            case _:
                log.warning("an answer that fits no request", answer=type(answer).__name__)

    async def _reply(self, desk: Desk, message: Message) -> None:
        if desk.response_url:
            await self._respond(desk, message, replace=False)
        elif desk.trigger:
            await self._open(desk, as_modal(message))
        else:
            await self._say_directly(desk, message)

    async def _say_directly(self, desk: Desk, message: Message) -> None:
        channel = await self._gateway.open_dm(desk.team, [desk.member])
        await self._gateway.post(desk.team, channel, message)

    async def _open(self, desk: Desk, view: View) -> None:
        opener = self._gateway.push_view if desk.in_modal else self._gateway.open_view
        await opener(desk.team, desk.trigger, view)

    async def _respond(self, desk: Desk, message: Message, *, replace: bool) -> None:
        # Slack's own client for response addresses does not raise when Slack says no; the status tells.
        # No retry on a lost connection: the reply may stand there, and would stand there twice.
        client = AsyncWebhookClient(desk.response_url, session=self._session, retry_handlers=[])
        try:
            answer = await client.send(
                text=message.text,
                blocks=list(message.blocks) or None,
                response_type="ephemeral",
                replace_original=replace,
            )
        except (TimeoutError, ClientError, OSError) as error:
            raise lost_reply(error) from error
        if answer.status_code != 200:
            raise refused_reply(answer.status_code, answer.body)

    async def _tell(self, desk: Desk, failure: SlackFailure) -> None:
        """Say that it did not work, by another way than the one that failed."""
        log.warning("slack refused", code=failure.code, where=failure.where, team=desk.team)
        sentence = refusal(failure.sentence)
        try:
            if desk.response_url and not isinstance(failure, NoAddress):
                await self._respond(desk, sentence, replace=False)
            else:
                await self._say_directly(desk, sentence)
        except SlackFailure as again:
            log.error("could not say so either", code=again.code, team=desk.team)
