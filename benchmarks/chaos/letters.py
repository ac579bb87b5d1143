"""What is promised in a chaos run, and what is to be held of it afterwards."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.domain.ids import ChannelId, TeamId
from bot.domain.manners import Manner
from bot.feature import Feature, LetterKind, Moot, Outcome, Send
from bot.jobs.terms import Terms
from bot.slack.blocks import Message
from bot.store.leases import Pace
from bot.store.outbox import Letter, State, outbox
from bot.store.unit_of_work import Store, Work

KIND = "chaos.word"
FASTER = 5
"""Slack's limits, and the bot's pace below them, so many times as high as they are: minutes instead of an hour."""
PACE = Pace(per_minute=240 * FASTER, burst=60, reads_per_minute=40 * FASTER, reads_burst=40)
TERMS = Terms(
    pace=PACE,
    send_limit=timedelta(seconds=5),
    lease=timedelta(seconds=20),
    quarantine=timedelta(seconds=15),
    shadow=timedelta(seconds=15),
    first_pause=timedelta(seconds=2),
    most_failures=1000,
    watch_every=2.0,
)
LATEST_ARRIVAL = TERMS.last_start + TERMS.send_limit
"""A letter that becomes moot after it was claimed may still arrive for so long."""
MOOT_AFTER = timedelta(seconds=40)


@dataclass(frozen=True)
class Promise:
    number: int
    channel: ChannelId
    due: datetime

    @property
    def moot_from(self) -> datetime | None:
        return self.due + MOOT_AFTER if self.number % 25 == 0 else None


def plan(count: int, channels: Sequence[ChannelId], start: datetime, over: timedelta) -> list[Promise]:
    """Spread over the channels and over some time, due one after the other."""
    return [
        Promise(number, channels[number * 7 % len(channels)], start + over * number / count)
        for number in range(count)
    ]


async def promise(store: Store, team: TeamId, promises: Sequence[Promise]) -> None:
    rows = [
        {
            "team": team,
            "key": f"{KIND}:{one.number}",
            "recipient": one.channel,
            "lane": one.channel,
            "kind": KIND,
            "subject": str(one.number),
            "due": one.due,
            "state": State.PENDING.value,
            "attempt": 0,
            "failures": 0,
        }
        for one in promises
    ]
    async with store.transaction() as connection:
        for first in range(0, len(rows), 1000):
            await connection.execute(outbox.insert(), rows[first : first + 1000])


async def compose(_work: Work, letter: Letter, now: datetime) -> Outcome:
    moot_from = Promise(letter.number, ChannelId(letter.to), letter.due).moot_from
    return Moot("it is over") if moot_from and now >= moot_from else Send(Message(letter.subject))


FEATURE = Feature("chaos", letters=[LetterKind(KIND, compose, Manner.ASKED)])


@dataclass(frozen=True)
class Verdict:
    lost: int
    twice: int
    early: int
    moot: int
    uncertain: int
    unfinished: int

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.twice or self.early or self.moot or self.unfinished)


def judge(promises: Iterable[Promise], states: Mapping[int, State], said: Iterable[tuple[int, datetime]]) -> Verdict:
    arrivals: dict[int, list[datetime]] = {}
    for number, at in said:
        arrivals.setdefault(number, []).append(at)
    counted: Counter[str] = Counter()
    for one in promises:
        state, at = states[one.number], arrivals.get(one.number, [])
        counted["twice"] += len(at) > 1
        counted["early"] += any(moment < one.due for moment in at)
        counted["moot"] += any(one.moot_from and moment > one.moot_from + LATEST_ARRIVAL for moment in at)
        counted["uncertain"] += state is State.UNCERTAIN
        counted["lost"] += not at and (state is State.SENT or (state is State.MOOT and one.moot_from is None))
        counted["lost"] += state in (State.DEAD, State.EXPIRED)
        counted["unfinished"] += state in (State.PENDING, State.SENDING, State.UNKNOWN)
    names = ("lost", "twice", "early", "moot", "uncertain", "unfinished")
    return Verdict(*(counted[name] for name in names))


def moment_of(ts: str) -> datetime:
    return datetime.fromtimestamp(float(ts), UTC)
