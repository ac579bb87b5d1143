"""Trying something without letting its failure stop the others."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

Result = TypeVar("Result")


async def tried(work: Awaitable[Result]) -> Result | Exception:
    """What it came to, or the exception it ended with. A cancellation still goes through."""
    [outcome] = await asyncio.gather(work, return_exceptions=True)
    if isinstance(outcome, BaseException) and not isinstance(outcome, Exception):
        raise outcome
    return outcome


def named(problem: Exception) -> str:
    """An exception in one line, for the error that is kept with a row."""
    return f"{type(problem).__name__}: {problem}"[:500]
