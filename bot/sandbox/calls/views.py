"""views.*: modals and Home."""

from typing import Any

from bot.sandbox.arguments import Arguments
from bot.sandbox.blockkit import view_faults
from bot.sandbox.calls import access
from bot.sandbox.model import Json, View
from bot.sandbox.pretend import Slack
from bot.sandbox.refusal import Refusal
from bot.sandbox.triggers import Trigger
from bot.sandbox.wire import view_json


def _content(slack: Slack, args: Arguments, allowed: str) -> Json:
    view: Any = args.document("view")
    if view is None:
        raise Refusal("invalid_arguments", ["missing required field: view [json-pointer:/view]"])
    fault = view_faults(view, allowed)
    if fault:
        raise Refusal(fault.error, list(fault.messages))
    access.showable(slack, view["blocks"])
    content: Json = view
    return content


def _trigger(slack: Slack, args: Arguments) -> Trigger:
    pointer = args.text("trigger_id") or args.text("interactivity_pointer")
    if not pointer:
        missing = "missing required field: trigger_id [json-pointer:/trigger_id]"
        raise Refusal("invalid_arguments", [missing])
    return slack.triggers.use(pointer)


def _answer(slack: Slack, view: View) -> Json:
    return {"view": view_json(view, slack.workspace)}


def open_modal(slack: Slack, args: Arguments) -> Json:
    content = _content(slack, args, "modal")
    trigger = _trigger(slack, args)
    return _answer(slack, slack.screens.open(trigger.user, content, trigger.channel))


def push(slack: Slack, args: Arguments) -> Json:
    content = _content(slack, args, "modal")
    trigger = _trigger(slack, args)
    if not trigger.view:
        # Only what happens inside a modal can lay another on it.
        raise Refusal("invalid_trigger_id")
    if slack.screens.find(trigger.view) is None:
        raise Refusal("not_found")
    return _answer(slack, slack.screens.push(trigger.user, content))


def update(slack: Slack, args: Arguments) -> Json:
    if not args.given("view_id") and not args.given("external_id"):
        missing = "missing required field: view_id or external_id [json-pointer:/view_id]"
        raise Refusal("invalid_arguments", [missing])
    by_id = slack.screens.find(args.text("view_id"))
    found = by_id or slack.screens.by_external_id(args.text("external_id"))
    content = _content(slack, args, found.type if found else "modal")
    if found is None:
        raise Refusal("not_found")
    return _answer(slack, slack.screens.update(found, content, args.text("hash")))


def publish(slack: Slack, args: Arguments) -> Json:
    if not slack.manifest.home_tab:
        raise Refusal("not_enabled")
    content = _content(slack, args, "home")
    user = slack.workspace.users.get(args.required("user_id"))
    if user is None or user.deleted or user.is_bot or user.is_stranger:
        raise Refusal("user_not_found")
    return _answer(slack, slack.screens.publish(user.id, content, args.text("hash")))
