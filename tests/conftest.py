"""A migrated database each, on SQLite and on PostgreSQL; a still clock; a watched Slack.

A test that asks for `store` (or `engine`, `database_url`) runs once an engine. `--database sqlite` runs one of them,
and `@pytest.mark.database("sqlite")` keeps a test to the one it is about.
Both are migrated once: on SQLite each test gets a copy of the file; on PostgreSQL all get the same database, emptied,
because a new one would take forty times as long. A test that changes the schema asks for `fresh_url` instead.
"""

import gc
import shutil
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.ids import TeamId
from bot.feature import Deps
from bot.slack.directory import Directory
from bot.slack.gateway import Gateway
from bot.store.engine import connect
from bot.store.keyring import Keyring, new_key
from bot.store.migrate import upgrade
from bot.store.tables import every_table
from bot.store.unit_of_work import Store, inside_work
from tests import postgres
from tests.clock import StillClock
from tests.watched import WatchedSlack

ENGINES = ("sqlite", "postgresql")

# Properties must not fail because the machine is busy: how long an example takes is held nowhere.
settings.register_profile("project", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("project")


# A build server may start all this with interrupts ignored; what tests say about Ctrl+C is about a terminal.
signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=(*ENGINES, "both"), default="both", help="which database the tests use")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" in metafunc.fixturenames:
        wanted = metafunc.config.getoption("--database")
        marker = metafunc.definition.get_closest_marker("database")
        about = marker.args if marker else ENGINES
        metafunc.parametrize("database", [name for name in about if wanted in ("both", name)])


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first: begun last, it would keep one worker busy while the others have nothing left."""
    items.sort(key=lambda item: item.get_closest_marker("timeout") is None)


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: without it, looking for garbage is ten times as quick."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


@pytest.fixture
def team() -> TeamId:
    return TeamId("T0OAK")


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture(scope="session")
def keyring() -> Keyring:
    return Keyring.parse(new_key())


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory, keyring: Keyring) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.db"
    upgrade(f"sqlite:///{path}", keyring)
    return path


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgres.Cluster]:
    with postgres.running() as url:
        cluster = postgres.Cluster(url)
        yield cluster
        cluster.close()


@pytest.fixture(scope="session")
def postgres_template(cluster: postgres.Cluster, keyring: Keyring) -> Iterator[str]:
    name = cluster.create()
    upgrade(cluster.url_of(name), keyring)
    yield name
    cluster.drop(name)


@pytest.fixture(scope="session")
def postgres_reused(cluster: postgres.Cluster, postgres_template: str) -> Iterator[postgres.Reused]:
    reused = postgres.Reused(cluster, postgres_template, every_table())
    yield reused
    reused.close()


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("database") / "mentor.db"


@pytest.fixture
def database_url(database: str, request: pytest.FixtureRequest) -> str:
    """The address of a migrated database that holds nothing yet; the same address for every test."""
    if database == "postgresql":
        return str(request.getfixturevalue("postgres_reused").emptied())
    path = request.getfixturevalue("sqlite_file")
    # New files instead of new content: a connection that an earlier test left open goes on with the old ones.
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
    return f"sqlite:///{path}"


@pytest.fixture
def fresh_url(database: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The same, of a database that no other test uses afterwards."""
    if database == "sqlite":
        path = request.getfixturevalue("tmp_path") / "fresh.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    cluster = request.getfixturevalue("cluster")
    name = cluster.create(request.getfixturevalue("postgres_template"))
    yield cluster.url_of(name)
    cluster.drop(name)


@pytest.fixture
def empty_url(database: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database without any table."""
    if database == "sqlite":
        yield f"sqlite:///{request.getfixturevalue('tmp_path')}/empty.db"
        return
    cluster = request.getfixturevalue("cluster")
    name = cluster.create()
    yield cluster.url_of(name)
    cluster.drop(name)


@pytest.fixture(scope="session")
def engines(keyring: Keyring) -> Callable[[str], AsyncEngine]:
    """One engine an address for all tests: it keeps compiled statements, which take longer than to run them."""
    return cache(lambda url: connect(url, keyring))


@pytest.fixture
async def engine(database_url: str, engines: Callable[[str], AsyncEngine]) -> AsyncIterator[AsyncEngine]:
    # A view of it, so that a test's event listeners end with the test; its connections do too.
    engine = engines(database_url).execution_options()
    yield engine
    await engine.dispose()


@pytest.fixture
def store(engine: AsyncEngine) -> Store:
    return Store(engine)


@pytest.fixture
def slack() -> WatchedSlack:
    return WatchedSlack()


@pytest.fixture
def gateway(slack: WatchedSlack) -> Gateway:
    return Gateway(lambda _team: slack, inside_work, slack.put)


@pytest.fixture
def deps(store: Store, gateway: Gateway, clock: StillClock) -> Deps:
    """What a handler gets. `replace(deps, home=…)` where a test needs more of it."""
    return Deps(store=store, slack=gateway, directory=Directory(gateway), now=clock.now)
