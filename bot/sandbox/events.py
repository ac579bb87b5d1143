"""Events for the bot: at least once, in no promised order, with Slack's retries.

An event goes out only when the manifest subscribes to it and holds a scope for it (SLACK.md 4.2). What is not
acknowledged comes again at once, after a minute and after five, on the sandbox's clock.
"""

import asyncio
import itertools
from collections import deque
from dataclasses import replace
from functools import partial

from bot.sandbox.courier import Courier, NotAnswered, Package
from bot.sandbox.manifest import Manifest
from bot.sandbox.model import Json
from bot.sandbox.timers import Timers
from bot.sandbox.workspace import Workspace

EVENT_SCOPES: dict[str, tuple[str, ...]] = {
    "user_change": ("users:read",),
    "team_join": ("users:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "channel_archive": ("channels:read",),
    "channel_unarchive": ("channels:read",),
    "channel_rename": ("channels:read",),
    "channel_deleted": ("channels:read",),
    "channel_created": ("channels:read",),
    "channel_left": ("channels:read",),
    "group_archive": ("groups:read",),
    "group_unarchive": ("groups:read",),
    "group_rename": ("groups:read",),
    "group_deleted": ("groups:read",),
    "group_left": ("groups:read",),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "dnd_updated_user": ("dnd:read",),
    "message": ("im:history",),
}


class Events:
    def __init__(self, workspace: Workspace, manifest: Manifest, *, courier: Courier, timers: Timers) -> None:
        self.retry_after: tuple[float, ...] = (0, 60, 300)
        self.sent: deque[Package] = deque(maxlen=500)
        self.lost: list[Package] = []
        self._workspace = workspace
        self._manifest = manifest
        self._courier = courier
        self._timers = timers
        self._numbers = itertools.count(1)
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def on_the_way(self) -> int:
        return len(self._tasks)

    def wanted(self, kind: str) -> bool:
        scopes = EVENT_SCOPES.get(kind)
        held = scopes is None or any(scope in self._manifest.scopes for scope in scopes)
        return held and kind in self._manifest.events

    def send(self, kind: str, event: Json) -> None:
        """Sends the event on its way, if the app is subscribed to it."""
        if not self.wanted(kind):
            return
        event = {"type": kind, **event, "event_ts": self._workspace.new_ts()}
        package = Package("events_api", self._outer(event))
        self.sent.append(package)
        self.start(package)

    def send_again(self, last: int) -> int:
        """Delivers the last events once more, newest first: duplicates out of order, as Slack may."""
        again = list(self.sent)[-last:] if last > 0 else []
        for package in reversed(again):
            self.start(package)
        return len(again)

    def _outer(self, event: Json) -> Json:
        workspace = self._workspace
        permission: Json = {
            "enterprise_id": None,
            "team_id": workspace.team_id,
            "user_id": workspace.bot.id,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        number = next(self._numbers)
        return {
            "token": "sandbox-verification-token",
            "team_id": workspace.team_id,
            "context_team_id": workspace.team_id,
            "context_enterprise_id": None,
            "api_app_id": workspace.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev0S{number:08d}",
            "event_time": workspace.unix(),
            "authorizations": [permission],
            "is_ext_shared_channel": False,
            "event_context": f"4-sandbox-{number:08d}",
        }

    def start(self, package: Package) -> None:
        """Carries it to the bot in the background; only events are tried again."""
        task = asyncio.get_running_loop().create_task(self._deliver(package))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self, package: Package) -> None:
        try:
            await self._courier.carry(package)
        except NotAnswered as trouble:
            if trouble.again and package.kind == "events_api":
                await self._later(package, trouble.reason)

    async def _later(self, package: Package, reason: str) -> None:
        if package.retry >= len(self.retry_after):
            self.lost.append(package)
            return
        wait = self.retry_after[package.retry]
        again = replace(package, retry=package.retry + 1, retry_reason=_named(reason, self._courier))
        if wait <= 0:
            await self._deliver(again)
        else:
            self._timers.after(wait, partial(self._start_now, again))

    async def _start_now(self, package: Package) -> None:
        self.start(package)

    async def idle(self) -> None:
        """Returns when nothing is on its way any more; what waits for a later retry does not count."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def close(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def _named(reason: str, courier: Courier) -> str:
    """A missed deadline is called http_timeout where there is HTTP."""
    over_http = hasattr(courier.line, "url")
    return "http_timeout" if reason == "timeout" and over_http else reason
