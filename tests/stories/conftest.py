"""Stories: the whole bot and the whole sandbox, from a click to a message, over real HTTP and real Socket Mode.

A story that asks for `world` runs twice: over Socket Mode with SQLite, and over signed HTTP with PostgreSQL.
"""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from bot.sandbox.person import World
from bot.sandbox.pretend import START
from bot.sandbox.run import together
from bot.store.unit_of_work import Store

WAYS = {"sqlite": "socket", "postgresql": "http"}


@pytest.fixture
def world_mode(database: str) -> str:
    return WAYS[database]


@pytest.fixture
def world_seed() -> str:
    """Six people and nothing else. A module that needs more overrides it."""
    return "empty"


@pytest.fixture
def world_start() -> datetime:
    """A Monday morning. A module whose stories begin later overrides it, which saves it the days before."""
    return START


@pytest.fixture
async def world(
    world_mode: str, world_seed: str, world_start: datetime, database_url: str, store: Store
) -> AsyncIterator[World]:
    """The bot runs on the store of all tests, whose engine knows the statements that a bot of its own would compile."""
    async with (
        together(seed=world_seed, mode=world_mode, database=database_url, start=world_start, store=store) as both,
        World(both.sandbox.url) as world,
    ):
        yield world
        assert await world.refusals() == []


@pytest.fixture
def ana(world):
    return world.person("Ana")


@pytest.fixture
def bo(world):
    return world.person("Bo")


@pytest.fixture
def miriam(world):
    return world.person("Miriam")


@pytest.fixture
async def program(world, miriam):
    """A program, led by Miriam."""
    await miriam.command("/mentor program")
    await miriam.sees("Smallest circle", in_="modal")
    await miriam.fill({"Name": "Spring 2026"}, submit=True)
    await miriam.close(everything=True)
