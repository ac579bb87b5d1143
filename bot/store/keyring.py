"""The keys that seal what people write.

AES-256-GCM. The first key seals, every key opens, so a key is changed by putting a new one in front and sealing
everything again (`python -m bot rotate-keys`). The associated data is "table.column": a sealed text copied into
another column does not open.
"""

import base64
import binascii
import os
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
KEY_BYTES = 32


class KeyringError(Exception):
    """The keys are wrong, or a text was sealed with a key that is not in the ring."""


@dataclass(frozen=True)
class Key:
    name: str
    secret: bytes

    def __repr__(self) -> str:
        return f"Key({self.name!r})"


class Keyring:
    def __init__(self, keys: Sequence[Key]) -> None:
        if not keys:
            raise KeyringError("At least one encryption key is needed.")
        self._first = keys[0].name
        self._ciphers = {key.name: AESGCM(key.secret) for key in keys}

    @property
    def first(self) -> str:
        """The name of the key in use."""
        return self._first

    @classmethod
    def parse(cls, text: str) -> "Keyring":
        """Read "name:base64,name:base64", the key in use first. A key is 32 random bytes."""
        return cls([_parse_key(part.strip()) for part in text.split(",") if part.strip()])

    def seal(self, text: str, column: str) -> str:
        nonce = os.urandom(NONCE_BYTES)
        sealed = self._ciphers[self._first].encrypt(nonce, text.encode(), column.encode())
        return f"{self._first}.{base64.b64encode(nonce + sealed).decode()}"

    def open(self, sealed: str, column: str) -> str:
        name, _, body = sealed.partition(".")
        cipher = self._ciphers.get(name)
        if cipher is None:
            raise KeyringError(f"{column} was sealed with key {name!r}, which is not in MENTOR_ENCRYPTION_KEYS.")
        raw = base64.b64decode(body)
        try:
            return cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], column.encode()).decode()
        except InvalidTag as wrong:
            raise KeyringError(
                f"{column} does not open with key {name!r}: the key changed, or the row was altered."
            ) from wrong

    def is_current(self, sealed: str) -> bool:
        return sealed.startswith(f"{self._first}.")


def _parse_key(part: str) -> Key:
    name, colon, secret = part.partition(":")
    try:
        raw = base64.b64decode(secret, validate=True)
    except binascii.Error:
        raw = b""
    if not colon or not name.isalnum() or len(raw) != KEY_BYTES:
        raise KeyringError(
            "An encryption key looks like k1:BASE64 with 32 random bytes. `python -m bot new-key` makes one."
        )
    return Key(name, raw)


def new_key(name: str = "k1") -> str:
    """A fresh key in the form `Keyring.parse` reads."""
    return f"{name}:{base64.b64encode(os.urandom(KEY_BYTES)).decode()}"
