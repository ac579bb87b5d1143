"""`python -m bot doctor`: looks at everything the bot needs, and says what to do about what is missing.

Changes nothing: the database is only read, and Slack is only asked who we are.
"""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from bot.config import Mode, Settings
from bot.slack.gateway import date_of
from bot.store import migrate
from bot.store.engine import connect
from bot.store.installations import every_installation
from bot.store.keyring import Keyring, KeyringError
from bot.store.unit_of_work import Store

MOST_SKEW = 2.5
"""Seconds between our clock and Slack's beyond which nothing that is bound to a time can be trusted."""

NEEDED_SCOPES = frozenset(
    [
        "chat:write",
        "commands",
        "im:write",
        "im:history",
        "mpim:write",
        "users:read",
        "groups:write",
        "groups:read",
        "files:write",
        "bookmarks:write",
    ]
)


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `advice` says what to do where it is not well."""

    well: bool
    what: str
    advice: str = ""


async def examine(settings: Settings, now: Callable[[], datetime]) -> AsyncIterator[Finding]:
    """One finding after the other, as they come."""
    for line in settings.missing():
        yield Finding(False, f"{line.partition(':')[0]} is not set", f"Set it: {line.partition(': ')[2]}.")
    for finding in _swapped(settings):
        yield finding
    if settings.encryption_keys.get_secret_value():
        async for finding in _database(settings):
            yield finding
    if settings.bot_token.get_secret_value():
        async for finding in _slack(settings, now):
            yield finding
    if settings.mode is Mode.SOCKET and settings.app_token.get_secret_value():
        yield await _socket(settings)


def _swapped(settings: Settings) -> Iterator[Finding]:
    """Tokens that say by their first letters that they are of another kind."""
    if settings.bot_token.get_secret_value().startswith(("xapp-", "xoxp-")):
        yield Finding(False, "MENTOR_BOT_TOKEN holds another kind of token", "The bot token begins with xoxb-.")
    if settings.app_token.get_secret_value().startswith(("xoxb-", "xoxp-")):
        yield Finding(False, "MENTOR_APP_TOKEN holds another kind of token", "The app-level token begins with xapp-.")


async def _database(settings: Settings) -> AsyncIterator[Finding]:
    url = settings.database_url.get_secret_value()
    try:
        keyring = Keyring.parse(settings.encryption_keys.get_secret_value())
    except KeyringError as wrong:
        yield Finding(False, "the encryption key can't be read", str(wrong))
        return
    yield Finding(True, "the encryption key can be read")
    store = Store(connect(url, keyring))
    try:
        current = migrate.is_current(url)
        yield _migrations(settings, current=current, newer=not current and migrate.is_newer(url))
        if current:
            async with store.transaction(read_only=True) as connection:
                await every_installation(connection)
            yield Finding(True, "sealed texts open with these keys")
    except KeyringError as wrong:
        yield Finding(
            False, "sealed texts don't open with these keys", f"{wrong} Put the former key behind the new one."
        )
    except (SQLAlchemyError, OSError) as wrong:
        yield Finding(
            False, "the database can't be reached", f"Check MENTOR_DATABASE_URL. {str(wrong).splitlines()[0]}"
        )
    finally:
        await store.close()


def _migrations(settings: Settings, *, current: bool, newer: bool) -> Finding:
    if current:
        return Finding(True, "the database is up to date")
    if newer:
        advice = "Install the version that made it, or put back the backup from before that upgrade."
        return Finding(False, "the database is of a newer version of the bot", advice)
    if settings.migrate_at_start:
        return Finding(True, "the database is new, or of an earlier version; the next start brings it up to date")
    return Finding(False, "the database is behind", "Run `python -m bot migrate`.")


async def _slack(settings: Settings, now: Callable[[], datetime]) -> AsyncIterator[Finding]:
    client = AsyncWebClient(
        token=settings.bot_token.get_secret_value(), base_url=settings.slack_api_url, timeout=10, retry_handlers=[]
    )
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        code = error.response["error"]
        yield Finding(False, f"Slack refuses the bot token ({code})", "Install the app again and copy the new token.")
        return
    except (ClientError, OSError) as error:
        yield Finding(False, f"Slack can't be reached ({type(error).__name__})", "Check the network and any proxy.")
        return
    yield Finding(True, f"the bot token is good for {answer.get('team')}")
    yield _scopes(answer.headers)
    yield _clock(answer.headers, now())


def _scopes(headers: Any) -> Finding:
    given = {scope.strip() for scope in str(headers.get("x-oauth-scopes", "")).split(",")}
    missing = sorted(NEEDED_SCOPES - given)
    if missing:
        advice = "Update the app from manifest.yml, then install it again."
        return Finding(False, f"permissions are missing: {', '.join(missing)}", advice)
    return Finding(True, "all permissions are there")


def _clock(headers: Any, now: datetime) -> Finding:
    skew = abs((now - (date_of(headers) or now)).total_seconds())
    advice = "Let the machine keep its time by NTP."
    # Slack's header has whole seconds, so up to one of them says nothing.
    return Finding(skew <= MOST_SKEW + 1, f"the clock is {skew:.0f} s away from Slack's", advice)


async def _socket(settings: Settings) -> Finding:
    client = AsyncWebClient(base_url=settings.slack_api_url, timeout=10, retry_handlers=[])
    try:
        await client.apps_connections_open(app_token=settings.app_token.get_secret_value())
    except SlackApiError as error:
        advice = "Make an app-level token with connections:write, and switch Socket Mode on."
        return Finding(False, f"Slack refuses the app-level token ({error.response['error']})", advice)
    except (ClientError, OSError) as error:
        what = f"Slack can't be reached for Socket Mode either ({type(error).__name__})"
        return Finding(False, what, "Check the network and any proxy.")
    return Finding(True, "the app-level token opens Socket Mode")


def lines(findings: Iterable[Finding]) -> list[str]:
    """For people: a mark, what was found, what to do."""
    return [f"✓ {one.what}" if one.well else f"✗ {one.what}\n    {one.advice}" for one in findings]
