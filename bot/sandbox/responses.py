"""response_urls: answers to what a person did, seen by them alone unless the bot says otherwise."""

from dataclasses import dataclass

from aiohttp import web

from bot.sandbox.arguments import Arguments, read_json
from bot.sandbox.calls.access import showable
from bot.sandbox.content import fill, read
from bot.sandbox.model import Channel, Json, Message
from bot.sandbox.pretend import Slack
from bot.sandbox.refusal import Refusal


@dataclass(frozen=True)
class Reply:
    """To whom and where; message_ts is the message that was acted on."""

    user: str
    channel: str
    message_ts: str = ""


def show(slack: Slack, reply: Reply, body: Json) -> None:
    """Does what the body of a response asks: say something, or replace or delete the message it came from."""
    args = Arguments("response_url", body)
    channel = slack.workspace.channels[reply.channel]
    original = slack.workspace.find_message(channel, reply.message_ts) if reply.message_ts else None
    if args.flag("delete_original"):
        _delete(slack, channel, original)
    elif args.flag("replace_original"):
        _replace(slack, channel, original, args=args)
    else:
        _say(slack, reply, channel, args=args)


def _own(original: Message | None) -> Message:
    if original is None or not original.by_bot:
        raise Refusal("message_not_found")
    return original


def _delete(slack: Slack, channel: Channel, original: Message | None) -> None:
    _own(original).deleted = True
    slack.workspace.touched(channel, _own(original))


def _replace(slack: Slack, channel: Channel, original: Message | None, *, args: Arguments) -> None:
    message = _own(original)
    content = read(args)
    fill(message, content, slack.workspace.stamped(showable(slack, content.blocks), before=message.blocks))
    message.chosen.clear()
    if not message.reader:
        message.edited_ts = slack.workspace.new_ts()
    slack.workspace.touched(channel, message)


def _say(slack: Slack, reply: Reply, channel: Channel, *, args: Arguments) -> None:
    content = read(args)
    kind = args.text("response_type", "ephemeral")
    if kind not in ("ephemeral", "in_channel"):
        raise Refusal("invalid_arguments", ["must be one of: ephemeral, in_channel [json-pointer:/response_type]"])
    message = Message(slack.workspace.new_ts(), channel.id, slack.workspace.bot.id, by_bot=True)
    fill(message, content, slack.workspace.stamped(showable(slack, content.blocks)))
    message.reader = reply.user if kind == "ephemeral" else ""
    message.thread_ts = args.text("thread_ts")
    slack.workspace.post(channel, message)


class Responses:
    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    async def handle(self, request: web.Request) -> web.Response:
        self._slack.calls_running += 1
        self._slack.calls_made += 1
        try:
            return await self._handle(request)
        finally:
            self._slack.calls_running -= 1

    async def _handle(self, request: web.Request) -> web.Response:
        body = await read_json(request) if "json" in request.content_type else dict(await request.post())
        answer: Json = {"ok": True}
        try:
            url = self._slack.triggers.use_url(request.match_info["id"], self._slack.clock.now())
            show(self._slack, Reply(url.user, url.channel, url.message_ts), body)
        except Refusal as refusal:
            answer = {"ok": False, "error": refusal.error, **refusal.extra}
        self._slack.log.add("response_url", body, answer=answer)
        if answer["ok"]:
            return web.Response(text="ok")
        return web.json_response(answer, status=404)
