"""How a program's questions look to its leads."""

from collections.abc import Sequence

from bot.domain.prompts import FAMILIES, MOST_QUESTIONS, OWN, QUESTION_LIMIT, Family, Form, family_named
from bot.features.checkins.questions import Asked, Draft
from bot.slack import blocks
from bot.slack.blocks import Block, Element, View
from bot.slack.payload import pack
from bot.slack.text import escape, many


def every(asked: Asked) -> View:
    head = (
        f"*What {escape(asked.program.name)} asks each week.* A circle gets one question a week; "
        "none of these kinds comes back within six weeks."
    )
    shown: list[Block] = [blocks.section(head)]
    for family in (*FAMILIES, OWN):
        shown.append(_family(family_named(family.key, asked.own), is_own=family.key in asked.own))
    return blocks.modal("Questions of the week", shown)


def _family(family: Family, *, is_own: bool) -> Block:
    count = many(len(family.prompts), "question", "questions") if family.prompts else "none yet"
    whose = "yours, " if is_own else ""
    first = f"\n_{escape(family.prompts[0])}_" if family.prompts else "\nAsk something that only you would ask."
    change = blocks.button(
        "Change" if family.prompts else "Write some", f"checkins.questions:{family.key}", pack(family=family.key)
    )
    return blocks.section(f"*{family.name}* ({whose}{count}){first}", change, block=f"family-{family.key}")


def form(draft: Draft, tried: Sequence[str] = ()) -> View:
    """With what was tried out below it, as it will look in a channel."""
    family = draft.family
    box = blocks.paragraph("questions", given=draft.typed, most=MOST_QUESTIONS * (QUESTION_LIMIT + 1))
    hint = f"One a line, {MOST_QUESTIONS} at most, {QUESTION_LIMIT} characters each. They come in this order."
    if family.form is Form.EMOJI:
        hint += " It is answered in emoji only."
    shown: list[Block] = [
        blocks.section(f"*{family.name}*: the bot asks one of these when its week comes."),
        blocks.field_input("Questions", box, block="questions", hint=hint),
        blocks.actions(*_ways(draft), block="ways"),
    ]
    if tried:
        shown += [blocks.divider(), blocks.context("So it will look:")]
        shown += [blocks.section(f"*This week's question:* {escape(one)}") for one in tried]
    notes = pack(family=family.key, version=draft.version)
    return blocks.modal("Questions", shown, callback="checkins.questions", submit="Save", notes=notes)


def _ways(draft: Draft) -> list[Element]:
    value = pack(family=draft.family.key)
    ways = [blocks.button("Preview", "checkins.questions-preview", value)]
    if draft.is_own:
        sure = blocks.confirm("Restore ours?", "Your own wording of these goes.", yes="Restore them")
        ways.append(blocks.button("Restore ours", "checkins.questions-restore", value, confirm=sure))
    return ways


def saved(family: Family) -> View:
    shown: list[Block] = [blocks.section(f"*Saved.* {family.name} comes in these words from now on:")]
    shown += [blocks.section(f"*This week's question:* {escape(one)}") for one in family.prompts]
    shown.append(blocks.context("A week that is planned already keeps its question."))
    return blocks.modal("Questions", shown)
