"""The small checks that every Block Kit rule is made of.

A check looks at one value and notes what is wrong at its place, in Slack's words and with the JSON pointer. Nothing is
raised: Slack reports all it finds, and so do we.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from urllib.parse import urlsplit

Surface = Literal["message", "modal", "home"]


@dataclass(frozen=True)
class Place:
    """Where we are in the payload, and on which surface it is to be shown."""

    surface: Surface
    pointer: str = ""
    problems: list[str] = field(default_factory=list)

    def at(self, key: str | int) -> "Place":
        return replace(self, pointer=f"{self.pointer}/{key}")

    def fault(self, text: str) -> None:
        self.problems.append(f"{text} [json-pointer:{self.pointer or '/'}]")


Check = Callable[[Any, Place], None]
Fields = Mapping[str, Check]


def characters(text: str) -> int:
    """As the strictest of Slack's clients counts them: what lies outside the basic plane is two."""
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


def string(most: int, least: int = 1) -> Check:
    def check(value: Any, place: Place) -> None:
        if not isinstance(value, str):
            place.fault("must provide a string")
        elif characters(value) > most:
            place.fault(f"must be less than {most + 1} characters")
        elif characters(value) < least:
            place.fault(f"must be more than {least - 1} characters")

    return check


def integer(least: int, most: int) -> Check:
    def check(value: Any, place: Place) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            place.fault("must provide an integer")
        elif value > most:
            place.fault(f"must be less than or equal to {most}")
        elif value < least:
            place.fault(f"must be greater than or equal to {least}")

    return check


def number(value: Any, place: Place) -> None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        place.fault("must provide a number")


def boolean(value: Any, place: Place) -> None:
    if not isinstance(value, bool):
        place.fault("must provide a boolean")


def one_of(*values: str) -> Check:
    def check(value: Any, place: Place) -> None:
        if value not in values or not isinstance(value, str):
            place.fault(f"must be one of: {', '.join(values)}")

    return check


def link(most: int, *schemes: str) -> Check:
    """An address with one of these schemes."""
    length = string(most)

    def check(value: Any, place: Place) -> None:
        before = len(place.problems)
        length(value, place)
        if len(place.problems) == before and not _is_address(value, schemes):
            place.fault("must be a valid URL")

    return check


def _is_address(value: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    if parts.scheme not in schemes or any(c.isspace() for c in value):
        return False
    return bool(parts.netloc) or parts.scheme == "mailto"


def array(item: Check, *, most: int, least: int = 1) -> Check:
    def check(value: Any, place: Place) -> None:
        if not isinstance(value, list):
            place.fault("must provide an array")
            return
        if len(value) > most:
            place.fault(f"no more than {most} items allowed")
        if len(value) < least:
            place.fault(f"no fewer than {least} items allowed")
        for index, entry in enumerate(value):
            item(entry, place.at(index))

    return check


def record(required: Fields, optional: Fields | None = None, *rules: Check) -> Check:
    """An object with these properties and no others; the rules look at it once its shape is right."""
    known = {**required, **(optional or {})}

    def check(value: Any, place: Place) -> None:
        if not isinstance(value, dict):
            place.fault("must provide an object")
            return
        before = len(place.problems)
        for name in required:
            if name not in value:
                place.fault(f"missing required field: {name}")
        for name, entry in value.items():
            if name in known:
                known[name](entry, place.at(name))
            else:
                place.fault(f"invalid additional property: {name}")
        if len(place.problems) == before:
            for rule in rules:
                rule(value, place)

    return check


def by_type(kinds: Mapping[str, Check], *, surfaces: Mapping[str, tuple[Surface, ...]] | None = None) -> Check:
    """An object that its `type` tells how to read."""

    def check(value: Any, place: Place) -> None:
        if not isinstance(value, dict):
            place.fault("must provide an object")
            return
        kind = value.get("type")
        if kind is None:
            place.fault("missing required field: type")
        elif not isinstance(kind, str) or kind not in kinds:
            place.at("type").fault(f"unsupported type: {kind}")
        elif surfaces and place.surface not in surfaces[kind]:
            place.at("type").fault(f"unsupported type: {kind}, not available in a {place.surface}")
        else:
            kinds[kind](value, place)

    return check


def exactly_one(*names: str) -> Check:
    def check(value: Any, place: Place) -> None:
        if sum(name in value for name in names) != 1:
            place.fault(f"must provide exactly one of: {', '.join(names)}")

    return check


def at_least_one(*names: str) -> Check:
    def check(value: Any, place: Place) -> None:
        if not any(name in value for name in names):
            place.fault(f"must provide at least one of: {', '.join(names)}")

    return check
