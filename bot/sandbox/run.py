"""Starts the sandbox and the bot in one process, on one clock.

The only module of the sandbox that knows the bot; it knows how to start it, and nothing else of it.
"""

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.app import Bot, running, trial_settings
from bot.sandbox import season, server
from bot.sandbox.person import World
from bot.sandbox.pretend import START


@dataclass(frozen=True)
class Together:
    """The sandbox and the bot, both up."""

    sandbox: server.Server
    bot: Bot


@contextlib.asynccontextmanager
async def together(
    *,
    seed: str = "season",
    mode: str = "socket",
    port: int = 0,
    database: str = "",
    start: datetime = START,
    **given: Any,
) -> AsyncIterator[Together]:
    """`database` is a URL, or empty for a SQLite file that goes away at the end; `start` is what the clock shows first.
    What else is given goes to the bot."""
    async with contextlib.AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="mentoring-"))
        slack = await stack.enter_async_context(server.running(seed=seed, mode=mode, port=port, start=start))
        settings = trial_settings(
            mode=mode,
            slack_api_url=slack.api_url,
            bot_token=slack.bot_token,
            app_token=slack.app_token,
            signing_secret=slack.signing_secret,
            database_url=database or f"sqlite:///{Path(folder) / 'mentor.db'}",
        )
        bot = await stack.enter_async_context(running(settings, now=slack.clock.now, **given))
        if mode == "http":
            await slack.use_bot_url(f"{bot.http_url}/slack/events")

        slack.on_step = bot.settle
        yield Together(slack, bot)


def main(*, seed: str, port: int, mode: str) -> int:
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_stay(seed=seed, port=port, mode=mode))
    return 0


async def _stay(*, seed: str, port: int, mode: str) -> None:
    print("Starting a pretend Slack and the bot …", flush=True)
    async with together(seed=seed, mode=mode, port=port) as both:
        print(f"\n  Open {both.sandbox.url}\n", flush=True)
        both.sandbox.slack.start_here = list(FIRST_STEPS[seed])
        if seed == "season":
            print("  Two weeks of a program are being played in it; you can watch.", flush=True)
            await play_season(both)
        print(f"  {FIRST_WORDS[seed]}\n\n  Ctrl+C ends it; nothing is kept.", flush=True)
        await asyncio.Event().wait()


async def play_season(both: Together) -> None:
    """The weeks before the visitor comes, while the page shows how far they are."""
    seeding = both.sandbox.slack.seeding

    def report(text: str, done: int, total: int) -> None:
        seeding.active, seeding.text, seeding.done, seeding.total = done < total, text, done, total

    async with World(both.sandbox.url) as world:
        await season.play(world, report)
    await both.bot.settle()


FIRST_WORDS = {
    "season": "You are Ana, in her circle's third week: her Home is open. Be Miriam for the lead's side, and press Next event.",
    "empty": "You are Miriam, and nobody has done anything yet. Home says how to begin.",
}
FIRST_STEPS: dict[str, list[dict[str, str]]] = {
    "season": [
        {
            "as": "Ana Keller",
            "text": "You are Ana, and this is her Home: her next session, her two commitments, this week's question.",
        },
        {"as": "Ana Keller", "text": "Find somebody to learn from, with the reason why.", "command": "/mentor match"},
        {
            "as": "Ana Keller",
            "text": "See who sits in the hot seat, six sessions ahead.",
            "command": "/mentor hotseat",
        },
        {
            "as": "Miriam Okafor",
            "text": "Be Miriam, who runs the program: see who was put together, and why.",
            "command": "/mentor match history",
        },
        {
            "as": "Bo Lindqvist",
            "text": "Be Bo, open his circle's channel, and press Next event until it meets. Then press Start session, "
            "and let the minutes go by with Next event or +5 min.",
        },
    ],
    "empty": [
        {"as": "Miriam Okafor", "text": "Begin: the first to speak to the bot owns it.", "command": "/mentor"},
        {"as": "Miriam Okafor", "text": "Give the program a name and its rules.", "command": "/mentor program"},
        {"as": "Ana Keller", "text": "Be Ana, and tell about yourself.", "command": "/mentor profile"},
        {
            "as": "Ana Keller",
            "text": 'Start a circle with Bo, Priya and Tomas: name them under "Whom do you want to bring in?".',
            "command": "/mentor circle create",
        },
        {"as": "Ana Keller", "text": "Press +1 week, and see what the bot does with it."},
    ],
}
