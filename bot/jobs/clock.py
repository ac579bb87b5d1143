"""A clock that is not fooled by somebody who sets the machine's.

The wall clock says what time it is, the monotonic one how long something took; when they disagree, the wall clock was set,
or the machine stood still. Which of them is right only a third one can say: Slack's, which comes with every answer. Until it
was asked, nothing is sent; then its word counts, so that an hour more or less on the machine is no hour in the letters.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

TOLERANCE = timedelta(seconds=2.5)
"""What Slack's whole seconds, the way there and a clock that is put right little by little may come to."""
ASK_EVERY = 600.0

log = structlog.get_logger("clock")


async def _nobody() -> datetime | None:
    return None


class TrustedClock:
    """`wall` and `monotonic` are the machine's; `ask` asks Slack what time it is, None where it does not say."""

    def __init__(self, wall: Callable[[], datetime], monotonic: Callable[[], float]) -> None:
        self.ask: Callable[[], Awaitable[datetime | None]] = _nobody
        self._wall = wall
        self._monotonic = monotonic
        self._offset = timedelta()
        """By how much the wall clock is known to be ahead."""
        self._anchor = (wall(), monotonic())
        self._asked = monotonic() - ASK_EVERY
        self._stepped = False

    @property
    def steady(self) -> bool:
        """Whether it is certain what time it is; what was measured before is not to be relied on where it is not."""
        self.now()
        return not self._stepped

    @property
    def wrong(self) -> str:
        """What is wrong with the machine's clock, in a sentence; "" when nothing is."""
        if not self.steady:
            return "The machine's clock was set. Nothing is sent until Slack was asked what time it is."
        if abs(self._offset) <= TOLERANCE:
            return ""
        word = "ahead" if self._offset > timedelta() else "behind"
        seconds = round(abs(self._offset).total_seconds())
        return f"The machine's clock is {seconds} seconds {word} of Slack's; the bot goes by Slack's."

    def now(self) -> datetime:
        """The time as the wall clock says it, as long as nobody has set it; else as it must be by now."""
        moment, passed = self._wall() - self._offset, self._expected()
        if self._stepped or abs(moment - passed) > TOLERANCE:
            if not self._stepped:
                log.warning("the clock was set", by=str(moment - passed))
            self._stepped = True
            return passed
        self._anchor = (moment, self._monotonic())
        return moment

    def hear(self, word: datetime) -> None:
        """Slack has said what time it is."""
        wall, passed = self._wall(), self._expected()
        if abs(wall - word) <= TOLERANCE:
            true = wall
        elif abs(passed - word) <= TOLERANCE:
            true = passed
        else:
            true = word
        before, self._offset = self._offset, wall - true
        self._anchor = (true, self._monotonic())
        if self._stepped or abs(before - self._offset) > TOLERANCE:
            log.warning("the time is known", ahead_of_slack=str(self._offset), moved=str(true - passed))
        self._stepped = False

    async def check(self) -> None:
        """Ask Slack now and then, and at once where the clock was set. A failure leaves it for the next time."""
        if self.steady and self._monotonic() - self._asked < ASK_EVERY:
            return
        word = await self.ask()
        self._asked = self._monotonic()
        if word is not None:
            self.hear(word)

    def _expected(self) -> datetime:
        moment, at = self._anchor
        return moment + timedelta(seconds=self._monotonic() - at)
