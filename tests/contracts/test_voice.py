"""How the bot speaks, as far as a machine can tell, over every snapshot of a message; see docs/voice.md."""

import html
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

FIRST_LINE = 150
SCREEN = 1600
"""Characters of our own words in a message; what people wrote stands in quotations and is not counted."""
LIST = 3000
"""The same, of a list that somebody asked for by a command."""
LISTS = {"test_an_audit_log_of_everything", "test_circles_with_room[12]", "test_of_many_circles_the_lowest_are_shown"}
HOSTILE = {"test_nasty_words_ring_nobody", "test_letters[welcome-hostile]"}
"""Made of the longest names and words that anybody can write."""
FORBIDDEN = re.compile(
    r"\b(payload|invalid|successfully|please note|oops|unfortunately|error|utili[sz]e|leverage|synergy|stakeholders?|"
    r"failed to|you failed|you missed|overdue|you still haven't|streaks?|behind schedule|asap|reach out|just click)\b",
    re.IGNORECASE,
)
SNAPSHOTS = Path("tests/features")


@cache
def snapshots() -> dict[str, Any]:
    every = sorted(SNAPSHOTS.glob("*/__snapshots__/**/*.json"))
    assert len(every) > 300
    return {f"{path.parts[2]}/{path.stem}": json.loads(path.read_text()) for path in every}


def messages() -> dict[str, Any]:
    return {name: shown for name, shown in snapshots().items() if "blocks" in shown and "type" not in shown}


def words_in(shown: Any) -> Iterator[str]:
    """What the bot itself says there, as a reader sees it."""
    if isinstance(shown, list):
        for one in shown:
            yield from words_in(one)
    elif isinstance(shown, dict) and shown.get("type") in ("plain_text", "mrkdwn") and isinstance(shown["text"], str):
        yield as_read(shown["text"])
    elif isinstance(shown, dict) and shown.get("type") != "rich_text":
        yield from words_in(list(shown.values()))


def as_read(text: str) -> str:
    dated = re.sub(r"<!date\^\d+\^[^|>]*\|([^>]*)>", r"\1", text)
    return html.unescape(re.sub(r"<[@#]\w+(\|[^>]*)?>", "@Somebody", dated))


def first_sentence(shown: Any) -> str:
    return re.split(r"(?<=[.?!:])\*?\s|\n", next(words_in(shown["blocks"]), ""))[0]


def primaries(shown: Any) -> int:
    if isinstance(shown, list):
        return sum(primaries(one) for one in shown)
    if isinstance(shown, dict):
        own = shown.get("type") == "button" and shown.get("style") == "primary"
        return own + primaries(list(shown.values()))
    return 0


def test_each_message_begins_with_what_is_wanted():
    found = {name: first_sentence(shown) for name, shown in messages().items()}
    assert {name: first for name, first in found.items() if not 0 < len(first.strip()) <= FIRST_LINE} == {}


def test_a_message_has_at_most_one_primary_button():
    assert {name: count for name, shown in messages().items() if (count := primaries(shown)) > 1} == {}


def test_a_message_is_at_most_one_screen():
    found = {name: sum(map(len, words_in(shown["blocks"]))) for name, shown in messages().items()}
    long = {
        name: length for name, length in found.items() if name.rpartition("/")[2] not in HOSTILE and length > SCREEN
    }
    assert {
        name: length for name, length in long.items() if name.rpartition("/")[2] not in LISTS or length > LIST
    } == {}


def test_the_notification_is_a_sentence():
    assert {name for name, shown in messages().items() if not shown["text"].strip()} == set()


def test_no_message_form_or_page_uses_words_that_we_do_not_use():
    found = {(name, word) for name, shown in snapshots().items() for text in words_in(shown) for word in said(text)}
    assert found == set()


def said(text: str) -> list[str]:
    return [hit.group(0).lower() for hit in FORBIDDEN.finditer(text)]
