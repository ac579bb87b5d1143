"""What a person does with the bot: a command, a click, a submission. Each is carried to the bot and answered at once.

Interactions are never retried: who is not answered in time is told so.
"""

import html
import re
from typing import Any

from bot.sandbox import payloads
from bot.sandbox.blockkit import view_faults
from bot.sandbox.blockkit.walk import find_element
from bot.sandbox.content import checked_blocks
from bot.sandbox.courier import NotAnswered, Package, PackageKind
from bot.sandbox.forms import VALUES, chosen_option, encode, missing_answers, state_of
from bot.sandbox.model import Channel, Json, User, View
from bot.sandbox.payloads import Source
from bot.sandbox.pretend import Slack
from bot.sandbox.refusal import CannotDo, DidNotAnswer, Refusal
from bot.sandbox.responses import Reply, show
from bot.sandbox.wire import view_json
from bot.sandbox.workspace import Workspace

TROUBLE = "We had some trouble connecting. Try again?"
NAME = re.compile(r"(?<![\w<])([@#])([\w.-]+)")


async def carry(slack: Slack, kind: PackageKind, payload: Json) -> Json | None:
    if kind == "interactive" and not slack.manifest.interactive:
        raise CannotDo("The app's manifest has interactivity switched off.")
    return await slack.courier.carry(Package(kind, payload))


# Commands


def escaped(text: str, workspace: Workspace) -> str:
    """What was typed as the bot reads it: @name and #channel become <@U…|name> and <#C…|name>.

    Names of several words may be written out: "@Ana Keller". Whatever else looks like markup is made harmless.
    """
    text = html.escape(text, quote=False)
    for user in sorted(workspace.people(), key=lambda u: -len(u.real_name)):
        text = re.sub(rf"@{re.escape(user.real_name)}(?!\w)", f"<@{user.id}|{user.name}>", text, flags=re.I)

    def reference(match: re.Match[str]) -> str:
        sign, name = match.groups()
        if sign == "@":
            user = workspace.find_person(name)
            return f"<@{user.id}|{user.name}>" if user else match.group()
        channel = workspace.named_channel(name)
        return f"<#{channel.id}|{channel.name}>" if channel else match.group()

    return NAME.sub(reference, text)


async def command(slack: Slack, user: User, channel: Channel, *, text: str) -> Json | None:
    name, _, words = text.strip().partition(" ")
    known = next((c for c in slack.manifest.commands if c["command"] == name), None)
    if known is None:
        raise CannotDo(f"{name} is not a valid command.")
    harmless = html.escape(words, quote=False)
    words = escaped(words, slack.workspace) if known.get("should_escape") else harmless
    payload = payloads.command(slack, user, channel, words=(name, words.strip()))
    try:
        answer = await carry(slack, "slash_commands", payload)
    except NotAnswered:
        raise DidNotAnswer(f"{name} failed because the app did not respond.") from None
    if answer:
        _show_answer(slack, Reply(user.id, channel.id), answer)
    return answer


def _show_answer(slack: Slack, reply: Reply, answer: Json) -> None:
    """The body that came with the acknowledgement, shown like an answer to the response_url."""
    try:
        show(slack, reply, answer)
    except Refusal as refusal:
        log_refusal(slack, "ack", answer, refusal=refusal)
        raise DidNotAnswer(f"The app's answer could not be shown ({refusal.error}).") from None


def log_refusal(slack: Slack, what: str, answer: Json, *, refusal: Refusal) -> None:
    error = {"ok": False, "error": refusal.error, **refusal.extra}
    slack.log.add(what, answer, answer=error)


# Clicks


def _held(source: Source) -> dict[str, Json]:
    if source.view:
        return source.view.typed
    return source.message.chosen.setdefault(source.user.id, {}) if source.message else {}


def type_in(slack: Slack, source: Source, values: Json) -> None:
    """Notes what stands in the inputs right now: block → action → raw value."""
    typed = _held(source)
    for block_id, actions in values.items():
        for action_id, raw in actions.items():
            found = find_element(source.blocks, block_id, action_id)
            if found and found[1]["type"] in VALUES:
                suggested = slack.suggested(source.user.id, block_id, action_id)
                value = encode(found[1], raw, workspace=slack.workspace, suggested=suggested)
                typed.setdefault(block_id, {})[action_id] = value


async def click(slack: Slack, source: Source, *, at: tuple[str, str], done: Json) -> None:
    """A click on the element `at` (block_id, action_id); `done` says what was chosen, if anything."""
    found = find_element(source.blocks, *at)
    if found is None:
        raise CannotDo("There is nothing to click there any more. It may have changed meanwhile.", 404)
    if done.get("values"):
        type_in(slack, source, done["values"])
    if found[0]["type"] == "input" and not found[0].get("dispatch_action"):
        raise CannotDo("Nothing is sent for this input before the form is submitted.")
    action = _action(slack, source, found=found, chosen=done.get("chosen"))
    action |= done.get("forged") or {}
    state = state_of(source.blocks, _held(source))
    payload = payloads.block_actions(slack, source, action=action, state=state)
    try:
        await carry(slack, "interactive", payload)
    except NotAnswered:
        raise DidNotAnswer(TROUBLE) from None


def _action(slack: Slack, source: Source, *, found: tuple[Json, Json], chosen: Any) -> Json:
    block_id, element = found[0]["block_id"], found[1]
    kind, action_id = element["type"], element["action_id"]
    action: Json = {
        "type": kind,
        "action_id": action_id,
        "block_id": block_id,
        "action_ts": slack.workspace.new_ts(),
    }
    if kind == "overflow":
        return action | {"selected_option": chosen_option(element, str(chosen))}
    if kind in VALUES:
        type_in(slack, source, {block_id: {action_id: chosen}})
        return action | {**_held(source)[block_id][action_id]}
    kept = ("text", "value", "style", "url") if kind == "button" else ("text", "value")
    return action | {name: element[name] for name in kept if name in element}


