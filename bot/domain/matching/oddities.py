"""What in a document is allowed and yet counts for nothing, most likely by a slip: ids of nobody who is in it."""

from collections.abc import Iterator, Sequence

from bot.domain.matching.document import Document

NAMED = 3


def oddities(document: Document) -> Iterator[str]:
    """A sentence for each kind of slip."""
    known = document.by_id.keys()
    managers = sorted({one.manager for one in document.people if one.manager and one.manager not in known})
    strangers = sorted({id for past in document.history for id in (past.a, past.b) if id not in known})
    if managers:
        yield f"Note: {_ids(managers)} in manager, and not in people; the line above ends there."
    if strangers:
        yield f"Note: {_ids(strangers)} in history, and not in people; what is said of them counts for nothing."


def _ids(every: Sequence[str]) -> str:
    more = f" and {len(every) - NAMED} more" if len(every) > NAMED else ""
    return f"{', '.join(every[:NAMED])}{more} {'stands' if len(every) == 1 else 'stand'}"
