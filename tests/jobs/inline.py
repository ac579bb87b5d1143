"""SQLite and threads without threads, for simulations: everything runs where it is asked, so a seed plays the same each time.

A statement yields to nobody, so a second writer would wait for the first for ever; `CrashingStore(…, turns=Lock())` lets one
transaction in at a time, as BEGIN IMMEDIATE does.
"""

import asyncio
import os
from typing import Any

import aiosqlite
import pytest


class Inline:
    """Stands where aiosqlite's queue to its thread does, and where the thread does."""

    daemon = True

    def start(self) -> None:
        """There is nothing to start."""

    def put_nowait(self, task: tuple[asyncio.Future[Any] | None, Any]) -> None:
        future, work = task
        try:
            outcome = work()
        except Exception as problem:
            if future:
                future.set_exception(problem)
        else:
            if future:
                future.set_result(outcome)


def without_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    really = aiosqlite.connect

    def connect(*given: Any, **more: Any) -> aiosqlite.Connection:
        connection = really(*given, **more)
        connection._tx = connection._thread = Inline()
        return connection

    async def at_once(work: Any, *given: Any) -> Any:
        return work(*given)

    monkeypatch.setattr(aiosqlite, "connect", connect)
    monkeypatch.setattr(asyncio, "to_thread", at_once)
    monkeypatch.setattr(os, "fsync", lambda _handle: None)
