"""Draws in a process of its own: it takes seconds of pure arithmetic, which must not hold up anybody's click.

The child (`bot.drawer`) gets the document and the options and nothing else: no settings, no keys, no database. Its memory
is bounded. When the bot ends, loses patience or is told to stop, the child ends too.
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.domain.errors import Refused
from bot.domain.matching import Options

Told = Callable[[int, int], None]
"""Called as a draw goes on: so many steps are done, of so many."""

# Only the matcher is imported there: numpy and scipy stay out of the bot's own process.
PROGRAM = ("-m", "bot.drawer")
LONGEST_LINE = 1 << 30
MIB = 1 << 20
LIBRARIES, EACH_BYTE = 512 * MIB, 32
"""What the libraries take of address space before anything is drawn, and what each byte of a document may add to it."""
KILLED = {-signal.SIGKILL, -signal.SIGABRT}
"""How a child ends that the system, or a library in it, ends for want of memory."""


class DrawFailed(Exception):
    """The child ended without an answer; the text is for the operator."""


class OutOfMemory(DrawFailed):
    """More memory was needed than there may be; `bound` is that in bytes."""

    def __init__(self, bound: int) -> None:
        super().__init__(f"more than {bound // MIB} MiB of memory were needed")
        self.bound = bound


@dataclass(frozen=True)
class Terms:
    """`seconds` is when a draw ends with the best answer so far, `patience` when it ends without one. `memory` is in bytes;
    0 goes by the size of the document."""

    seconds: float = 480.0
    patience: float = 600.0
    memory: int = 0

    def memory_for(self, document: str) -> int:
        return self.memory or LIBRARIES + EACH_BYTE * len(document)


def nobody(_done: int, _total: int) -> None:
    """Nobody to tell."""


@dataclass(frozen=True)
class Asked:
    """The matcher's word for what is drawn (circles, pairs), the text of the document, and how to draw."""

    problem: str
    document: str
    options: Options


async def draw_by_child(asked: Asked, terms: Terms = Terms(), *, told: Told = nobody) -> str:
    """The answer of the matcher, byte for byte; `Refused` where it says that it can't be done."""
    memory = terms.memory_for(asked.document)
    given: dict[str, object] = {
        "problem": asked.problem,
        "document": asked.document,
        "options": asked.options.to_json(),
    }
    given |= {"memory": memory, "seconds": terms.seconds}
    line = await asyncio.to_thread(lambda: json.dumps(given).encode() + b"\n")
    child = await _started()
    try:
        async with asyncio.timeout(terms.patience):
            said, complaint = await asyncio.gather(_conversation(child, line, told), _all_of(child.stderr))
            code = await child.wait()
    except TimeoutError:
        raise DrawFailed(f"no answer within {terms.patience:.0f} seconds") from None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if code in KILLED or "out_of_memory" in said:
        raise OutOfMemory(memory)
    if code != 0 or not said:
        raise DrawFailed(complaint.decode(errors="replace")[-500:] or f"the child ended with {code}")
    if "refused" in said:
        raise Refused(said["refused"])
    return str(said["drawn"])


async def _started() -> asyncio.subprocess.Process:
    pipe = asyncio.subprocess.PIPE
    # One thread of the linear algebra: each further one takes address space, and nothing here gains by it.
    environment = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "OPENBLAS_NUM_THREADS": "1"}
    return await asyncio.create_subprocess_exec(
        sys.executable, *PROGRAM, stdin=pipe, stdout=pipe, stderr=pipe, env=environment, limit=LONGEST_LINE
    )


async def _conversation(child: asyncio.subprocess.Process, asked: bytes, told: Told) -> dict[str, Any]:
    """The last thing the child said; {} where it ended without a word. Its input stays open till then."""
    last: dict[str, Any] = {}
    if child.stdin is None or child.stdout is None:
        return last
    try:
        child.stdin.write(asked)
        await child.stdin.drain()
    except (BrokenPipeError, ConnectionResetError):
        return last
    async for line in child.stdout:
        last = await asyncio.to_thread(json.loads, line)
        if "done" in last:
            told(last["done"], last["total"])
    child.stdin.close()
    return {} if "done" in last else last


async def _all_of(stream: asyncio.StreamReader | None) -> bytes:
    return await stream.read() if stream else b""
