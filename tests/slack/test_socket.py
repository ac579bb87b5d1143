"""The watched socket against the sandbox, through a wire that can fall silent."""

import asyncio
import contextlib

import pytest

from bot.sandbox import rooms
from bot.sandbox import socket as line
from bot.sandbox.server import running
from bot.slack.socket import Patience, WatchedSocket
from tests.sandbox.bolted import bolt_app, until

IMPATIENT = Patience(look_every=0.05, forget_after=0.4, dead_after=60.0, handshake=0.3, ping_every=0.1)
TICKET_SECONDS = 0.6
"""Shorter than the silence, so that the address the client holds is too old when the wire carries again."""


class Wire:
    """A loopback wire to the sandbox. While `silent` the websocket's side is half-open: nothing arrives, nothing ends."""

    def __init__(self, port):
        self.silent = False
        self.swallowed = 0
        self._port = port
        self._tasks = set()

    async def serve(self):
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        return self._server.sockets[0].getsockname()[1]

    async def close(self):
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _carry(self, reader, writer):
        head = await reader.read(65536)
        on_socket = head.startswith(b"GET /socket")
        back, forth = await asyncio.open_connection("127.0.0.1", self._port)
        for task in (
            asyncio.create_task(self._pass_on(reader, forth, on_socket, head)),
            asyncio.create_task(self._pass_on(back, writer, on_socket)),
        ):
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _pass_on(self, source, target, on_socket, chunk=b""):
        with contextlib.suppress(ConnectionError):
            while chunk := chunk or await source.read(65536):
                if on_socket and self.silent:
                    self.swallowed += 1
                else:
                    target.write(chunk)
                    await target.drain()
                chunk = b""
        if not (on_socket and self.silent):
            target.close()


@pytest.fixture
async def server(monkeypatch):
    monkeypatch.setattr(line, "TICKET_SECONDS", TICKET_SECONDS)
    async with running(seed="empty") as server:
        yield server


@pytest.fixture
async def wire(server):
    """All that the bot says to the sandbox, and the address it is given for its socket, go through this."""
    wire = Wire(int(server.slack.url.rpartition(":")[2]))
    server.slack.url = f"http://127.0.0.1:{await wire.serve()}"
    yield wire
    await wire.close()


@pytest.fixture
async def heard():
    return []


@pytest.fixture
async def socket(server, wire, heard):
    app = bolt_app(server)

    @app.event("user_change")
    async def changed(event):
        heard.append(event["user"]["id"])

    watched = WatchedSocket(app, server.app_token, IMPATIENT)
    yield watched
    await watched.close()


async def test_a_half_open_socket_is_given_up_and_comes_back_by_a_new_address(server, wire, socket, heard):
    await socket.connect()
    wire.silent = True
    await until(lambda: socket.down_for > 2 * TICKET_SECONDS, seconds=10)
    assert wire.swallowed > 1
    wire.silent = False
    await until(lambda: socket.down_for < 0.2, seconds=5)
    rooms.change_user(server.slack, server.workspace.find_person("Ana"))
    await until(lambda: heard)


async def test_a_first_handshake_that_nobody_answers_does_not_hold_up_the_second(server, wire, socket):
    wire.silent = True
    connecting = asyncio.create_task(socket.connect())
    await until(lambda: socket.down_for > 2 * TICKET_SECONDS, seconds=10)
    wire.silent = False
    await asyncio.wait_for(connecting, 5)
    await until(lambda: server.slack.line.connected)
    assert socket.down_for < 0.2


async def test_after_minutes_it_is_dead(server, wire, socket):
    socket.patience = Patience(look_every=0.05, forget_after=0.4, dead_after=0.5, handshake=0.3, ping_every=0.1)
    await socket.connect()
    assert not socket.is_dead
    wire.silent = True
    await until(lambda: socket.is_dead, seconds=10)
