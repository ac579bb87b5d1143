"""Reading a form so that everything wrong in it is said at once, each under its own field."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from bot.domain import when
from bot.domain.errors import Refused, RefusedFields
from bot.slack.requests import Answers

Value = TypeVar("Value")
Word = TypeVar("Word", bound=str)


def one_of(answers: Answers, block: str, allowed: Sequence[Word]) -> Word:
    """What was chosen, if it is one of these; what was forged is refused."""
    given = answers.choice(block)
    found = next((one for one in allowed if one == given), None)
    if found is None:
        raise Refused("Choose one of these.")
    return found


def a_day(answers: Answers, block: str) -> date:
    day = answers.day(block)
    if day is None or day.year not in when.YEARS:
        raise Refused("Pick a day.")
    return day


class FormReading:
    def __init__(self) -> None:
        self._wrong: dict[str, str] = {}

    def take(self, block: str, read: Callable[[], Value], otherwise: Value) -> Value:
        """What `read` gives; where it refuses, the sentence is kept for this field and `otherwise` stands in."""
        try:
            return read()
        except Refused as refused:
            self._wrong[block] = refused.sentence
            return otherwise

    def refuse(self, block: str, sentence: str) -> None:
        self._wrong.setdefault(block, sentence)

    def finish(self) -> None:
        """`RefusedFields` with everything that was wrong."""
        if self._wrong:
            raise RefusedFields(self._wrong)
