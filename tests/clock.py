"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""A Monday morning, four weeks before most of Europe changes its clocks."""


class StillClock:
    def __init__(self, start: datetime = START) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def forward(self, **step: float) -> datetime:
        """Move on: `clock.forward(days=1, hours=2)`; the new time."""
        self._now += timedelta(**step)
        return self._now

    def to(self, moment: datetime) -> datetime:
        self._now = moment.astimezone(UTC)
        return self._now
