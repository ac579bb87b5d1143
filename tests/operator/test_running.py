"""A running bot: healthy, ready, and gone in order when it is told to stop."""

import asyncio
import contextlib
import shutil
import signal
import sqlite3
import sys

import aiohttp
import pytest

from bot.sandbox import server
from bot.sandbox.person import World
from bot.sandbox.run import together
from bot.store.keyring import new_key
from tests.stories.oak import start_oak

KEY = new_key()


@pytest.mark.database("sqlite")
async def test_health_readiness_and_metrics_are_answered(database_url):
    async with together(seed="empty", database=database_url) as both, aiohttp.ClientSession() as session:
        for path, words in (("/healthz", '"ok": true'), ("/readyz", '"ok": true'), ("/metrics", "mentor_outbox")):
            async with session.get(both.bot.http_url + path) as answer:
                assert answer.status == 200 and words in await answer.text()


@pytest.mark.database("sqlite")
async def test_a_refused_token_shows_in_readiness_until_it_is_good_again(database_url):
    async with (
        together(seed="empty", database=database_url) as both,
        World(both.sandbox.url) as world,
        aiohttp.ClientSession() as session,
    ):

        async def ready():
            async with session.get(both.bot.http_url + "/readyz") as answer:
                return answer.status, await answer.text()

        await start_oak(world.person("Miriam"))
        assert (await ready())[0] == 200
        await world.post("/token", revoked=True)
        await world.forward(weeks=1)
        status, words = await ready()
        assert status == 503 and "Slack refuses the token of Northwind: token_revoked" in words
        await world.post("/token", revoked=False)
        await world.forward(hours=2)
        assert (await ready())[0] == 200


async def start(slack, folder, command="run", **more):
    environment = {
        "MENTOR_BOT_TOKEN": slack.bot_token,
        "MENTOR_APP_TOKEN": slack.app_token,
        "MENTOR_SLACK_API_URL": slack.api_url,
        "MENTOR_ENCRYPTION_KEYS": KEY,
        "MENTOR_DATABASE_URL": f"sqlite:///{folder}/mentor.db",
        "MENTOR_PORT": "0",
    }
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", command),
        env=environment | more,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def test_sigterm_ends_it_in_order(tmp_path):
    async with server.running(seed="empty") as slack:
        process = await start(slack, tmp_path)
        assert b"Running for Northwind" in await process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        _out, wrong = await process.communicate()
        assert process.returncode == 0 and b"Traceback" not in wrong


async def test_a_second_process_on_the_same_file_is_refused_until_the_first_is_gone(tmp_path):
    async with server.running(seed="empty") as slack:
        first = await start(slack, tmp_path)
        assert b"Running for Northwind" in await first.stdout.readline()
        second = await start(slack, tmp_path)
        _out, wrong = await second.communicate()
        assert second.returncode == 2
        assert b"Another bot runs on" in wrong and b"mentor.db already" in wrong and b"Traceback" not in wrong
        first.kill()
        await first.wait()
        third = await start(slack, tmp_path)
        assert b"Running for Northwind" in await third.stdout.readline()
        third.send_signal(signal.SIGTERM)
        await third.communicate()


@pytest.mark.parametrize(("token", "words"), [("BOT", "the bot token"), ("APP", "the app-level token")])
async def test_a_wrong_token_is_said_in_a_sentence(tmp_path, token, words):
    async with server.running(seed="empty") as slack:
        process = await start(slack, tmp_path, **{f"MENTOR_{token}_TOKEN": "xoxb-wrong"})
        _out, wrong = await process.communicate()
        assert process.returncode == 2
        assert f"Slack does not accept {words}: invalid_auth".encode() in wrong and b"Traceback" not in wrong


@pytest.mark.parametrize("command", ["run", "migrate"])
async def test_a_database_of_a_newer_version_is_said_in_a_sentence(tmp_path, sqlite_template, command):
    shutil.copyfile(sqlite_template, tmp_path / "mentor.db")
    with contextlib.closing(sqlite3.connect(tmp_path / "mentor.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    async with server.running(seed="empty") as slack:
        bot = await start(slack, tmp_path, command=command)
        _out, said = await asyncio.wait_for(bot.communicate(), 60)
    assert bot.returncode == 2
    said = " ".join(said.decode().split())
    assert "The database is of a newer version of the bot. Install the version that made it" in said
    assert "Traceback" not in said


async def test_a_database_out_of_reach_is_said_in_a_sentence(tmp_path):
    async with server.running(seed="empty") as slack:
        away = "postgresql://mentor:secret@127.0.0.1:1/mentor"
        bot = await start(slack, tmp_path, MENTOR_DATABASE_URL=away)
        _out, said = await asyncio.wait_for(bot.communicate(), 60)
    assert bot.returncode == 2
    assert b"The database can't be used" in said and b"MENTOR_DATABASE_URL" in said
    assert b"secret" not in said and b"Traceback" not in said
