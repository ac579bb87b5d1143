"""How long things may take on the way out. One sending is well inside a lease, a lease well inside a quarantine's end."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.store.leases import Pace


@dataclass(frozen=True)
class Terms:
    pace: Pace = field(default_factory=Pace)
    at_once: int = 8
    """How many letters may be on their way at the same time."""
    send_limit: timedelta = timedelta(seconds=20)
    lease: timedelta = timedelta(seconds=60)
    quarantine: timedelta = timedelta(seconds=60)
    """Longer than a request can still be on its way after we gave up on it."""
    shadow: timedelta = timedelta(minutes=2)
    """How long after a restore or a fail-over was seen a letter that is due may have gone out before it: another replica
    may still have sent, and what was planned in the lost past is planned again."""
    look_back: timedelta = timedelta(minutes=5)
    """How much before a letter's start is looked at: wide, for the marker is the letter's own and clocks differ."""
    first_pause: timedelta = timedelta(seconds=30)
    longest_pause: timedelta = timedelta(hours=1)
    most_failures: int = 10
    watch_every: float = 5.0
    """Seconds between looks at whether a tick is missing."""

    @property
    def last_start(self) -> timedelta:
        """How late after the claim a sending may still begin, so that it ends inside the lease."""
        return self.lease - self.send_limit - timedelta(seconds=5)

    def again(self, failures: int, now: datetime) -> datetime | None:
        """When to try again after one more failure; None when it is time to give up."""
        if failures + 1 >= self.most_failures:
            return None
        pause: timedelta = min(self.first_pause * 2**failures, self.longest_pause)
        return now + pause
