"""The database goes away under a running bot and comes back: nothing is lost, nothing is said twice, nobody restarts it."""

import asyncio
import contextlib
import sqlite3
import time
from collections import Counter
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from sqlalchemy import event

from bot.app import FEATURES, running, trial_settings
from bot.sandbox import server
from bot.sandbox.person import World
from bot.store.away import AWAY
from tests import postgres
from tests.stories.bulk import BULK, promise

LETTERS = 36


@asynccontextmanager
async def a_bot(database_url):
    async with server.running(seed="empty") as slack, World(slack.url) as world, aiohttp.ClientSession() as session:
        settings = trial_settings(
            slack_api_url=slack.api_url,
            bot_token=slack.bot_token,
            app_token=slack.app_token,
            database_url=database_url,
        )
        async with running(settings, now=slack.clock.now, features=[*FEATURES, BULK]) as bot:

            async def ready():
                async with session.get(f"{bot.http_url}/readyz") as answer:
                    return answer.status, await answer.text()

            yield bot, slack, world, ready


def said(slack):
    return [message for message in slack.workspace.posted if message.text.startswith("letter ")]


async def until(holds, seconds=30.0):
    end = time.monotonic() + seconds
    while not await holds():
        assert time.monotonic() < end, "it did not come about"
        await asyncio.sleep(0.1)


def each_once_and_in_time(slack, dues):
    assert Counter(message.text for message in said(slack)) == Counter(f"letter {n}" for n in range(len(dues)))
    for message in said(slack):
        due = dues[int(message.text.split()[1])]
        assert datetime.fromtimestamp(float(message.ts), UTC) >= due - timedelta(milliseconds=1)


@pytest.mark.timeout(180)
async def test_postgresql_is_gone_for_five_minutes():
    with postgres.one_to_stop() as database:
        async with a_bot(database.url) as (bot, slack, world, ready):
            ana = world.person("Ana")
            await ana.command("/mentor help")
            assert (await ready())[0] == 200
            begun = slack.clock.now()
            dues = [begun + timedelta(seconds=number * 10) for number in range(LETTERS)]
            await promise(bot, slack, dues, rooms=6)

            async def has_begun():
                return len(said(slack)) >= 1

            await until(has_begun)
            await asyncio.to_thread(database.stop)
            status, words = await ready()
            assert status == 503 and "The database can't be reached." in words
            assert AWAY in str(await ana.command("/mentor commitments"))
            slack.clock.jump_to(begun + timedelta(minutes=5))
            before = len(said(slack))
            await asyncio.sleep(1)
            assert len(said(slack)) == before
            await asyncio.to_thread(database.start)

            async def all_is_well():
                return (await ready())[0] == 200 and len(said(slack)) >= 31

            await until(all_is_well)
            assert AWAY not in str(await ana.command("/mentor commitments"))
            slack.clock.jump_to(dues[-1])
            bot.deps.store.wake()

            async def all_are_said():
                return len(said(slack)) >= LETTERS

            await until(all_are_said)
            await bot.settle()
            each_once_and_in_time(slack, dues)


@pytest.mark.database("sqlite")
async def test_somebody_locks_the_file(database_url):
    async with a_bot(database_url) as (bot, slack, world, ready):
        ana = world.person("Ana")
        await ana.command("/mentor help")
        path = database_url.removeprefix("sqlite:///")
        with contextlib.closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as somebody:
            # In a thread, for the bot may be about to end a transaction of its own.
            await asyncio.to_thread(somebody.execute, "BEGIN IMMEDIATE")
            bo = world.person("Bo")
            await bo.command("/mentor help")
            await bo.sees("I can't get at my notes", within=15)
            somebody.execute("ROLLBACK")
        dues = [slack.clock.now()] * 3
        await promise(bot, slack, dues, rooms=3)
        assert AWAY not in str(await bo.command("/mentor help"))
        await bot.settle()
        each_once_and_in_time(slack, dues)
        assert (await ready())[0] == 200


@pytest.mark.database("sqlite")
async def test_the_disk_is_full(database_url):
    async with a_bot(database_url) as (bot, slack, _world, ready):
        full = [True]

        def as_large_as_it_is(connection, _record, _proxy):
            pages = 1 if full[0] else 1_000_000
            connection.cursor().execute(f"PRAGMA max_page_count = {pages}")

        dues = [slack.clock.now() + timedelta(seconds=1)] * 300
        event.listen(bot.deps.store.engine.sync_engine, "checkout", as_large_as_it_is)
        with pytest.raises(Exception, match="disk is full"):
            await promise(bot, slack, dues, rooms=3)
        full[0] = False
        await promise(bot, slack, dues[:3], rooms=3)
        slack.clock.jump_to(dues[0])
        await bot.settle()
        each_once_and_in_time(slack, dues[:3])
        assert (await ready())[0] == 200
