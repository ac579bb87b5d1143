"""A bot on a machine whose clock is far from Slack's goes by Slack's, and says so."""

from datetime import timedelta

import pytest
from aiohttp import ClientSession

from bot.app import running, trial_settings
from bot.sandbox import server


@pytest.mark.database("sqlite")
async def test_a_machine_with_a_wrong_clock_is_told_apart(database_url):
    async with server.running(seed="empty") as slack:
        settings = trial_settings(
            slack_api_url=slack.api_url,
            bot_token=slack.bot_token,
            app_token=slack.app_token,
            database_url=database_url,
        )
        async with running(settings) as bot, ClientSession() as session:
            assert abs(bot.deps.now() - slack.clock.now()) < timedelta(seconds=2.5)
            async with session.get(f"{bot.http_url}/readyz") as answer:
                assert answer.status == 503
                assert "of Slack's; the bot goes by Slack's." in (await answer.json())["wrong"]
