"""The form of an answer."""

from bot import cards
from bot.domain.checkins import ANSWER_LIMIT, HELP_LIMIT
from bot.domain.prompts import Form
from bot.features.checkins.flows import Open
from bot.slack import blocks
from bot.slack.blocks import View
from bot.slack.payload import pack
from bot.slack.requests import Answers
from bot.slack.text import escape, moment

HELP_AFTER = "When the round closes, your circle reads it, and I ask one of you after the other."
HELP_AFTER_PAIRS = "When the round closes, I ask one of your circle after the other. Nobody else reads it."


def answer(found: Open) -> View:
    said = found.said
    shown = [
        blocks.section(f"*{escape(found.this.prompt)}*"),
        blocks.field_input(
            "Your answer",
            blocks.paragraph("text", given=said.text if said else "", most=ANSWER_LIMIT),
            block="text",
            hint="Emoji only this time." if found.this.form is Form.EMOJI else "",
        ),
        blocks.field_input(
            "I'd like help with",
            blocks.line(
                "help", given=said.help if said else "", most=HELP_LIMIT, hint="A second pair of eyes on a plan"
            ),
            block="help",
            optional=True,
            hint=HELP_AFTER if not found.partners else HELP_AFTER_PAIRS,
        ),
        blocks.context(f"I post it {_where(found)}. Open until {moment(found.this.closes_at)}."),
    ]
    notes = pack(round=found.this.id)
    return blocks.modal("This week's check-in", shown, callback="checkins.answer", submit="Post", notes=notes)


def _where(found: Open) -> str:
    if found.partners:
        return f"where you talk with {cards.people(list(found.partners))}"
    return f"in your circle's thread ({escape(found.circle.name)})"


def read_answer(answers: Answers) -> tuple[str, str]:
    return answers.text("text"), answers.text("help")
