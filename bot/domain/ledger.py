"""A member's own log: meetings, topics, takeaways, follow-ups. It is theirs alone; what they shared is marked.

It outlives every relationship, goes with its owner in an export, and to a new mentor by their choice alone.
"""

import csv
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.errors import Refused, RefusedFields
from bot.domain.ids import MemberId, NoteId, RelationshipId
from bot.domain.matching.skills import fold

LIMITS = {"topics": 200, "takeaways": 1500, "follow_ups": 600}
MOST_CARRIED = 10
HEADINGS = ("Day", "With", "Topics", "Takeaways", "Follow-ups", "Shared with")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Entry:
    """What the owner writes; the names of its fields are those of the form."""

    on: date
    topics: str = ""
    takeaways: str = ""
    follow_ups: str = ""
    about: MemberId | None = None
    """Whom it was with."""


@dataclass(frozen=True)
class Note:
    id: NoteId
    owner: MemberId
    entry: Entry
    written_at: datetime
    relationship: RelationshipId | None = None
    shared: Mapping[MemberId, datetime] | None = None
    """With whom the owner shared it, and when."""
    version: int = 1

    @property
    def shared_with(self) -> tuple[MemberId, ...]:
        return tuple(self.shared or ())


def check(entry: Entry) -> Entry:
    if not (entry.topics or entry.takeaways or entry.follow_ups):
        raise RefusedFields({"takeaways": "Write one thing to remember."})
    return entry


def share(notes: Sequence[Note], reader: MemberId, now: datetime) -> list[Note]:
    """The same notes, marked as shared; for as many as somebody will read."""
    if not notes:
        raise RefusedFields({"notes": "Pick at least one note."})
    if len(notes) > MOST_CARRIED:
        raise Refused(f"Pick {MOST_CARRIED} at most; a new beginning needs few.")
    return [replace(note, shared={**(note.shared or {}), reader: now}) for note in notes]


def search(notes: Iterable[Note], words: str) -> list[Note]:
    """Those that hold all of these words, however they are written."""
    wanted = fold(words).split()
    return [note for note in notes if all(word in _text(note) for word in wanted)]


def _text(note: Note) -> str:
    return fold(" ".join((note.entry.topics, note.entry.takeaways, note.entry.follow_ups)))


# Taken along


def _row(note: Note, names: Mapping[MemberId, str]) -> list[str]:
    entry = note.entry
    shared = ", ".join(names.get(member, member) for member in note.shared_with)
    about = names.get(entry.about, entry.about) if entry.about else ""
    return [entry.on.isoformat(), about, entry.topics, entry.takeaways, entry.follow_ups, shared]


def as_csv(notes: Collection[Note], names: Mapping[MemberId, str]) -> bytes:
    """For a spreadsheet, which must not take a note for a formula."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(HEADINGS)
    for note in notes:
        table.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in _row(note, names)])
    return written.getvalue().encode("utf-8-sig")


def as_markdown(notes: Collection[Note], names: Mapping[MemberId, str]) -> bytes:
    parts = ["# My mentoring ledger", ""]
    for note in notes:
        day, about, topics, takeaways, follow_ups, shared = _row(note, names)
        parts += [f"## {day}{f', with {_plain(about)}' if about else ''}", ""]
        for heading, text in (("Topics", topics), ("Takeaways", takeaways), ("Follow-ups", follow_ups)):
            if text:
                parts += [f"**{heading}**", "", *(f"> {_plain(line)}" for line in text.splitlines()), ""]
        if shared:
            parts += [f"*Shared with {_plain(shared)}*", ""]
    return "\n".join(parts).encode()


def _plain(text: str) -> str:
    """What would be read as a heading, a link or a tag stays what was written."""
    return "".join(f"\\{one}" if one in "\\`*_[]<>#|!" else one for one in text)
