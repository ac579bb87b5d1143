"""How a program's texts look to its leads: the groups, the texts of a group, one of them, and its form."""

from collections.abc import Sequence

from bot.features.templates.flows import Standing
from bot.slack import blocks
from bot.slack.blocks import Block, View
from bot.slack.payload import pack
from bot.slack.text import day, escape, many, mention

TITLE = "Your program's texts"


def groups(every: Sequence[Standing]) -> View:
    names = list(dict.fromkeys(each.editable.template.group for each in every))
    shown: list[Block] = [
        blocks.section(
            "*What I say in guides, agendas and the like is yours to change.* "
            "Each text can be looked at before it counts, and what ships can come back at any time."
        )
    ]
    for number, name in enumerate(names):
        inside = [each for each in every if each.editable.template.group == name]
        changed = sum(each.change is not None for each in inside)
        words = f"*{escape(name)}*\n{many(len(inside), 'text', 'texts')}"
        words += f", {changed} of them your own" if changed else ""
        button = blocks.button("Open", f"templates.group:{number}", pack(group=name))
        shown.append(blocks.section(words, button, block=f"group-{number}"))
    return blocks.modal(TITLE, shown)


def group(name: str, inside: Sequence[Standing]) -> View:
    shown: list[Block] = [blocks.section(f"*{escape(name)}*")]
    for number, each in enumerate(inside):
        button = blocks.button("Look", "templates.show", pack(key=each.editable.template.key))
        shown.append(
            blocks.section(f"{escape(each.editable.template.name)}\n{_whose(each)}", button, block=f"t{number}")
        )
    return blocks.modal(TITLE, shown)


def _whose(one: Standing) -> str:
    if one.change is None:
        return "_as it ships_"
    return f"_your own, changed by {mention(one.change.by)} on {day(one.change.at)}_"


def page(one: Standing) -> View:
    """How it reads where it is used, and what can be done with it."""
    template = one.editable.template
    value = pack(key=template.key)
    buttons = [blocks.button("Change it", "templates.change", value, style="primary")]
    if one.change is not None:
        asked = blocks.confirm("Back to what ships?", "Your program's own text is deleted.", yes="Bring it back")
        buttons.append(blocks.button("Bring back what ships", "templates.restore", value, confirm=asked))
    shown = [
        blocks.section(f"*{escape(template.group)}: {escape(template.name)}*\n{_whose(one)}"),
        *_preview(one, one.text),
        blocks.actions(*buttons, block="do"),
    ]
    return blocks.modal(TITLE, shown)


def form(one: Standing, typed: str | None = None) -> View:
    """With `typed`, what was typed so far and how it would read."""
    template = one.editable.template
    text = one.text if typed is None else typed
    shown: list[Block] = [
        blocks.section(f"*{escape(template.group)}: {escape(template.name)}*"),
        blocks.field_input(
            "Text",
            blocks.paragraph("text", given=text, most=min(template.limit, 3000)),
            block="text",
            hint=template.blanks_in_words(),
        ),
        blocks.actions(blocks.button("Preview", "templates.preview", pack(key=template.key)), block="look"),
    ]
    if typed is not None:
        shown += [blocks.divider(), blocks.context("So it would read:"), *_preview(one, typed)]
    notes = pack(key=template.key, version=one.version)
    return blocks.modal("Change a text", shown, callback="templates.save", submit="Save", notes=notes)


def _preview(one: Standing, text: str) -> list[Block]:
    return one.editable.preview(one.editable.template.example(text))
