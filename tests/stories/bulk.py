"""Letters in bulk, for stories about what happens beside them."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.manners import Manner
from bot.feature import Feature, LetterKind, Send
from bot.slack.blocks import Message
from bot.store.outbox import State, outbox


async def compose(_work, letter, _now):
    return Send(Message(letter.subject))


KIND = "bulk.word"
BULK = Feature("bulk", letters=[LetterKind(KIND, compose, Manner.ASKED)])


async def promise(bot, slack, dues: Sequence[datetime], rooms: int) -> None:
    """A letter at each of these moments, by turns to so many channels."""
    me = slack.workspace.bot.id
    places = [slack.workspace.add_channel(f"room-{n}", "private", creator=me, members=[me]).id for n in range(rooms)]
    rows = [
        {
            "team": bot.installation.team,
            "key": f"{KIND}:{number}",
            "recipient": places[number % rooms],
            "lane": places[number % rooms],
            "kind": KIND,
            "subject": f"letter {number}",
            "due": due,
            "state": State.PENDING.value,
            "attempt": 0,
            "failures": 0,
        }
        for number, due in enumerate(dues)
    ]
    async with bot.deps.store.transaction() as connection:
        for first in range(0, len(rows), 2000):
            await connection.execute(outbox.insert(), rows[first : first + 2000])
    bot.deps.store.wake()
