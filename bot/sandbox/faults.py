"""Trouble on order: what goes wrong in the next calls and deliveries, and how often."""

from dataclasses import dataclass
from typing import Literal

FaultKind = Literal[
    "drop_ack", "ratelimit", "http_500", "http_500_after", "cut_after_accept", "cut_before", "slow", "error"
]


@dataclass
class Trouble:
    kind: FaultKind
    method: str = ""  # "" = any
    error: str = "internal_error"
    times: int = 1
    seconds: float = 1.0


class Faults:
    def __init__(self) -> None:
        self.planned: list[Trouble] = []

    def plan(self, trouble: Trouble) -> None:
        self.planned.append(trouble)

    def clear(self) -> None:
        self.planned.clear()

    def take(self, method: str, *kinds: FaultKind) -> Trouble | None:
        """The first trouble of these kinds planned for the method; uses it up by one."""
        for trouble in self.planned:
            if trouble.kind in kinds and trouble.method in ("", method):
                trouble.times -= 1
                if trouble.times <= 0:
                    self.planned.remove(trouble)
                return trouble
        return None
