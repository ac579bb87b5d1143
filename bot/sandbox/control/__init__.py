"""The control API: everything that a person can do and see in the sandbox, as JSON over HTTP.

The page and the driver use nothing else. Answers carry ok; what a person may not do comes with a sentence.
"""

import json
from collections.abc import Awaitable, Callable, Iterable
from functools import partial

from aiohttp import web

from bot.sandbox.control import acts, seeing, world
from bot.sandbox.control.asked import Asked
from bot.sandbox.model import Json
from bot.sandbox.pretend import Slack
from bot.sandbox.refusal import CannotDo

Handler = Callable[[Asked], Awaitable[Json]]
ME = "/control/people/{me}"

READS: dict[str, Handler] = {
    "/control/workspace": seeing.workspace,
    f"{ME}/sidebar": seeing.sidebar,
    f"{ME}/channels/{{channel}}": seeing.channel,
    f"{ME}/channels/{{channel}}/threads/{{ts}}": seeing.thread,
    f"{ME}/home": seeing.home,
    f"{ME}/modals": seeing.modals,
    f"{ME}/news": seeing.news,
    "/control/quiet": seeing.quiet,
    "/control/calls": seeing.calls,
    "/control/refusals": seeing.refusals,
    "/control/lost": seeing.lost,
}
ACTS: dict[str, Handler] = {
    f"{ME}/home": acts.open_home,
    f"{ME}/say": acts.say,
    f"{ME}/command": acts.command,
    f"{ME}/click": acts.click,
    f"{ME}/type": acts.type_in,
    f"{ME}/submit": acts.submit,
    f"{ME}/close": acts.close,
    f"{ME}/suggest": acts.suggest,
    f"{ME}/shortcut": acts.shortcut,
    f"{ME}/read": acts.read,
    f"{ME}/join": acts.join,
    f"{ME}/leave": acts.leave,
    f"{ME}/react": acts.react,
    f"{ME}/direct": acts.direct,
    "/control/clock": world.move_clock,
    "/control/settle": world.settle,
    "/control/people": world.add_person,
    "/control/channels": world.add_channel,
    "/control/channels/{id}/archive": world.archive_channel,
    "/control/channels/{id}/unarchive": world.unarchive_channel,
    "/control/channels/{id}/rename": world.rename_channel,
    "/control/channels/{id}/delete": world.delete_channel,
    "/control/channels/{id}/invite": world.invite_to_channel,
    "/control/channels/{id}/kick": world.remove_from_channel,
    "/control/faults": world.plan_fault,
    "/control/token": world.set_token,
    "/control/connection": world.set_connection,
    "/control/deliver_again": world.deliver_again,
}


def routes(slack: Slack) -> Iterable[web.RouteDef]:
    for path, handler in READS.items():
        yield web.get(path, partial(_answer, slack, handler))
    for path, handler in ACTS.items():
        yield web.post(path, partial(_answer, slack, handler))
    yield web.patch("/control/people/{id}", partial(_answer, slack, world.change_person))
    yield web.delete("/control/faults", partial(_answer, slack, world.clear_faults))
    yield web.get(f"{ME}/stream", partial(_stream, slack))


async def _answer(slack: Slack, handler: Handler, request: web.Request) -> web.StreamResponse:
    try:
        body = await _body(request)
        asked = Asked(slack, request.match_info, request.query, body)
        return web.json_response({"ok": True, **await handler(asked)})
    except CannotDo as reason:
        return web.json_response({"ok": False, "error": reason.sentence}, status=reason.status)


async def _stream(slack: Slack, request: web.Request) -> web.StreamResponse:
    try:
        return await seeing.stream(slack, request)
    except CannotDo as reason:
        return web.json_response({"ok": False, "error": reason.sentence}, status=reason.status)


async def _body(request: web.Request) -> Json:
    """The JSON body of an act. A form from a page elsewhere cannot have this content type unasked."""
    if request.method in ("GET", "DELETE"):
        return {}
    if request.content_type != "application/json":
        raise CannotDo("Send JSON, with Content-Type: application/json.")
    try:
        body = json.loads(await request.text() or "{}")
    except ValueError:
        raise CannotDo("That is not JSON.") from None
    if not isinstance(body, dict):
        raise CannotDo("Send a JSON object.")
    return body
