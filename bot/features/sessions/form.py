"""How the forms about sessions are read back."""

from datetime import UTC, datetime

from bot.domain import words
from bot.domain.errors import RefusedFields
from bot.domain.ids import MemberId
from bot.domain.sessions import NOTE_LIMIT, OUTCOMES, SessionState
from bot.features.sessions.flows import Notes
from bot.slack.reading import FormReading
from bot.slack.requests import Answers

LATEST = 4_102_444_800
"""The first second of the year 2100."""


def read_move(answers: Answers) -> datetime:
    given = answers.moment("to")
    if given is None or not 0 < given < LATEST:
        raise RefusedFields({"to": "Choose a day and a time."})
    return datetime.fromtimestamp(given - given % 60, UTC)


def read_notes(answers: Answers) -> Notes:
    form = FormReading()
    outcome = answers.choice("outcome")
    if outcome not in [one.value for one in OUTCOMES]:
        form.refuse("outcome", "Choose one of the three.")
        outcome = SessionState.HELD
    decisions = form.take("decisions", lambda: _note(answers, "decisions", "What you decided"), "")
    parked = form.take("parked", lambda: _note(answers, "parked", "What you parked"), "")
    form.finish()
    there = frozenset(MemberId(member) for member in answers.choices("there"))
    return Notes(SessionState(outcome), there, decisions=decisions, parked=parked)


def _note(answers: Answers, block: str, what: str) -> str:
    return words.clean_text(answers.text(block), NOTE_LIMIT, what)
