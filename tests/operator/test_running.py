"""A running bot: healthy, ready, and gone in order when it is told to stop."""

import asyncio
import signal
import sys

import aiohttp
import pytest

from bot.sandbox import server
from bot.sandbox.run import together
from bot.store.keyring import new_key


@pytest.mark.database("sqlite")
async def test_health_readiness_and_metrics_are_answered(database_url):
    async with together(seed="empty", database=database_url) as both, aiohttp.ClientSession() as session:
        for path, words in (("/healthz", '"ok": true'), ("/readyz", '"ok": true'), ("/metrics", "mentor_outbox")):
            async with session.get(both.bot.http_url + path) as answer:
                assert answer.status == 200 and words in await answer.text()


@pytest.mark.database("sqlite")
async def test_sigterm_ends_it_in_order(tmp_path):
    async with server.running(seed="empty") as slack:
        environment = {
            "MENTOR_BOT_TOKEN": slack.bot_token,
            "MENTOR_APP_TOKEN": slack.app_token,
            "MENTOR_SLACK_API_URL": slack.api_url,
            "MENTOR_ENCRYPTION_KEYS": new_key(),
            "MENTOR_DATABASE_URL": f"sqlite:///{tmp_path}/mentor.db",
            "MENTOR_PORT": "0",
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "run",
            env=environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        first = await process.stdout.readline()
        assert b"Running for Northwind" in first
        process.send_signal(signal.SIGTERM)
        _out, wrong = await process.communicate()
        assert process.returncode == 0 and b"Traceback" not in wrong


@pytest.mark.parametrize(("token", "words"), [("BOT", "the bot token"), ("APP", "the app-level token")])
async def test_a_wrong_token_is_said_in_a_sentence(tmp_path, token, words):
    async with server.running(seed="empty") as slack:
        environment = {
            "MENTOR_BOT_TOKEN": slack.bot_token,
            "MENTOR_APP_TOKEN": slack.app_token,
            "MENTOR_SLACK_API_URL": slack.api_url,
            "MENTOR_ENCRYPTION_KEYS": new_key(),
            "MENTOR_DATABASE_URL": f"sqlite:///{tmp_path}/mentor.db",
            "MENTOR_PORT": "0",
            f"MENTOR_{token}_TOKEN": "xoxb-wrong",
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            "run",
            env=environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        _out, wrong = await process.communicate()
        assert process.returncode == 2
        assert f"Slack does not accept {words}: invalid_auth".encode() in wrong and b"Traceback" not in wrong
