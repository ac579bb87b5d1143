"""With ten thousand letters due, who types a command is answered as quickly as ever: replies never wait behind letters."""

import statistics
import time

import pytest

from bot.app import FEATURES, running, trial_settings
from bot.feature import Feature, LetterKind, Send
from bot.sandbox import server
from bot.sandbox.person import World
from bot.slack.blocks import Message
from bot.store.outbox import State, outbox

DUE = 10_000
TRIES = 25
MOST_TIMES_AS_LONG = 4
"""By the median; the machine may be busy with other tests at the same time."""


async def compose(_work, letter, _now):
    return Send(Message(letter.subject))


BULK = Feature("bulk", letters=[LetterKind("bulk.word", compose)])


async def promise(bot, slack) -> None:
    me = slack.workspace.bot.id
    rooms = [slack.workspace.add_channel(f"room-{n}", "private", creator=me, members=[me]) for n in range(300)]
    rows = [
        {
            "team": bot.installation.team,
            "key": f"bulk.word:{number}",
            "recipient": rooms[number % len(rooms)].id,
            "lane": rooms[number % len(rooms)].id,
            "kind": "bulk.word",
            "subject": str(number),
            "due": bot.deps.now(),
            "state": State.PENDING.value,
            "attempt": 0,
            "failures": 0,
        }
        for number in range(DUE)
    ]
    async with bot.deps.store.transaction() as connection:
        for first in range(0, DUE, 2000):
            await connection.execute(outbox.insert(), rows[first : first + 2000])
    bot.deps.store.wake()


async def seconds_a_command(person) -> list[float]:
    taken = []
    for _ in range(TRIES):
        begun = time.perf_counter()
        await person.command("/mentor help")
        taken.append(time.perf_counter() - begun)
    return taken


@pytest.mark.database("sqlite")
async def test_a_command_is_answered_while_ten_thousand_letters_are_due(database_url):
    async with server.running(seed="empty") as slack, World(slack.url) as world:
        settings = trial_settings(
            slack_api_url=slack.api_url,
            bot_token=slack.bot_token,
            app_token=slack.app_token,
            database_url=database_url,
        )
        async with running(settings, now=slack.clock.now, features=[*FEATURES, BULK]) as bot:
            ana = world.person("Ana")
            await ana.command("/mentor help")
            quiet = await seconds_a_command(ana)
            await promise(bot, slack)
            said = len(slack.workspace.posted)
            busy = await seconds_a_command(ana)
            assert len(slack.workspace.posted) - said > 20, "letters go out meanwhile"
            assert max(busy) < 3
            ratio = statistics.median(busy) / statistics.median(quiet)
            print(f"median {statistics.median(quiet):.4f} s, with letters due {statistics.median(busy):.4f} s")
            assert ratio < MOST_TIMES_AS_LONG
