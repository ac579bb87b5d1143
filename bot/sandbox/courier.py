"""Carrying something to the bot and waiting for its answer, whichever way it is connected."""

import asyncio
from dataclasses import dataclass
from typing import Literal, Protocol

from bot.sandbox.faults import Faults
from bot.sandbox.model import Json

PackageKind = Literal["events_api", "slash_commands", "interactive"]


@dataclass(frozen=True)
class Package:
    kind: PackageKind
    payload: Json
    retry: int = 0
    retry_reason: str = ""


class NotAnswered(Exception):
    """No acknowledgement came in time, or a refusal; `again` is false when the bot asked for no retry."""

    def __init__(self, reason: str, *, again: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.again = again


class Line(Protocol):
    """One way to reach the bot: Socket Mode or signed HTTP."""

    @property
    def connected(self) -> bool: ...

    async def ask(self, package: Package) -> Json | None:
        """Hands it over; answers what came with the acknowledgement, or raises NotAnswered."""
        ...


class Courier:
    def __init__(self, line: Line, faults: Faults, seconds: float) -> None:
        self.line = line
        self.in_flight = 0
        self.carried = 0
        self._faults = faults
        self._seconds = seconds

    async def carry(self, package: Package) -> Json | None:
        self.in_flight += 1
        self.carried += 1
        try:
            answer = await asyncio.wait_for(self.line.ask(package), self._seconds)
        except TimeoutError:
            raise NotAnswered("timeout") from None
        finally:
            self.in_flight -= 1
        if self._faults.take(package.kind, "drop_ack"):
            raise NotAnswered("timeout")
        return answer
