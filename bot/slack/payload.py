"""What a button or a modal carries: a few numbers and words, packed small, read back with distrust.

A value comes back from the outside, so it may be old or forged: reading gives the right type or `Refused`, and whoever
acts still checks that the member may.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.errors import Refused

Packable = str | int


def pack(**parts: Packable) -> str:
    return json.dumps(parts, separators=(",", ":"), sort_keys=True)


@dataclass(frozen=True)
class Payload:
    parts: Mapping[str, Any]

    @classmethod
    def read(cls, text: str | None) -> "Payload":
        """Anything that `pack` did not write reads as empty."""
        try:
            parts = json.loads(text or "{}")
        except ValueError:
            parts = {}
        return cls(parts if isinstance(parts, dict) else {})

    def number(self, name: str) -> int:
        value = self.parts.get(name)
        if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 2**31:
            raise Refused(OLD)
        return value

    def word(self, name: str) -> str:
        value = self.parts.get(name)
        if not isinstance(value, str):
            raise Refused(OLD)
        return value

    def has(self, name: str) -> bool:
        return name in self.parts


OLD = "That button is from an older message. Open the Home tab, or type `/mentor`, to go on from there."
