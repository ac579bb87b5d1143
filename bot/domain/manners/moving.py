"""A reader moves to another zone: what waits for a morning of theirs waits for the morning there."""

from dataclasses import replace
from datetime import datetime

from bot.domain import when
from bot.domain.manners.deciding import Letter, Reader, Wait, placed


def followed(letter: Letter, before: str, reader: Reader, now: datetime) -> tuple[Letter, str]:
    """The letter as it waits by the new clock, and why.

    A letter that was due at the beginning of a day there is due at the beginning of the same day here, one that was of
    no use after the end of a day is of use until the end of that day. Any other moment is one of the world's and stays;
    where it falls into quiet hours now, the letter goes when they end.
    """
    here = replace(letter, due=_due(letter, before, reader), deadline=_deadline(letter, before, reader))
    moved: Wait | None = placed(here, reader, now)
    return (replace(here, due=moved.until), moved.why) if moved else (here, "")


def _due(letter: Letter, before: str, reader: Reader) -> datetime:
    there = when.local(letter.due, before)
    if there.time() not in (when.MORNING, reader.hours.opens):
        return letter.due
    # It may be over already: then the letter goes at once, and is looked for first where the database lost a while.
    return when.to_utc(there.date(), there.time(), reader.hours.zone)


def _deadline(letter: Letter, before: str, reader: Reader) -> datetime | None:
    """Never earlier: a moment of the world may look like an evening."""
    if letter.deadline is None:
        return None
    there = when.local(letter.deadline, before)
    if there.time() != when.EVENING:
        return letter.deadline
    return max(letter.deadline, when.to_utc(there.date(), when.EVENING, reader.hours.zone))
