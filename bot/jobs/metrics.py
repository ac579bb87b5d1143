"""What a watcher is shown: how the outbox stands, what was sent, how late the ticks are."""

from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.store.agenda import Figures

LATENESS = (0.5, 1, 2, 3, 5, 10, 30, 60, 300, 1800, 7200)


class Meter:
    """One registry a loop, so that two of them in one process do not meet."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._standing = Gauge("mentor_outbox", "Letters by state", ["state"], registry=self.registry)
        self._oldest = Gauge("mentor_outbox_oldest_due_seconds", "Age of the oldest due", registry=self.registry)
        self._sent = Counter("mentor_letters_sent", "Letters sent", ["kind"], registry=self.registry)
        self._failed = Counter("mentor_letters_failed", "Sendings that failed", ["meaning"], registry=self.registry)
        self._slowed = Counter("mentor_slack_slowed", "Answers of 429 to a letter", registry=self.registry)
        self._late = Histogram(
            "mentor_letter_lateness_seconds", "From due to sent", registry=self.registry, buckets=LATENESS
        )
        self._inbox = Gauge("mentor_inbox", "Events by state", ["state"], registry=self.registry)
        self._ticks = Gauge(
            "mentor_tick_age_seconds", "Since a tick last ended well", ["tick"], registry=self.registry
        )

    def sent(self, kind: str, due: datetime, now: datetime) -> None:
        self._sent.labels(kind).inc()
        self._late.observe((now - due).total_seconds())

    def failed(self, meaning: str, *, slowed: bool) -> None:
        self._failed.labels(meaning).inc()
        self._slowed.inc(slowed)

    def standing(self, figures: Figures, now: datetime) -> None:
        for state in ("pending", "sending", "unknown", "uncertain", "dead"):
            self._standing.labels(state).set(getattr(figures, state))
        self._oldest.set((now - figures.oldest_due).total_seconds() if figures.oldest_due else 0)

    def inbox(self, counts: dict[str, int]) -> None:
        for state in ("new", "doing", "dead"):
            self._inbox.labels(state).set(counts.get(state, 0))

    def tick(self, name: str, age: float) -> None:
        self._ticks.labels(name).set(age)

    def text(self) -> bytes:
        return generate_latest(self.registry)
