"""One process for one SQLite file.

Two would each pace Slack by their own clock and wait for each other's writes; several replicas are what PostgreSQL is for.
The lock is the operating system's, so it is gone with the process, however that ends.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url


class InUse(Exception):
    """Another process runs on this file."""


@contextmanager
def alone(url: str) -> Iterator[None]:
    """Hold the SQLite file for this process until the block ends; `InUse` where another one does. A file `….lock` beside
    it stays there. PostgreSQL is shared, so nothing is held."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        yield
        return
    with Path(f"{Path(parsed.database).resolve()}.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUse(parsed.database) from None
        yield
