"""Puts the parts together; the one clock is handed down from here. What the bot can do is listed in `repertoire`."""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import structlog
from aiohttp import ClientSession, ClientTimeout
from pydantic import SecretStr
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from sqlalchemy.exc import OperationalError

from bot.config import LOCAL, Mode, Settings
from bot.domain.ids import MemberId, TeamId
from bot.feature import Deps, Feature
from bot.jobs.clock import TrustedClock
from bot.jobs.inbox import store_event
from bot.jobs.loop import Loop
from bot.reception import Reception
from bot.repertoire import FEATURES
from bot.slack import parse
from bot.slack.attach import Switchboard
from bot.slack.blocks import View
from bot.slack.carry import Carrier, Desk
from bot.slack.directory import Directory
from bot.slack.gateway import Gateway, date_of
from bot.slack.replies import Answers
from bot.slack.requests import Event, HomeOpened, Request
from bot.slack.routes import Handler, Routes, gather
from bot.slack.socket import WatchedSocket
from bot.store import migrate
from bot.store.alone import InUse, alone
from bot.store.away import said_where_away
from bot.store.engine import connect
from bot.store.installations import Installation
from bot.store.keyring import Keyring, new_key
from bot.store.unit_of_work import Store, inside_work
from bot.web import calendar, health
from bot.web.checks import Checks
from bot.web.server import WebServer

CALL_SECONDS = 10
"""How long a call to Slack may take: well inside a letter's lease."""
DRAIN_SECONDS = 10

log = structlog.get_logger("app")


class StartError(Exception):
    """The bot cannot start; the text says why and what to do."""


def clock() -> datetime:
    """The only place that asks what time it is."""
    return datetime.now(UTC)


def trial_settings(**given: Any) -> Settings:
    """Settings for the sandbox: nothing is read from the environment or a `.env` file but what is given here."""
    return Settings(
        _env_file=None,
        encryption_keys=SecretStr(new_key()),
        log_level="WARNING",
        host="127.0.0.1",
        port=0,
        public_url=LOCAL,
        **given,
    )


@dataclass
class Bot:
    """A running bot."""

    deps: Deps
    loop: Loop
    installation: Installation
    web: WebServer
    socket: WatchedSocket | None = None

    @property
    def http_url(self) -> str:
        return self.web.url

    async def settle(self) -> datetime:
        """Run the ticks until nothing is due, and say until when: before that moment they need not run again, unless
        somebody does something. For whoever moves the clock."""
        await self.loop.settle()
        return self.loop.calm_until


@asynccontextmanager
async def running(
    settings: Settings,
    *,
    now: Callable[[], datetime] | None = None,
    features: Sequence[Feature] = FEATURES,
    store: Store | None = None,
) -> AsyncIterator[Bot]:
    """The bot, connected and ticking, until the block ends; then it finishes what is under way. Whoever gives `now` moves
    it on purpose; else it is the machine's clock, watched. Whoever gives `store` has brought its database up to date."""
    trusted = TrustedClock(clock, time.monotonic) if now is None else None
    now = trusted.now if trusted else now or clock
    async with AsyncExitStack() as stack:
        stack.enter_context(_alone(settings))
        store = store or await _open_store(settings)
        stack.push_async_callback(store.close)
        session = await stack.enter_async_context(ClientSession(timeout=ClientTimeout(total=CALL_SECONDS)))
        client = _client(settings, session)
        greeted = await _greet(client)
        if trusted:
            trusted.ask = _slacks_clock(client)
            _set(trusted, greeted)
        installation = await _install(greeted, token=client.token or "", store=store, now=now())
        deps = make_deps(settings, store=store, client=client, now=now, features=features, app_id=installation.app_id)
        deps = replace(deps, public_url=lambda: web.url if settings.public_url == LOCAL else settings.public_url)
        routes = gather(feature.routes for feature in features)
        carrier = Carrier(deps.slack, _home_drawer(routes, deps), session)
        loop = Loop(deps, features, answer=_event_answerer(carrier), clock=trusted)
        store.wake = loop.wake
        switchboard = Switchboard(routes, serve=_server(deps), carrier=carrier, store_event=_event_keeper(deps, loop))
        bolt = _bolt(settings, client, installation)
        switchboard.attach(bolt, settings.command)
        checks = Checks(loop, store, settings.database_url.get_secret_value())
        web = _web(settings, bolt, checks=checks, now=now)
        bot = Bot(deps, loop, installation, web)
        await web.start()
        stack.push_async_callback(web.stop)
        stack.push_async_callback(switchboard.drain, DRAIN_SECONDS)
        stack.push_async_callback(deps.background.close)
        await loop.start()
        stack.push_async_callback(loop.stop)
        if settings.mode is Mode.SOCKET:
            bot.socket = checks.socket = WatchedSocket(bolt, settings.app_token.get_secret_value())
            stack.push_async_callback(bot.socket.close)
            await _connect(bot.socket)
        log.info("ready", team=installation.team, mode=settings.mode.value, url=web.url)
        yield bot


def make_deps(
    settings: Settings,
    *,
    store: Store,
    client: AsyncWebClient,
    now: Callable[[], datetime],
    features: Sequence[Feature],
    app_id: str = "",
) -> Deps:
    gateway = Gateway(lambda _team: client, inside_work)
    commands = sorted(gather(feature.routes for feature in features).commands.values(), key=lambda one: one.order)
    sections = sorted((part for feature in features for part in feature.home), key=lambda part: part.order)
    directory = Directory(gateway)
    return Deps(
        store=store,
        slack=gateway,
        directory=directory,
        now=now,
        meet=Reception(store, directory, now=now, owners=settings.owner_ids).meet,
        draw_memory=settings.draw_memory,
        command=settings.command,
        app_id=app_id,
        home=sections,
        commands=commands,
        templates=[text for feature in features for text in feature.templates],
    )


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    try:
        with alone(settings.database_url.get_secret_value()):
            yield
    except InUse as use:
        raise StartError(
            f"Another bot runs on {use} already. Stop it first; several bots at once need PostgreSQL (see docs/operating.md)."
        ) from None


