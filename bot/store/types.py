"""Column types: moments in UTC, sealed texts, lists of words.

`Sealed` finds the keyring on the engine's dialect (set once by `engine.connect`), so no global holds a key.
"""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Dialect, Text, TypeDecorator

from bot.store.keyring import Keyring

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Moment(TypeDecorator[datetime]):
    """An aware UTC moment, stored as whole microseconds since 1970: exact and sortable on both engines."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        gap = value - EPOCH
        return (gap.days * 86_400 + gap.seconds) * 1_000_000 + gap.microseconds

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        seconds, micro = divmod(value, 1_000_000)
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=micro)


class Json(TypeDecorator[Any]):
    """Plain JSON in a text column; keys sorted, so equal values are equal texts."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


class Sealed(TypeDecorator[Any]):
    """A JSON value (most often a text) that only the keyring can read. `column` is "table.column"."""

    impl = Text
    cache_ok = True

    def __init__(self, column: str) -> None:
        super().__init__()
        self.column = column

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return keyring_of(dialect).seal(json.dumps(value, ensure_ascii=False), self.column)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(keyring_of(dialect).open(value, self.column))


def keyring_of(dialect: Dialect) -> Keyring:
    keyring = getattr(dialect, "keyring", None)
    if not isinstance(keyring, Keyring):
        raise RuntimeError("this engine has no keyring: make it with bot.store.engine.connect")
    return keyring
