"""Between Bolt and the handlers: acknowledge, parse, serve, carry out the answer.

Commands and clicks are acknowledged first and served then. A submission is served before it is acknowledged, because
a refusal is the acknowledgement. Every request runs as a task that is kept, so that a shutdown waits for it.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from slack_bolt.app.async_app import AsyncApp

from bot.domain.errors import Refused, RefusedFields
from bot.slack import parse
from bot.slack.carry import Carrier, Desk
from bot.slack.failures import SlackFailure
from bot.slack.replies import Answers, Close, Errors, Options, Refusal, Reply, Turn
from bot.slack.requests import Request, Submission
from bot.slack.routes import Handler, Routes, base_action
from bot.slack.sentences import as_page, bug, in_form

Serve = Callable[[Handler, Request], Awaitable[Any]]
"""Runs a handler with what it needs; given by app."""
StoreEvent = Callable[[dict[str, Any]], Awaitable[None]]
"""Keeps an event before it is acknowledged; given by app. When it raises, Slack sends the event again."""

log = structlog.get_logger("attach")


class Switchboard:
    def __init__(self, routes: Routes, *, serve: Serve, carrier: Carrier, store_event: StoreEvent) -> None:
        self.routes = routes
        self._serve = serve
        self._carrier = carrier
        self._store_event = store_event
        self._under_way: set[asyncio.Task[Any]] = set()

    def attach(self, bolt: AsyncApp, command: str) -> None:
        bolt.middleware(self._keep_event)
        bolt.command(command)(self._kept(self._on_command))
        for action in self.routes.clicks:
            bolt.action(parse.action_pattern(action))(self._kept(self._on_click))
        for action in self.routes.suggestions:
            bolt.options(parse.action_pattern(action))(self._kept(self._on_suggestion))
        for callback in self.routes.submissions:
            bolt.view_submission(callback)(self._kept(self._on_submission))
        for callback in self.routes.shortcuts:
            bolt.shortcut(callback)(self._kept(self._on_shortcut))
        for name in self.routes.events:
            bolt.event(name)(_already_kept)

    async def drain(self, seconds: float) -> None:
        """Wait for what is under way, at most this long."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=seconds)

    def _kept(self, listener: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
        # Bolt keeps no reference to a listener's task, so neither the garbage collector nor a shutdown would know of it.
        async def run(ack: Any, body: dict[str, Any]) -> None:
            task = asyncio.current_task()
            if task is not None:
                self._under_way.add(task)
                task.add_done_callback(self._under_way.discard)
            await listener(ack, body)

        return run

    async def _keep_event(self, body: dict[str, Any], next: Callable[[], Awaitable[Any]]) -> None:
        if body.get("type") == "event_callback":
            await self._store_event(body)
        await next()

    async def _on_command(self, ack: Any, body: dict[str, Any]) -> None:
        await ack()
        route, words = parse.find_command(self.routes.commands, body.get("text") or "")
        desk = Desk.of_command(body)
        if route is None:
            await self._carrier.carry_out(desk, Refusal(parse.suggestion(self.routes.commands, words)))
            return
        await self._answer(desk, route.handler, parse.command(body, words))

    async def _on_click(self, ack: Any, body: dict[str, Any]) -> None:
        await ack()
        request = parse.click(body)
        await self._answer(Desk.of_click(body), self.routes.clicks[base_action(request.action)], request)

    async def _on_shortcut(self, ack: Any, body: dict[str, Any]) -> None:
        await ack()
        request = parse.shortcut(body)
        await self._answer(Desk.of_shortcut(body), self.routes.shortcuts[request.callback], request)

    async def _on_suggestion(self, ack: Any, body: dict[str, Any]) -> None:
        request = parse.suggest(body)
        answer = await self._ask(self.routes.suggestions[base_action(request.action)], request)
        options = answer if isinstance(answer, Options) else Options()
        await ack(options=parse.options(options))

    async def _on_submission(self, ack: Any, body: dict[str, Any]) -> None:
        request = parse.submission(body)
        answers = await self._ask(self.routes.submissions[request.view.callback], request)
        left = await self._acknowledge(ack, body, answers)
        await self._carrier.carry_out(Desk.of_submission(body), left)

    async def _answer(self, desk: Desk, handler: Handler, request: Request) -> None:
        await self._carrier.carry_out(desk, await self._ask(handler, request))

    async def _ask(self, handler: Handler, request: Request) -> Answers:
        """The handler's answer, or the sentence that stands for its failure. One of the four broad excepts."""
        try:
            answers: Answers = await self._serve(handler, request)
        except RefusedFields as refused:
            return Errors(refused.fields) if isinstance(request, Submission) else Refusal(refused.sentence)
        except Refused as refused:
            return Refusal(refused.sentence)
        except SlackFailure as failure:
            log.warning("slack refused", handler=_name(handler), code=failure.code, where=failure.where)
            return Refusal(failure.sentence)
        except Exception:
            reference = secrets.token_hex(3)
            log.exception("a bug", handler=_name(handler), reference=reference, team=request.team)
            return Reply(bug(reference))
        return answers

    async def _acknowledge(self, ack: Any, body: dict[str, Any], answers: Answers) -> Answers:
        """Answer a submission with what belongs into the acknowledgement; what is left to carry out."""
        every = answers if isinstance(answers, tuple) else (answers,)
        for answer in every:
            match answer:
                case Errors(fields):
                    await ack(response_action="errors", errors=dict(fields))
                    return None
                case Turn(view):
                    await ack(response_action="update", view=view)
                case Close():
                    await ack(response_action="clear")
                case Refusal(sentence):
                    await ack(**in_form(sentence, body["view"]))
                case Reply(message):
                    await ack(**as_page(message))
                case _:
                    continue
            return tuple(one for one in every if one is not None and one is not answer)
        await ack()
        return answers


async def _already_kept(ack: Any) -> None:
    """The event is in the inbox, and the inbox's job takes it from there."""
    await ack()


def _name(handler: Handler) -> str:
    return f"{handler.__module__}.{handler.__qualname__}"
