"""How far a search has come, and whether it may go on.

A search is as long as its number of steps, never as the clock says, so the same draw takes the same way on a slow machine.
When somebody stops it, the step at which that happened is noted; the replay stops there too.
"""

from dataclasses import dataclass

from bot.domain.matching.options import Watch


@dataclass
class Pace:
    watch: Watch
    steps: int
    stop_at: int | None = None
    done: int = 0
    stopped: bool = False

    def step(self) -> bool:
        """Take one more step, or learn that it is over."""
        if self.stopped or self.done >= self.steps:
            return False
        self.watch.progress(self.done, self.steps)
        if self.watch.stopped() or self.done == self.stop_at:
            self.stopped = True
            return False
        self.done += 1
        return True
