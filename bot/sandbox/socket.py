"""Socket Mode: websockets that carry envelopes to the bot and bring its acknowledgements back."""

import asyncio
import hashlib
import itertools
import json
import time
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from bot.sandbox.courier import NotAnswered, Package
from bot.sandbox.model import Json
from bot.sandbox.refusal import Refusal

MOST_CONNECTIONS = 10
TICKET_SECONDS = 30.0
WARNING_SECONDS = 10.0
CONNECTION_SECONDS = 3600


@dataclass
class Connection:
    number: int
    socket: web.WebSocketResponse
    waiting: dict[str, asyncio.Future[Json | None]] = field(default_factory=dict)
    leaving: bool = False


def with_answer(package: Package) -> bool:
    """Whether Slack takes a payload along with the acknowledgement."""
    if package.kind == "interactive":
        return package.payload["type"] in ("view_submission", "block_suggestion")
    return package.kind == "slash_commands"


class SocketLine:
    def __init__(self, app_id: str) -> None:
        self.disabled = False
        self._app_id = app_id
        self._tickets: dict[str, float] = {}
        self._numbers = itertools.count(1)
        self._connections: list[Connection] = []
        self._turn = 0

    @property
    def connected(self) -> bool:
        return bool(self._open())

    @property
    def numbers(self) -> list[int]:
        """The connections that are open, in the order they came."""
        return [connection.number for connection in self._open()]

    def _open(self) -> list[Connection]:
        return [c for c in self._connections if not c.socket.closed and not c.leaving]

    # Connecting

    def ticket(self) -> str:
        if self.disabled:
            raise Refusal("socket_mode_disabled")
        if len(self._open()) >= MOST_CONNECTIONS:
            raise Refusal("too_many_websockets")
        ticket = hashlib.sha256(f"ticket{next(self._numbers)}".encode()).hexdigest()[:24]
        self._tickets[ticket] = time.monotonic()
        return ticket

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        issued = self._tickets.pop(request.query.get("ticket", ""), None)
        if issued is None or time.monotonic() - issued > TICKET_SECONDS:
            raise web.HTTPForbidden(text="This ticket is unknown, used or too old. Call apps.connections.open.")
        connection = await self._greet(request)
        try:
            async for received in connection.socket:
                if received.type == WSMsgType.TEXT:
                    _acknowledge(connection, received.data)
        finally:
            self._connections.remove(connection)
            for future in connection.waiting.values():
                if not future.done():
                    future.set_exception(NotAnswered("connection_failed"))
        return connection.socket

    async def _greet(self, request: web.Request) -> Connection:
        socket = web.WebSocketResponse(heartbeat=30.0)
        await socket.prepare(request)
        connection = Connection(next(self._numbers), socket)
        self._connections.append(connection)
        seconds = 360 if request.query.get("debug_reconnects") == "true" else CONNECTION_SECONDS
        hello: Json = {
            "type": "hello",
            "num_connections": len(self._open()),
            "debug_info": {
                "host": "sandbox",
                "build_number": 1,
                "approximate_connection_time": seconds,
            },
            "connection_info": {"app_id": self._app_id},
        }
        await socket.send_json(hello)
        return connection

    # Carrying

    async def ask(self, package: Package) -> Json | None:
        connections = self._open()
        if not connections:
            raise NotAnswered("connection_failed")
        self._turn += 1
        connection = connections[self._turn % len(connections)]
        envelope_id = f"{next(self._numbers):08x}-5a4d-4b0c-8000-{connection.number:012x}"
        future: asyncio.Future[Json | None] = asyncio.get_running_loop().create_future()
        connection.waiting[envelope_id] = future
        try:
            await connection.socket.send_json(_envelope(envelope_id, package))
            return await future
        except ConnectionResetError:
            raise NotAnswered("connection_failed") from None
        finally:
            connection.waiting.pop(envelope_id, None)

    # Trouble

    async def drop(self) -> int:
        """Cuts every connection without a word."""
        connections = self._open()
        for connection in connections:
            await connection.socket.close(code=1011)
        return len(connections)

    async def refresh(self, *, warning_seconds: float = WARNING_SECONDS) -> int:
        """Asks each connection to be renewed: a warning, then the request, then the end."""
        connections = self._open()
        for connection in connections:
            await _disconnect(connection, "warning")
        await asyncio.sleep(warning_seconds)
        for connection in connections:
            if not connection.socket.closed:
                connection.leaving = True
                await _disconnect(connection, "refresh_requested")
        return len(connections)

    async def disable(self) -> None:
        """Socket Mode is switched off in the app's settings."""
        self.disabled = True
        for connection in self._open():
            await _disconnect(connection, "link_disabled")
            await connection.socket.close()

    async def close(self) -> None:
        for connection in list(self._connections):
            await connection.socket.close(code=1001)


def _envelope(envelope_id: str, package: Package) -> Json:
    envelope: Json = {
        "envelope_id": envelope_id,
        "type": package.kind,
        "accepts_response_payload": with_answer(package),
        "payload": package.payload,
    }
    if package.kind == "events_api":
        envelope |= {"retry_attempt": package.retry, "retry_reason": package.retry_reason}
    return envelope


def _acknowledge(connection: Connection, text: str) -> None:
    try:
        answer = json.loads(text)
    except ValueError:
        return
    future = connection.waiting.get(answer.get("envelope_id", "")) if isinstance(answer, dict) else None
    if future and not future.done():
        future.set_result(answer.get("payload"))


async def _disconnect(connection: Connection, reason: str) -> None:
    debug = {"host": "sandbox"}
    await connection.socket.send_json({"type": "disconnect", "reason": reason, "debug_info": debug})
