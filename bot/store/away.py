"""Whether an error says that the database is not there for the moment: gone, locked by somebody, or out of room."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError, TimeoutError

from bot.domain.errors import Refused
from bot.domain.ids import TeamId

AWAY = "I can't get at my notes at the moment, so nothing was changed. Please try again in a few minutes."
"""What members hear while the database is away."""
OF_SQLITE = ("locked", "disk is full", "readonly", "unable to open", "disk i/o error")
"""SQLite has one class for these and for mistakes in a statement."""

log = structlog.get_logger("store")


def is_away(problem: BaseException) -> bool:
    """What was asked then was not done, and may be asked again once the database is back."""
    if isinstance(problem, TimeoutError):
        return True
    if not isinstance(problem, DBAPIError):
        return False
    said = str(problem.orig).lower()
    if type(problem.orig).__module__.startswith("sqlite3"):
        return any(words in said for words in OF_SQLITE)
    return isinstance(problem, (OperationalError, InterfaceError)) or problem.connection_invalidated


@contextmanager
def said_where_away(team: TeamId) -> Iterator[None]:
    """Whoever asks for something while the database is away hears it in a sentence."""
    try:
        yield
    except SQLAlchemyError as problem:
        if not is_away(problem):
            raise
        log.error("the database is away", problem=type(problem).__name__, team=team)
        raise Refused(AWAY) from problem
