"""Starts the sandbox and the bot in one process, on one clock.

The only module of the sandbox that knows the bot; it knows how to start it, and nothing else of it.
"""

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from bot.app import Bot, running, trial_settings
from bot.sandbox import server

BOT_HOST = "127.0.0.1"


@dataclass(frozen=True)
class Together:
    """The sandbox and the bot, both up."""

    sandbox: server.Server
    bot: Bot


@contextlib.asynccontextmanager
async def together(
    *, seed: str = "season", mode: str = "socket", port: int = 0, database: str = ""
) -> AsyncIterator[Together]:
    """`database` is a URL, or empty for a SQLite file that goes away at the end."""
    async with contextlib.AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="mentoring-"))
        slack = await stack.enter_async_context(server.running(seed=seed, mode=mode, port=port))
        settings = trial_settings(
            mode=mode,
            slack_api_url=slack.api_url,
            bot_token=slack.bot_token,
            app_token=slack.app_token,
            signing_secret=slack.signing_secret,
            database_url=database or f"sqlite:///{Path(folder) / 'mentor.db'}",
        )
        bot = await stack.enter_async_context(running(settings, now=slack.clock.now))
        if mode == "http":
            await slack.use_bot_url(f"{bot.http_url}/slack/events")

        async def settle() -> None:
            await bot.settle()

        slack.on_step = settle
        yield Together(slack, bot)


def main(*, seed: str, port: int, mode: str) -> int:
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_stay(seed=seed, port=port, mode=mode))
    return 0


async def _stay(*, seed: str, port: int, mode: str) -> None:
    print("Starting a pretend Slack and the bot …", flush=True)
    async with together(seed=seed, mode=mode, port=port) as both:
        print(f"\n  Open {both.sandbox.url}\n\n  Ctrl+C ends it; nothing is kept.", flush=True)
        await asyncio.Event().wait()
