"""The sandbox from outside: its control API over HTTP, its clock, and what the bot did there."""

from datetime import datetime
from typing import Any, Self

from aiohttp import ClientSession, ClientTimeout

from bot.sandbox.visible import Json, Names

PATIENCE = 3.0
NOT_FOUND = 404


class NotDone(AssertionError):
    """The sandbox would not let the person do it, or the app did not answer."""


class NotThere(NotDone):
    """What the person wanted to act on is not there any more."""


class Outside:
    def __init__(self, url: str, *, patience: float = PATIENCE) -> None:
        self.url = url.rstrip("/")
        self.patience = patience
        self.names = Names()
        self._session: ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = ClientSession(timeout=ClientTimeout(total=600))
        await self.look_around()
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session:
            await self._session.close()

    async def get(self, path: str, **query: Any) -> Json:
        return await self._ask("GET", path, params={k: str(v) for k, v in query.items()})

    async def post(self, path: str, **body: Any) -> Json:
        return await self._ask("POST", path, json=body)

    async def patch(self, path: str, **body: Any) -> Json:
        return await self._ask("PATCH", path, json=body)

    async def _ask(self, method: str, path: str, **how: Any) -> Json:
        if self._session is None:
            raise RuntimeError("Use the world in an `async with` block.")
        async with self._session.request(method, f"{self.url}/control{path}", **how) as response:
            answer: Json = await response.json()
        if not answer["ok"] and "errors" not in answer:
            raise (NotThere if response.status == NOT_FOUND else NotDone)(answer["error"])
        return answer

    async def look_around(self) -> None:
        """Learns what everybody and everything is called."""
        workspace = await self.get("/workspace")
        people = {p["id"]: p["real_name"] for p in [*workspace["people"], *workspace["bots"]]}
        self.names = Names(people, self.names.channels)

    # Time

    async def forward(self, **plus: float) -> list[Json]:
        """Moves the clock on by days, hours, weeks or minutes; answers what the bot posted meanwhile."""
        return await self._move(plus=plus)

    async def until(self, moment: str | datetime, *, by_hours: bool = False) -> list[Json]:
        """`by_hours` is quicker, and late by up to half an hour where clocks differ by half hours."""
        return await self._move(to=moment if isinstance(moment, str) else moment.isoformat(), by_hours=by_hours)

    async def next_event(self) -> list[Json]:
        """Moves on until the bot posts something."""
        return await self._move(next=True)

    async def _move(self, **how: Any) -> list[Json]:
        happened: list[Json] = (await self.post("/clock", **how))["happened"]
        return happened

    async def now(self) -> datetime:
        return datetime.fromisoformat((await self.get("/workspace"))["clock"]["now"])

    async def settle(self) -> None:
        """Lets the bot do all that is due now."""
        await self.post("/settle")

    # The bot

    async def calls(self, method: str = "", after: int = 0) -> list[Json]:
        calls: list[Json] = (await self.get("/calls", after=after))["calls"]
        return [call for call in calls if method in ("", call["method"])]

    async def refusals(self) -> list[Json]:
        refused: list[Json] = (await self.get("/refusals"))["refusals"]
        return refused
