"""Stories: the whole bot and the whole sandbox, from a click to a message, over real HTTP and real Socket Mode.

A story that asks for `world` runs once over Socket Mode with SQLite; those marked `both_ways` run over signed HTTP too,
and those marked `both_databases` on PostgreSQL too.
"""

from collections.abc import AsyncIterator

import pytest

from bot.sandbox.person import World
from bot.sandbox.run import together


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "world_mode" in metafunc.fixturenames:
        ways = ("socket", "http") if metafunc.definition.get_closest_marker("both_ways") else ("socket",)
        metafunc.parametrize("world_mode", ways)


@pytest.fixture
def world_seed() -> str:
    """Six people and nothing else. A module that needs more overrides it."""
    return "empty"


@pytest.fixture
async def world(world_mode: str, world_seed: str, database_url: str) -> AsyncIterator[World]:
    async with (
        together(seed=world_seed, mode=world_mode, database=database_url) as both,
        World(both.sandbox.url) as world,
    ):
        yield world
        assert await world.refusals() == []
