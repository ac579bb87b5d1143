"""Runs every benchmark, or those named: `python -m benchmarks acks home`."""

import asyncio
import logging
import sys

import structlog

from benchmarks import acks, delivery, home, matching_circles, matching_pairs, season, season_large, startup
from benchmarks.report import Table

BENCHMARKS = {
    "acks": acks.measure,
    "delivery": delivery.measure,
    "home": home.measure,
    "season": season.measure,
    "season-large": season_large.measure,
    "startup": startup.measure,
    "pairs": matching_pairs.measure,
    "pairs-large": matching_pairs.measure_large,
    "circles": matching_circles.measure,
    "circles-large": matching_circles.measure_large,
    "rounds": matching_circles.measure_rounds,
}
ONLY_BY_NAME = ("season-large", "pairs-large", "circles-large")
"""These take minutes, and about a gigabyte."""


async def main(names: list[str]) -> None:
    for name in names or [name for name in BENCHMARKS if name not in ONLY_BY_NAME]:
        table: Table = await BENCHMARKS[name]()
        print(table.text(), flush=True)


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    unknown = [name for name in sys.argv[1:] if name not in BENCHMARKS]
    if unknown:
        sys.exit(f"No benchmark is called {', '.join(unknown)}. There are: {', '.join(BENCHMARKS)}.")
    asyncio.run(main(sys.argv[1:]))
