"""The doctor says what is well, and what to do about the rest."""

import pytest

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
    wrong = {one.what: one.advice for one in await found(settings, slack.clock.now) if not one.well}
    assert wrong["the database is behind"] == "Run `python -m bot migrate`."
    assert "Slack refuses the bot token (invalid_auth)" in wrong
    assert all(wrong.values())


async def test_a_clock_far_off_is_noticed(slack, empty_url):
    settings = settings_for(slack, empty_url)
    assert any("the clock is" in one.what and not one.well for one in await found(settings, clock))


async def test_nothing_set_is_a_list_of_what_to_set(slack, empty_url):
    settings = settings_for(slack, empty_url, bot_token="", app_token="")
    told = "\n".join(lines(await found(settings, slack.clock.now)))
    assert "✗ MENTOR_BOT_TOKEN is not set" in told and "✗ MENTOR_APP_TOKEN is not set" in told
