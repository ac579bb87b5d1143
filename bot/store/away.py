"""Whether an error says that the database is not there for the moment: gone, locked by somebody, or out of room."""

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, TimeoutError

OF_SQLITE = ("locked", "disk is full", "readonly", "unable to open", "disk i/o error")
"""SQLite has one class for these and for mistakes in a statement."""


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
