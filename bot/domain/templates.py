"""Texts that ship with the bot and that a program may make its own: guides, agendas, prompts, protocols, charters.

A feature declares each with a key, the text it ships, and what must hold for it; what a program changes is kept apart, so
that what ships can come back at any time. A text has blanks such as {mentee}, which are filled in where it is used.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.errors import Refused
from bot.domain.ids import MemberId
from bot.domain.words import clean_text, needed

LIMIT = 2500
BLANK = re.compile(r"\{(\w*)\}")
TIMED = re.compile(r"(\d{1,3}) minutes?\b")


def anything(_text: str) -> None:
    """No further rule."""


@dataclass(frozen=True)
class Template:
    """`check` refuses, with a sentence, a text that would not work."""

    key: str
    """Such as "relationships.guide.coach.30": the feature first, and never changed once it was shipped."""
    group: str
    """What it stands under in the list."""
    name: str
    shipped: str
    check: Callable[[str], None] = anything
    blanks: Mapping[str, str] = field(default_factory=dict)
    """Name → an example, for the preview."""
    limit: int = LIMIT

    def read(self, typed: str) -> str:
        """What somebody typed, made tidy; `Refused` where it would not work."""
        text = needed(clean_text(typed, self.limit, "The text"), "The text")
        for name in BLANK.findall(text):
            if name not in self.blanks:
                raise Refused(f"There is nothing to fill in for a blank of that name. {self.blanks_in_words()}")
        self.check(text)
        return text

    def blanks_in_words(self) -> str:
        if not self.blanks:
            return "This text has no blanks, so leave curly brackets out."
        return f"It may have these blanks: {', '.join(f'{{{name}}}' for name in self.blanks)}."

    def example(self, text: str) -> str:
        return fill(text, self.blanks)


@dataclass(frozen=True)
class Change:
    """What a program put in place of a shipped text. Version 0 is not stored yet."""

    key: str
    text: str
    by: MemberId
    at: datetime
    version: int = 0


def fill(text: str, values: Mapping[str, str]) -> str:
    """With the blanks filled in; a blank that nobody knows stays as it is."""
    return BLANK.sub(lambda found: values.get(found[1], found[0]), text)


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def adds_up_to(minutes: int) -> Callable[[str], None]:
    """Every line begins with its minutes, and together they are what the meeting has."""

    def check(text: str) -> None:
        found = [TIMED.match(line) for line in lines(text)]
        if not all(found):
            raise Refused('Begin every line with its time, such as "5 minutes: who you are".')
        total = sum(int(one[1]) for one in found if one)
        if total != minutes:
            raise Refused(f"The lines add up to {total} minutes, and this is for {minutes}. Please make them fit.")

    return check


def at_most(count: int) -> Callable[[str], None]:
    """A list that stays short enough to be read."""

    def check(text: str) -> None:
        if len(lines(text)) > count:
            raise Refused(f"Keep it to {count} lines; fewer are read by more people.")

    return check
