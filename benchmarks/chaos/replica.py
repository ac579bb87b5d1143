"""Replicas to be killed: one process imports everything, and forks one each time it is asked to.

An order is a line of JSON on its standard input; the answer is the new process's id. The replica is the loop of the bot,
with its deliverer, its clock and its store, on a letter kind of the run's own.
"""

import asyncio
import contextlib
import json
import logging
import os
import signal
import sys
import time
from typing import Any

import structlog
from aiohttp import ClientSession, ClientTimeout
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from benchmarks.chaos.letters import FEATURE, TERMS
from bot.app import clock
from bot.feature import Deps
from bot.jobs.clock import TrustedClock
from bot.jobs.loop import Loop
from bot.slack.directory import Directory
from bot.slack.gateway import Gateway
from bot.store.alone import InUse, alone
from bot.store.engine import connect
from bot.store.keyring import Keyring
from bot.store.unit_of_work import Store, inside_work


async def serve(order: dict[str, Any]) -> None:
    store = Store(connect(order["database"], Keyring.parse(order["keys"])))
    async with ClientSession(timeout=ClientTimeout(total=10)) as session:
        client = AsyncWebClient(
            token=order["token"],
            base_url=order["api"],
            session=session,
            timeout=10,
            retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=0)],
        )
        gateway = Gateway(lambda _team: client, inside_work)
        trusted = TrustedClock(clock, time.monotonic)
        deps = Deps(store=store, slack=gateway, directory=Directory(gateway), now=trusted.now)
        loop = Loop(deps, [FEATURE], terms=TERMS, clock=trusted)
        store.wake = loop.wake
        await _started(loop)
        await asyncio.Event().wait()


async def _started(loop: Loop) -> None:
    """The database may be away at this moment."""
    while True:
        try:
            await loop.start()
        except SQLAlchemyError:
            await asyncio.sleep(0.3)
        else:
            return


def _fork(order: dict[str, Any]) -> int:
    child = os.fork()
    if child:
        return child
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with contextlib.suppress(InUse), alone(order["database"]):
        asyncio.run(serve(order))
    os._exit(0)


def main() -> None:
    """`-v` shows what the replicas log, on standard error."""
    level = logging.INFO if "-v" in sys.argv else logging.CRITICAL
    logging.disable(level - 1)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        print(_fork(json.loads(line)), flush=True)


if __name__ == "__main__":
    main()
