"""Two PostgreSQL servers of the test wheel, one a standby of the other, behind one address; and a fail-over.

The address is a folder with a link to the socket of whichever is in charge. The standby is cut off some seconds before the
other one dies, so that it lacks what happened in them, as one that lags does.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests import postgres

SOCKET = ".s.PGSQL.5432"
DATABASE = "mentor"
SETTINGS = (
    *("fsync=off", "full_page_writes=off", "max_connections=100", "listen_addresses=", "wal_level=replica"),
    *("max_wal_senders=4", "hot_standby=on", "wal_keep_size=512MB"),
)


class Pair:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._binaries = postgres._binaries(folder)
        self._log = (folder / "log").open("ab")
        self._running: list[subprocess.Popen[bytes]] = []
        for name in ("one", "two", "front"):
            (folder / name).mkdir()
        if os.geteuid() == 0:
            for place in (folder, folder / "one", folder / "two"):
                os.chown(place, postgres.NOBODY, postgres.NOBODY)

    @property
    def url(self) -> str:
        return f"postgresql://mentor@/{DATABASE}?host={self._folder / 'front'}"

    def start(self) -> None:
        self._do("initdb", *f"-U mentor -A trust -E UTF8 --locale=C --no-sync -D {self._folder}/one/data".split())
        self._serve("one")
        self._face("one")
        with self._connected("one", "postgres") as connection:
            connection.execute(f"CREATE DATABASE {DATABASE}")
        self._do(
            "pg_basebackup",
            *f"-U mentor -h {self._folder}/one -D {self._folder}/two/data -R -X stream -c fast".split(),
        )
        self._serve("two")

    def cut_off(self) -> None:
        """From now on the standby hears nothing more."""
        with self._connected("two") as connection:
            connection.execute("ALTER SYSTEM SET primary_conninfo = ''")
            connection.execute("SELECT pg_reload_conf()")

    def fail_over(self, away: float) -> None:
        """The one in charge dies at once; some seconds later the other one is in charge."""
        self._running[0].send_signal(signal.SIGQUIT)
        self._running[0].wait()
        time.sleep(away)
        with self._connected("two") as connection:
            connection.execute("SELECT pg_promote()")
        self._face("two")

    def stop(self) -> None:
        for server in self._running:
            if server.poll() is None:
                server.send_signal(signal.SIGQUIT)
                server.wait()
        self._log.close()

    def _serve(self, name: str) -> None:
        place = self._folder / name
        options = [part for setting in SETTINGS for part in ("-c", setting)]
        server = postgres._spawn(
            [str(self._binaries / "postgres"), "-D", str(place / "data"), "-k", str(place), *options], self._log
        )
        self._running.append(server)
        postgres._wait(server, place, self._folder / "log")

    def _face(self, name: str) -> None:
        new = self._folder / "front" / "new"
        new.symlink_to(self._folder / name / SOCKET)
        new.replace(self._folder / "front" / SOCKET)

    def _connected(self, name: str, database: str = DATABASE) -> psycopg.Connection:
        return psycopg.connect(f"postgresql://mentor@/{database}?host={self._folder / name}", autocommit=True)

    def _do(self, program: str, *given: str) -> None:
        if postgres._spawn([str(self._binaries / program), *given], self._log).wait():
            raise RuntimeError(f"{program} failed:\n{(self._folder / 'log').read_text(errors='replace')[-2000:]}")


@contextmanager
def running() -> Iterator[Pair]:
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp" if os.geteuid() == 0 else None))
    pair = Pair(folder)
    try:
        pair.start()
        yield pair
    finally:
        pair.stop()
        shutil.rmtree(folder, ignore_errors=True)
