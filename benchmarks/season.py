"""A season of twelve weeks in the sandbox: the two that people play by clicks, and ten in which the clock alone is moved.

The peer of a moved week is the same one with each half hour lived through, as if nobody knew when something is due next.
"""

import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from benchmarks.report import Table
from bot.sandbox.person import World
from bot.sandbox.run import Together, play_season, together

MOVED = 10
LIVED_THROUGH = 2


async def measure() -> Table:
    table = Table("A season of twelve weeks in the sandbox", ("", "seconds", "calls of Slack's"))
    async with together(seed="season") as both, World(both.sandbox.url) as world:
        played = await _timed(both, lambda: play_season(both))
        moved = [await _timed(both, lambda: world.forward(weeks=1)) for _ in range(MOVED)]
        _know_nothing(both)
        slow = [await _timed(both, lambda: world.forward(weeks=1)) for _ in range(LIVED_THROUGH)]
        refused = await world.refusals()
    table.rows += [
        ("two weeks, played by 25 people", *_shown([played])),
        (f"ten weeks moved, each of {MOVED}", *_shown(moved)),
        ("a week, each half hour lived through", *_shown(slow)),
    ]
    whole = played[0] + sum(seconds for seconds, _calls in moved)
    ratio = statistics.median(s for s, _ in moved) / statistics.median(s for s, _ in slow)
    table.remarks += [
        f"  the whole season: {whole:.0f} s; wanted: a minute. A moved week over one lived through: {ratio:.2f}.",
        f"  calls that Slack would have refused: {len(refused)}",
    ]
    return table


async def _timed(both: Together, act: Callable[[], Awaitable[Any]]) -> tuple[float, int]:
    begun, calls = time.perf_counter(), both.sandbox.slack.calls_made
    await act()
    return time.perf_counter() - begun, both.sandbox.slack.calls_made - calls


def _know_nothing(both: Together) -> None:
    async def settle() -> None:
        await both.bot.settle()

    both.sandbox.slack.on_step = settle


def _shown(timed: Sequence[tuple[float, int]]) -> tuple[str, str]:
    seconds, calls = (statistics.median(column) for column in zip(*timed, strict=True))
    return f"{seconds:.1f}", f"{calls:.0f}"
