"""Reading a form so that everything wrong in it is said at once, each under its own field."""

from collections.abc import Callable
from typing import TypeVar

from bot.domain.errors import Refused, RefusedFields

Value = TypeVar("Value")


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
