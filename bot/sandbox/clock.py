"""The sandbox's clock: real time since its start, plus every jump made so far.

It only ever moves forward. People jump it from the page; the bot is handed `now` and so lives in the same time.
"""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

# Work is due on the half hour at the finest, so nothing that should happen is jumped over.
STEP = timedelta(minutes=30)


class Clock:
    def __init__(self, start: datetime, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._start = start.astimezone(UTC)
        self._monotonic = monotonic
        self._began = monotonic()
        self._jumped = timedelta()

    def now(self) -> datetime:
        elapsed = timedelta(seconds=self._monotonic() - self._began)
        return self._start + elapsed + self._jumped

    def jump_to(self, moment: datetime) -> None:
        """Moves to the moment; one that has passed is left alone, as this clock never runs backward."""
        ahead = moment - self.now()
        if ahead > timedelta():
            self._jumped += ahead


def next_mark(moment: datetime, step: timedelta = STEP) -> datetime:
    """The first full or half hour after the moment; with a step of an hour, full hours only."""
    whole = moment.replace(minute=0, second=0, microsecond=0)
    while whole <= moment:
        whole += step
    return whole


def marks(start: datetime, end: datetime, step: timedelta = STEP) -> Iterator[datetime]:
    """The full and half hours between the two, and the end itself."""
    moment = next_mark(start, step)
    while moment < end:
        yield moment
        moment = next_mark(moment, step)
    yield end
