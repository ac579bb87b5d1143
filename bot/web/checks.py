"""What /healthz and /readyz ask: whether the process lives, and whether it does its work."""

import asyncio
from dataclasses import dataclass

from bot.jobs.loop import Loop
from bot.jobs.trying import tried
from bot.slack.socket import WatchedSocket
from bot.store import migrate
from bot.store.away import is_away
from bot.store.unit_of_work import Store


@dataclass
class Checks:
    """What /healthz and /readyz ask."""

    loop: Loop
    store: Store
    database_url: str
    socket: WatchedSocket | None = None

    async def alive(self) -> str:
        """Alive is also a bot that lost its connection a moment ago; after minutes it had better be started afresh."""
        return "No connection to Slack for minutes." if self.socket is not None and self.socket.is_dead else ""

    async def ready(self) -> str:
        enough = await tried(asyncio.to_thread(migrate.is_enough, self.database_url))
        if isinstance(enough, Exception):
            if not is_away(enough):
                raise enough
            return "The database can't be reached."
        if not enough:
            return "The database is behind: run `python -m bot migrate`."
        if wrong := self.loop.clock_is_wrong:
            return wrong
        if late := self.loop.late():
            return f"These ticks are late: {', '.join(late)}."
        if paused := await self.store.one_paused():
            return f"Slack refuses the token of {paused.name or paused.team}: {paused.why}."
        return await self.alive()
