"""Strict reading of JSON: each value knows its path, and a refusal names path, value and what is allowed.

Nothing is guessed and nothing is skipped: an unknown key, a key that stands twice, NaN, a number where a
word is due, a bidirectional control character in a name all stop the reading with a sentence.
"""

import difflib
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from bot.domain.errors import Refused

LARGEST_TEXT = 96_000_000
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@:+|-]{0,79}\Z")
CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])\Z|24:00\Z")
# Format characters (zero width, direction marks) make two names look the same; only joiners of emoji pass.
JOINERS = "\u200d\ufe0f"


class DocumentError(Refused):
    """The document is wrong; the text says where, what stands there and what may stand there."""


def load(text: str) -> "Node":
    if len(text) > LARGEST_TEXT:
        raise DocumentError(f"The document has {len(text):,} characters; at most {LARGEST_TEXT:,} are read.")
    try:
        value = json.loads(text, object_pairs_hook=_once_each, parse_constant=_no_constant)
    except json.JSONDecodeError as wrong:
        raise DocumentError(
            f"The document is not JSON: {wrong.msg} in line {wrong.lineno}, column {wrong.colno}."
        ) from None
    except RecursionError:
        raise DocumentError("The document is not a matching document: it is nested too deeply.") from None
    except ValueError:
        raise DocumentError("The document holds a number with too many digits.") from None
    return Node("document", value)


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise DocumentError(f"The key {shown(twice)} stands twice in one object; write it once.")
    return found


def _no_constant(name: str) -> NoReturn:
    raise DocumentError(f"The document holds {name}; only whole numbers are allowed.")


def shown(value: object) -> str:
    text = json.dumps(value, default=repr)
    return text if len(text) <= 60 else text[:57] + "…"


@dataclass(frozen=True)
class Node:
    """A value of the document and where it stands."""

    path: str
    value: object

    def refusal(self, allowed: str) -> DocumentError:
        return DocumentError(f"{self.path} is {shown(self.value)}; allowed: {allowed}.")

    def record(self, *keys: str) -> "Record":
        if not isinstance(self.value, dict):
            raise self.refusal(f"an object with the keys {', '.join(keys)}")
        for key in self.value:
            if key not in keys:
                raise self._unknown(key, keys)
        return Record(self.path, self.value)

    def _unknown(self, key: str, keys: tuple[str, ...]) -> DocumentError:
        near = difflib.get_close_matches(key, keys, n=1)
        hint = f" Did you mean {near[0]}?" if near else ""
        return DocumentError(f"{self.path} has the unknown key {shown(key)}; allowed: {', '.join(keys)}.{hint}")

    def entries(self) -> Iterator[tuple[str, "Node"]]:
        """The pairs of an object whose keys are free."""
        if not isinstance(self.value, dict):
            raise self.refusal("an object")
        for key, value in self.value.items():
            yield key, Node(f"{self.path}[{shown(key)}]", value)

    def nodes(self, *, most: int = 1_000_000) -> list["Node"]:
        if not isinstance(self.value, list):
            raise self.refusal("a list")
        if len(self.value) > most:
            raise DocumentError(f"{self.path} has {len(self.value):,} entries; allowed: at most {most:,}.")
        return [Node(f"{self.path}[{place}]", value) for place, value in enumerate(self.value)]

    def tuple_of(self, count: int, allowed: str) -> list["Node"]:
        if not isinstance(self.value, list) or len(self.value) != count:
            raise self.refusal(allowed)
        return self.nodes()

    def whole(self, low: int, high: int) -> int:
        if isinstance(self.value, bool) or not isinstance(self.value, int) or not low <= self.value <= high:
            raise self.refusal(f"a whole number from {low} to {high}")
        return self.value

    def flag(self) -> bool:
        if not isinstance(self.value, bool):
            raise self.refusal("true or false")
        return self.value

    def text(self, *, longest: int = 120) -> str:
        if not isinstance(self.value, str) or not self.value.strip() or len(self.value) > longest:
            raise self.refusal(f"a text of 1 to {longest} characters")
        if self.value.isascii() and self.value.isprintable():
            return self.value.strip()
        if any(_hidden(letter) for letter in self.value):
            raise self.refusal("a text without control, direction or zero-width characters")
        return unicodedata.normalize("NFC", self.value.strip())

    def texts(self, *, most: int = 200) -> tuple[str, ...]:
        return tuple(dict.fromkeys(node.text() for node in self.nodes(most=most)))

    def one_of(self, *allowed: str) -> str:
        if not isinstance(self.value, str) or self.value not in allowed:
            raise self.refusal("one of " + ", ".join(allowed))
        return self.value

    def id(self) -> str:
        if not isinstance(self.value, str) or not ID.match(self.value):
            raise self.refusal("an id of 1 to 80 plain letters, digits or . _ - @ : + |, letter or digit first")
        return self.value

    def clock(self) -> int:
        """Minutes since midnight of a local time such as "09:30"; "24:00" is the day's end."""
        if not isinstance(self.value, str) or not CLOCK.match(self.value):
            raise self.refusal('a local time from "00:00" to "24:00"')
        hours, minutes = self.value.split(":")
        return int(hours) * 60 + int(minutes)


def _hidden(letter: str) -> bool:
    return unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") and letter not in JOINERS


@dataclass(frozen=True)
class Record:
    """An object whose keys are known; null counts as not given."""

    path: str
    values: dict[str, object]

    def find(self, key: str) -> Node | None:
        value = self.values.get(key)
        return None if value is None else Node(f"{self.path}.{key}" if self.path != "document" else key, value)

    def need(self, key: str, allowed: str) -> Node:
        node = self.find(key)
        if node is None:
            raise DocumentError(f"{self.path} has no {key}; allowed: {allowed}.")
        return node
