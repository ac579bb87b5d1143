"""The pretend Slack, all its parts in one hand."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Literal

from bot.sandbox.clock import Clock
from bot.sandbox.courier import Courier
from bot.sandbox.events import Events
from bot.sandbox.faults import Faults
from bot.sandbox.http import HttpLine
from bot.sandbox.hub import Hub
from bot.sandbox.limits import Limits
from bot.sandbox.log import CallLog
from bot.sandbox.manifest import Manifest, load
from bot.sandbox.model import Json
from bot.sandbox.screens import Screens
from bot.sandbox.socket import SocketLine
from bot.sandbox.timers import Timers
from bot.sandbox.triggers import Triggers
from bot.sandbox.workspace import Workspace

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # a Monday
Step = Callable[[], Awaitable[datetime | None]]
"""Lets the bot do all that is due; the moment before which it has nothing more to do, if it knows."""


@dataclass(frozen=True)
class Settings:
    seed: str = "season"
    mode: Literal["socket", "http"] = "socket"
    port: int = 0
    bot_url: str = ""
    on_step: Step | None = None
    start: datetime = START
    manifest: Json | None = None
    bot_token: str = "xoxb-sandbox-0001-mentor"  # noqa: S105 (opens nothing)
    app_token: str = "xapp-sandbox-0001-mentor"  # noqa: S105 (opens nothing)
    signing_secret: str = "sandbox-signing-secret"  # noqa: S105 (signs nothing)
    ack_seconds: float = 3.0
    trigger_seconds: float = 3.0
    retry_after: tuple[float, ...] = (0, 60, 300)
    limits: bool = True

    def but(self, **changes: Any) -> "Settings":
        return replace(self, **changes)


@dataclass
class Seeding:
    """How far the seeding has come, for the page to show."""

    active: bool = False
    text: str = ""
    done: int = 0
    total: int = 0


@dataclass
class StoredFile:
    id: str
    name: str
    length: int
    user: str
    content: bytes = b""
    uploaded: bool = False
    alt_text: str = ""


@dataclass
class Slack:
    settings: Settings
    clock: Clock
    hub: Hub
    manifest: Manifest
    workspace: Workspace
    screens: Screens
    timers: Timers
    triggers: Triggers
    limits: Limits
    faults: Faults
    log: CallLog
    line: SocketLine | HttpLine
    courier: Courier
    events: Events
    on_step: Step | None = None
    url: str = ""
    token_revoked: bool = False
    calls_running: int = 0
    calls_made: int = 0
    moving: asyncio.Lock = field(default_factory=asyncio.Lock)
    seen_homes: dict[str, str] = field(default_factory=dict)  # person → hash of the Home they last looked at
    seeding: Seeding = field(default_factory=Seeding)
    start_here: list[Json] = field(default_factory=list)
    scheduled: dict[str, Json] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    # The options that external selects were last given: (person, block, action) → options.
    suggestions: dict[tuple[str, str, str], list[Json]] = field(default_factory=dict)

    def suggested(self, user: str, block_id: str, action_id: str) -> list[Json]:
        return self.suggestions.get((user, block_id, action_id), [])

    @property
    def scopes(self) -> tuple[str, ...]:
        return self.manifest.scopes


def build(settings: Settings) -> Slack:
    clock, hub = Clock(settings.start), Hub()
    manifest = Manifest(settings.manifest) if settings.manifest else load()
    workspace = Workspace(clock, hub, app_name=manifest.app_name)
    timers, faults = Timers(clock), Faults()
    line: SocketLine | HttpLine = SocketLine(workspace.app_id)
    if settings.mode == "http":
        line = HttpLine(settings.signing_secret, settings.bot_url)
    courier = Courier(line, faults, settings.ack_seconds)
    events = Events(workspace, manifest, courier=courier, timers=timers)
    events.retry_after = settings.retry_after
    return Slack(
        settings=settings,
        clock=clock,
        hub=hub,
        manifest=manifest,
        workspace=workspace,
        screens=Screens(workspace),
        timers=timers,
        triggers=Triggers(settings.trigger_seconds),
        limits=Limits(clock, enforced=settings.limits),
        faults=faults,
        log=CallLog(clock),
        line=line,
        courier=courier,
        events=events,
        on_step=settings.on_step,
    )