async def _open_store(settings: Settings) -> Store:
    url = settings.database_url.get_secret_value()
    keyring = Keyring.parse(settings.encryption_keys.get_secret_value())
    store = Store(connect(url, keyring))
    try:
        if settings.migrate_at_start:
            await asyncio.to_thread(migrate.upgrade, url, keyring)
        await store.teams()
    except migrate.NewerDatabase as wrong:
        await store.close()
        raise StartError(str(wrong)) from wrong
    except (OperationalError, OSError) as wrong:
        await store.close()
        why = str(getattr(wrong, "orig", wrong)).strip().splitlines()[0]
        raise StartError(
            f"The database can't be used: {why}. Check MENTOR_DATABASE_URL, and that it runs."
        ) from wrong
    return store


def _client(settings: Settings, session: ClientSession) -> AsyncWebClient:
    # No retry on a lost connection: Slack may have done what was asked, and would do it twice.
    return AsyncWebClient(
        token=settings.bot_token.get_secret_value(),
        base_url=settings.slack_api_url,
        session=session,
        timeout=CALL_SECONDS,
        retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=0)],
    )


async def _greet(client: AsyncWebClient) -> AsyncSlackResponse:
    """Ask Slack who we are, before any event comes: Bolt would answer 200 to an event it could not authorize."""
    try:
        return await client.auth_test()
    except SlackApiError as error:
        raise StartError(f"Slack does not accept the bot token: {error.response['error']}.") from error
    except OSError as error:
        raise StartError(f"Slack can't be reached at {client.base_url}: {error}.") from error


def _set(trusted: TrustedClock, answer: AsyncSlackResponse) -> None:
    if moment := date_of(answer.headers):
        trusted.hear(moment)


def _slacks_clock(client: AsyncWebClient) -> Callable[[], Awaitable[datetime | None]]:
    async def ask() -> datetime | None:
        return date_of((await client.auth_test()).headers)

    return ask


async def _install(answer: AsyncSlackResponse, *, token: str, store: Store, now: datetime) -> Installation:
    team = TeamId(answer["team_id"])
    installation = Installation(
        team=team,
        name=str(answer.get("team") or ""),
        bot_user=answer["user_id"],
        app_id=str(answer.get("app_id") or ""),
        token=token,
        scopes=tuple(scope.strip() for scope in str(answer.headers.get("x-oauth-scopes", "")).split(",") if scope),
        installed=now,
    )
    async with store.open_work(team) as work:
        known = await work.installations.get()
        await work.installations.save(replace(installation, installed=known.installed if known else now))
    return installation


async def _connect(socket: WatchedSocket) -> None:
    try:
        await socket.connect()
    except SlackApiError as error:
        raise StartError(f"Slack does not accept the app-level token: {error.response['error']}.") from error
    except TimeoutError as error:
        raise StartError("Slack can't be reached by Socket Mode. Does a firewall stop websockets?") from error


def _bolt(settings: Settings, client: AsyncWebClient, installation: Installation) -> AsyncApp:
    async def authorize(**_given: Any) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=installation.team,
            bot_user_id=installation.bot_user,
            bot_token=installation.token,
        )

    # Bolt takes the token from `authorize`, and warns at each start about a client that has one itself.
    bare = AsyncWebClient(base_url=client.base_url, session=client.session, timeout=client.timeout)
    bare.retry_handlers = client.retry_handlers
    return AsyncApp(
        # Without a name, Bolt reads the sources of all that called it to find one.
        name="mentor",
        client=bare,
        signing_secret=settings.signing_secret.get_secret_value() or secrets.token_hex(),
        authorize=authorize,
        raise_error_for_unhandled_request=False,
    )


def _web(settings: Settings, bolt: AsyncApp, *, checks: Checks, now: Callable[[], datetime]) -> WebServer:
    return WebServer(
        bolt if settings.mode is Mode.HTTP else None,
        routes=[
            *health.routes(alive=checks.alive, ready=checks.ready, metrics=checks.loop.metrics),
            *calendar.routes(checks.store, now),
        ],
        host=settings.host,
        port=settings.port,
    )


def _server(deps: Deps) -> Callable[[Handler, Request], Awaitable[Any]]:
    async def serve(handler: Handler, request: Request) -> Any:
        with said_where_away(request.team):
            await deps.meet(request.team, request.member)
            return await handler(request, deps)

    return serve


def _home_drawer(routes: Routes, deps: Deps) -> Callable[[TeamId, MemberId], Awaitable[View]]:
    async def draw(team: TeamId, member: MemberId) -> View:
        view: View = await routes.homes[0](HomeOpened(team, member), deps)
        return view

    return draw


def _event_answerer(carrier: Carrier) -> Callable[[Event, Answers], Awaitable[None]]:
    async def answer(event: Event, answers: Answers) -> None:
        await carrier.carry_out(Desk(event.team, event.member), answers)

    return answer


def _event_keeper(deps: Deps, loop: Loop) -> Callable[[Mapping[str, Any]], Awaitable[None]]:
    async def keep(body: Mapping[str, Any]) -> None:
        await store_event(deps.store, event_id=body["event_id"], event=parse.event(body), now=deps.now())
        loop.wake()

    return keep