async def suggest(slack: Slack, source: Source, *, at: tuple[str, str], query: str) -> Json:
    """What an external select offers for these letters."""
    found = find_element(source.blocks, *at)
    if found is None or "external" not in found[1]["type"]:
        raise CannotDo("There is no menu to search there.", 404)
    element = {**found[1], "block_id": at[0]}
    if len(query) < element.get("min_query_length", 3):
        return {"options": []}
    payload = payloads.block_suggestion(slack, source, element=element, query=query)
    try:
        answer = await carry(slack, "interactive", payload) or {}
    except NotAnswered:
        raise DidNotAnswer("The app did not respond with options.") from None
    return _offered(slack, source.user, answer, at=at)


def _offered(slack: Slack, user: User, answer: Json, *, at: tuple[str, str]) -> Json:
    groups = answer.get("option_groups")
    options = answer.get("options", [entry for group in groups or [] for entry in group.get("options", [])])
    probe: Json = {"type": "static_select", "action_id": "probe"}
    probe |= {"option_groups": groups} if groups else {"options": options}
    if options:
        try:
            checked_blocks([{"type": "actions", "elements": [probe]}])
        except Refusal as refusal:
            log_refusal(slack, "block_suggestion", answer, refusal=refusal)
            raise DidNotAnswer("The app's options could not be shown.") from None
    slack.suggestions[(user.id, *at)] = options
    return {"option_groups": groups} if groups else {"options": options}


# Forms


async def submit(slack: Slack, user: User, view: View, *, values: Json) -> dict[str, str]:
    """Submits the modal; answers the errors to show, by block, or nothing when it went through."""
    if view not in slack.screens.stack(user.id):
        raise CannotDo("This dialog is not open any more.", 404)
    blocks = view.content["blocks"]
    wrong = _not_taken(slack, Source(user, view=view), values)
    errors = missing_answers(blocks, state_of(blocks, view.typed, view.channel)) | wrong
    if errors:
        return errors
    try:
        answer = await carry(slack, "interactive", payloads.view_submission(slack, user, view))
    except NotAnswered:
        raise DidNotAnswer(TROUBLE) from None
    try:
        return _follow(slack, view, answer or {})
    except Refusal as refusal:
        log_refusal(slack, "view_submission", answer or {}, refusal=refusal)
        raise DidNotAnswer(TROUBLE) from None


def _not_taken(slack: Slack, source: Source, values: Json) -> dict[str, str]:
    """Notes what was typed; answers what a field cannot hold, by block."""
    errors: dict[str, str] = {}
    for block_id, actions in values.items():
        try:
            type_in(slack, source, {block_id: actions})
        except CannotDo as no:
            errors[block_id] = no.sentence
    return errors


def _follow(slack: Slack, view: View, answer: Json) -> dict[str, str]:
    """Does what the acknowledgement of a submission asks for."""
    action = answer.get("response_action")
    if action == "errors":
        return _errors(view, answer.get("errors"))
    if action in ("update", "push"):
        content = answer.get("view")
        fault = view_faults(content, "modal")
        if fault or not isinstance(content, dict):
            raise Refusal(fault.error if fault else "invalid_arguments", list(fault.messages) if fault else [])
        if action == "push":
            slack.screens.push(view.user, content)
        else:
            slack.screens.update(view, content)
    elif action == "clear":
        slack.screens.close(slack.screens.stack(view.user)[0])
    elif action is None and not set(answer) - {"text"}:
        slack.screens.close(view)
    else:
        raise Refusal("invalid_response_action", [f"unknown response_action: {action}"])
    return {}


def _errors(view: View, errors: Any) -> dict[str, str]:
    inputs = {block["block_id"] for block in view.content["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
        raise Refusal("invalid_response_action", ["errors must be keyed by the block_id of an input block"])
    return {str(block): str(text) for block, text in errors.items()}


async def close(slack: Slack, user: User, view: View, *, everything: bool) -> None:
    """Closes the modal, or the whole stack; the bot hears of it where it asked to."""
    stack = slack.screens.stack(user.id)
    if view not in stack:
        raise CannotDo("This dialog is not open any more.", 404)
    clears = everything or view.content.get("clear_on_close", False)
    for gone in slack.screens.close(stack[0] if clears else view):
        if gone.content.get("notify_on_close"):
            payload = payloads.view_closed(slack, user, gone, is_cleared=clears)
            slack.events.start(Package("interactive", payload))


async def shortcut(slack: Slack, source: Source, *, callback_id: str) -> None:
    kind = "message" if source.message else "global"
    known = [s for s in slack.manifest.shortcuts if s["callback_id"] == callback_id and s["type"] == kind]
    if not known:
        raise CannotDo("There is no such shortcut.", 404)
    try:
        await carry(slack, "interactive", payloads.shortcut(slack, source, callback_id=callback_id))
    except NotAnswered:
        raise DidNotAnswer(TROUBLE) from None


def open_home(slack: Slack, user: User, tab: str) -> Channel:
    """The person opens the app; the bot is told which tab, and what Home shows so far."""
    channel = slack.workspace.direct([user.id, slack.workspace.bot.id])
    event: Json = {"user": user.id, "channel": channel.id, "tab": tab}
    home = slack.screens.homes.get(user.id)
    if tab == "home" and home:
        event["view"] = view_json(home, slack.workspace)
    slack.events.send("app_home_opened", event)
    return channel
