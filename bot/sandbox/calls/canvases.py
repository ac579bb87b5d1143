"""conversations.canvases.create and canvases.edit: the one document that a channel may have."""

from bot.sandbox.arguments import Arguments
from bot.sandbox.calls import access
from bot.sandbox.model import Channel, Json
from bot.sandbox.pretend import Slack
from bot.sandbox.refusal import Refusal

LONGEST = 100_000


def create(slack: Slack, args: Arguments) -> Json:
    channel = access.visible(slack, args.required("channel_id"))
    access.joined(slack, channel)
    access.living(channel)
    if channel.canvas:
        raise Refusal("channel_canvas_already_exists")
    words = _markdown(args.values.get("document_content"))
    channel.canvas = {"id": slack.workspace.new_id("F"), "markdown": words}
    slack.hub.changed(channel.members, f"channel:{channel.id}")
    return {"canvas_id": channel.canvas["id"]}


def edit(slack: Slack, args: Arguments) -> Json:
    channel = _of_canvas(slack, args.required("canvas_id"))
    changes = args.values.get("changes")
    if not isinstance(changes, list) or len(changes) != 1 or not isinstance(changes[0], dict):
        raise Refusal("invalid_arguments", ["must provide exactly one change [json-pointer:/changes]"])
    [change] = changes
    if change.get("operation") != "replace" or "section_id" in change:
        raise Refusal("invalid_arguments", ["only a whole document is replaced here [json-pointer:/changes/0]"])
    words = _markdown(change.get("document_content"))
    channel.canvas = {**channel.canvas, "markdown": words}
    slack.hub.changed(channel.members, f"channel:{channel.id}")
    return {}


def _of_canvas(slack: Slack, canvas: str) -> Channel:
    for channel in slack.workspace.channels.values():
        if channel.canvas.get("id") == canvas and slack.workspace.bot.id in channel.members:
            access.living(channel)
            return channel
    raise Refusal("canvas_not_found")


def _markdown(content: object) -> str:
    if not isinstance(content, dict) or content.get("type") != "markdown":
        raise Refusal("invalid_arguments", ["must be markdown [json-pointer:/document_content/type]"])
    words = content.get("markdown")
    if not isinstance(words, str) or len(words) > LONGEST:
        raise Refusal("invalid_arguments", ["must be a text [json-pointer:/document_content/markdown]"])
    return words
