"""Socket Mode, watched.

The SDK's reconnect loop tries the same address for ever, although each is good for one connection only. When the
socket has been down for half a minute its address is forgotten, so that the loop asks for a new one; when it stays down
for minutes, the process should end and be started afresh.
"""

import asyncio
import time

import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp

FORGET_AFTER = 30.0
DEAD_AFTER = 300.0
LOOK_EVERY = 5.0

log = structlog.get_logger("socket")


class WatchedSocket:
    def __init__(self, bolt: AsyncApp, app_token: str) -> None:
        self._handler = AsyncSocketModeHandler(bolt, app_token)
        self._watch: asyncio.Task[None] | None = None
        self._last_seen = time.monotonic()

    async def connect(self) -> None:
        await self._handler.connect_async()  # type: ignore[no-untyped-call]
        self._last_seen = time.monotonic()
        self._watch = asyncio.create_task(self._look_after())

    async def close(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
        await self._handler.close_async()  # type: ignore[no-untyped-call]

    @property
    def down_for(self) -> float:
        """Seconds without a connection, 0 while there is one."""
        return time.monotonic() - self._last_seen

    @property
    def is_dead(self) -> bool:
        return self.down_for > DEAD_AFTER

    async def _look_after(self) -> None:
        client = self._handler.client
        while True:
            await asyncio.sleep(LOOK_EVERY)
            if await client.is_connected():
                self._last_seen = time.monotonic()
            elif self.down_for > FORGET_AFTER:
                log.warning("socket is down, asking for a new address", seconds=round(self.down_for))
                client.wss_uri = None
