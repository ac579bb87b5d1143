"""Socket Mode, watched.

The SDK's reconnect loop tries the same address for ever, although each is good for one connection only. When the
socket has been down for half a minute its address is forgotten, so that the loop asks for a new one; when it stays down
for minutes, the process should end and be started afresh.
"""

import asyncio
import time
from dataclasses import dataclass

import structlog
from aiohttp import ClientSession, ClientTimeout
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp

log = structlog.get_logger("socket")


@dataclass(frozen=True)
class Patience:
    """How long what is waited for, in seconds."""

    look_every: float = 5.0
    forget_after: float = 30.0
    dead_after: float = 300.0
    handshake: float = 15.0
    """The SDK's own limit is five minutes, and all that time the address could not be changed."""
    ping_every: float = 10.0


USUAL = Patience()


class WatchedSocket:
    def __init__(self, bolt: AsyncApp, app_token: str, patience: Patience = USUAL) -> None:
        self.patience = patience
        self._handler = AsyncSocketModeHandler(bolt, app_token, ping_interval=patience.ping_every)
        self._watch: asyncio.Task[None] | None = None
        self._last_seen = time.monotonic()

    async def connect(self) -> None:
        """Returns with a connection; `SlackApiError` where Slack gives none out, `TimeoutError` after minutes.

        Watched from the first try on, as that one may meet a dead address too.
        """
        await self._limit_handshakes()
        # The SDK would go on asking for ever, with a token that Slack does not know.
        self._handler.client.wss_uri = await self._handler.client.issue_new_wss_url()
        self._last_seen = time.monotonic()
        self._watch = asyncio.create_task(self._look_after())
        async with asyncio.timeout(self.patience.dead_after):
            await self._handler.connect_async()  # type: ignore[no-untyped-call]
        self._last_seen = time.monotonic()

    async def close(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
        await self._handler.close_async()  # type: ignore[no-untyped-call]

    @property
    def down_for(self) -> float:
        """Seconds without a connection, next to nothing while there is one."""
        return time.monotonic() - self._last_seen

    @property
    def is_dead(self) -> bool:
        return self.down_for > self.patience.dead_after

    async def _limit_handshakes(self) -> None:
        client = self._handler.client
        await client.aiohttp_client_session.close()
        client.aiohttp_client_session = ClientSession(timeout=ClientTimeout(total=self.patience.handshake))

    async def _look_after(self) -> None:
        client = self._handler.client
        forgotten = time.monotonic()
        while True:
            await asyncio.sleep(self.patience.look_every)
            if await client.is_connected():
                self._last_seen = time.monotonic()
            elif min(self.down_for, time.monotonic() - forgotten) > self.patience.forget_after:
                log.warning("socket is down, asking for a new address", seconds=round(self.down_for))
                forgotten = time.monotonic()
                client.wss_uri = None
