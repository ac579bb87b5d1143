"""The doctor says what is well, and what to do about the rest."""

import pytest
from pydantic import SecretStr
from sqlalchemy import create_engine, text

from bot.app import clock, trial_settings
from bot.doctor import examine, lines
from bot.sandbox import server
from bot.store.keyring import Keyring
from bot.store.migrate import upgrade


@pytest.fixture
async def slack():
    async with server.running(seed="empty") as running:
        yield running


def settings_for(slack, database_url, **changed):
    given = {
        "mode": "socket",
        "slack_api_url": slack.api_url,
        "bot_token": slack.bot_token,
        "app_token": slack.app_token,
        "database_url": database_url,
    }
    return trial_settings(**given | changed)


async def found(settings, now):
    return [finding async for finding in examine(settings, now)]


async def test_a_whole_installation_is_well(slack, empty_url):
    settings = settings_for(slack, empty_url)
    upgrade(empty_url, Keyring.parse(settings.encryption_keys.get_secret_value()))
    findings = await found(settings, slack.clock.now)
    assert [one.what for one in findings if not one.well] == []
    assert any("permissions" in one.what for one in findings)


async def test_what_is_wrong_comes_with_what_to_do(slack, empty_url):
    settings = settings_for(slack, empty_url, bot_token="xoxb-wrong", app_token="xapp-wrong")
    settings.migrate_at_start = False
    wrong = {one.what: one.advice for one in await found(settings, slack.clock.now) if not one.well}
    assert wrong["the database is behind"] == "Run `python -m bot migrate`."
    assert "Slack refuses the bot token (invalid_auth)" in wrong
    assert all(wrong.values())


async def test_a_new_database_is_no_trouble_where_the_start_makes_it(slack, empty_url):
    findings = {one.what: one.well for one in await found(settings_for(slack, empty_url), slack.clock.now)}
    assert findings["the database is new, or of an earlier version; the next start brings it up to date"]


async def test_a_database_of_a_newer_version_is_not_well(slack, fresh_url):
    engine = create_engine(fresh_url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    findings = {one.what: one for one in await found(settings_for(slack, fresh_url), slack.clock.now)}
    newer = findings["the database is of a newer version of the bot"]
    assert not newer.well and "backup" in newer.advice


async def test_swapped_tokens_are_recognised(slack, empty_url):
    swapped = settings_for(slack, empty_url, bot_token=slack.app_token, app_token=slack.bot_token)
    advice = {one.what: one.advice for one in await found(swapped, slack.clock.now) if not one.well}
    assert "xoxb-" in advice["MENTOR_BOT_TOKEN holds another kind of token"]
    assert "xapp-" in advice["MENTOR_APP_TOKEN holds another kind of token"]


async def test_without_a_key_it_is_said_once(slack, empty_url):
    settings = settings_for(slack, empty_url)
    settings.encryption_keys = SecretStr("")
    findings = await found(settings, slack.clock.now)
    assert sum("key" in one.what.lower() and not one.well for one in findings) == 1


async def test_a_clock_far_off_is_noticed(slack, empty_url):
    settings = settings_for(slack, empty_url)
    assert any("the clock is" in one.what and not one.well for one in await found(settings, clock))


async def test_nothing_set_is_a_list_of_what_to_set(slack, empty_url):
    settings = settings_for(slack, empty_url, bot_token="", app_token="")
    told = "\n".join(lines(await found(settings, slack.clock.now)))
    assert "✗ MENTOR_BOT_TOKEN is not set" in told and "✗ MENTOR_APP_TOKEN is not set" in told
