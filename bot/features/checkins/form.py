"""The form of an answer."""

from bot.domain.checkins import ANSWER_LIMIT, HELP_LIMIT, Form
from bot.features.checkins.flows import Open
from bot.slack import blocks
from bot.slack.blocks import View
from bot.slack.payload import pack
from bot.slack.requests import Answers
from bot.slack.text import escape, moment


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
            hint="Somebody of your circle can pick it up when the round closes.",
        ),
        blocks.context(
            f"I post it in your circle's thread ({escape(found.circle.name)}). Open until {moment(found.this.closes_at)}."
        ),
    ]
    notes = pack(round=found.this.id)
    return blocks.modal("This week's check-in", shown, callback="checkins.answer", submit="Post", notes=notes)


def read_answer(answers: Answers) -> tuple[str, str]:
    return answers.text("text"), answers.text("help")
