"""The worker process, `python -m bot.drawer`: draws in bounded memory and knows nothing but the document it is given.

One line of JSON comes in. Out go a line each time it got further, and a last one with the answer. The input stays open
as long as somebody waits: when it closes, whoever asked is gone, and this process ends too.
"""

import contextlib
import json
import os
import resource
import sys
import threading
import time
from typing import Any

from bot.domain.errors import Refused
from bot.domain.matching.engine import solve_document

TELL_EVERY = 0.5


class Teller:
    """Tells how far the draw is, and ends it with the best answer so far when its seconds are up."""

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds
        self._next = 0.0

    def progress(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now >= self._next:
            self._next = now + TELL_EVERY
            _say({"done": done, "total": total})

    def stopped(self) -> bool:
        return time.monotonic() >= self._until


def main() -> None:
    asked = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_the_asker, daemon=True).start()
    _bound(asked["memory"])
    _say(_answer(asked))


def _answer(asked: dict[str, Any]) -> dict[str, Any]:
    watch = Teller(asked["seconds"])
    try:
        return {"drawn": solve_document(asked["document"], asked["problem"], watch=watch, **asked["options"])}
    except Refused as refused:
        return {"refused": refused.sentence}
    except MemoryError:
        return {"out_of_memory": True}


def _bound(memory: int) -> None:
    """More address space than this is not given, so that a draw too large fails here instead of taking the machine."""
    with contextlib.suppress(ValueError, OSError):  # a system that knows no such limit, or has a lower one already
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _end_with_the_asker() -> None:
    # Not through `sys.stdin`, whose lock would keep the process from ending by itself.
    while os.read(0, 1):
        pass
    os._exit(1)


def _say(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
