"""`make replicas`: PostgreSQL, a pretend Slack in the browser and three bots beside each other, as they are run for real."""

import argparse
import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime

from bot.sandbox import server
from bot.store.keyring import new_key
from tests import postgres

REPLICAS = 3


@contextlib.asynccontextmanager
async def replica(settings: dict[str, str]) -> AsyncIterator[str]:
    """One bot in a process of its own, until the block ends; what it says when it runs."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"), env=dict(os.environ) | settings, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout
    try:
        yield (await process.stdout.readline()).decode().strip()
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


async def together(port: int) -> None:
    async with contextlib.AsyncExitStack() as stack:
        database = stack.enter_context(postgres.running())
        slack = await stack.enter_async_context(server.running(seed="empty", port=port, start=datetime.now(UTC)))
        settings = {
            "MENTOR_BOT_TOKEN": slack.bot_token,
            "MENTOR_APP_TOKEN": slack.app_token,
            "MENTOR_SLACK_API_URL": slack.api_url,
            "MENTOR_ENCRYPTION_KEYS": new_key(),
            "MENTOR_DATABASE_URL": database,
            "MENTOR_PORT": "0",
            "MENTOR_LOG_LEVEL": "WARNING",
        }
        for number in range(REPLICAS):
            print(f"  bot {number + 1}: {await stack.enter_async_context(replica(settings))}", flush=True)
        print(
            f"\n  Open {slack.url}\n\n  Ctrl+C ends it; nothing is kept. Kill any of the bots meanwhile.", flush=True
        )
        await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chaos.side_by_side", description=__doc__)
    parser.add_argument("--port", type=int, default=8765)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(together(parser.parse_args().port))
