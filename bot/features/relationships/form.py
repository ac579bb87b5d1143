"""The forms of a relationship: a meeting's time, and an end."""

from datetime import UTC, datetime

from bot.domain.errors import Refused, RefusedFields
from bot.domain.meetings import FORMS, form_in_words
from bot.features.relationships.reading import Shown
from bot.slack import blocks
from bot.slack.blocks import Choice, View
from bot.slack.payload import pack
from bot.slack.requests import Answers
from bot.slack.text import mention

FORM_CHOICES: tuple[Choice, ...] = tuple((form_in_words(minutes).capitalize(), str(minutes)) for minutes in FORMS)


def plan(one: Shown) -> View:
    planned = one.meeting
    usual = planned.minutes if planned else one.relationship.minutes
    shown = [
        blocks.section(
            f"When do you and {mention(one.other)} meet? Agree on it between you; I keep it for you both."
        ),
        blocks.field_input(
            "When", blocks.moment_picker("at", chosen=int(planned.at.timestamp()) if planned else 0), block="at"
        ),
        blocks.field_input(
            "How",
            blocks.menu("minutes", FORM_CHOICES, chosen=str(usual)),
            block="minutes",
            hint="A busy week? A quarter of an hour, or a few lines in writing, is better than nothing.",
        ),
    ]
    return _form("Your next meeting", shown, "relationships.plan", one, "Save")


def end(one: Shown) -> View:
    shown = [
        blocks.section(
            f"*You may end it at any time, and owe nobody a reason.* I tell {mention(one.other)} kindly that it "
            "comes to an end. Nobody else is told, no program lead either."
        ),
        blocks.field_input(
            "A note to yourself",
            blocks.paragraph("reason", most=600),
            block="reason",
            optional=True,
            hint="Why, and what you take along. Only you can ever read it.",
        ),
    ]
    return _form("End it", shown, "relationships.end", one, "End it")


def thanks(one: Shown) -> View:
    shown = [
        blocks.section(f"What did the half hour with {mention(one.other)} change? One line is plenty."),
        blocks.field_input("Your thanks", blocks.paragraph("thanks", most=300), block="thanks"),
    ]
    return _form("Say thanks", shown, "relationships.thank", one, "Send")


def _form(title: str, shown: list[blocks.Block], callback: str, one: Shown, submit: str) -> View:
    notes = pack(relationship=one.relationship.id)
    return blocks.modal(title, shown, callback=callback, submit=submit, notes=notes)


def read_plan(answers: Answers) -> tuple[datetime, int]:
    chosen = answers.moment("at")
    if chosen is None:
        raise RefusedFields({"at": "Pick a day and a time."})
    minutes = answers.choice("minutes")
    if minutes not in {value for _, value in FORM_CHOICES}:
        raise RefusedFields({"minutes": "Pick one of these."})
    try:
        return datetime.fromtimestamp(chosen, UTC), int(minutes)
    except (OverflowError, ValueError, OSError) as wrong:
        raise Refused("Pick a day and a time.") from wrong
