"""`python -m bot outbox`: for whoever operates the bot, what waits, what failed, and one letter's whole story."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime
from typing import Literal

from rich.console import Console

from bot.app import clock
from bot.config import read_settings
from bot.domain.ids import ChannelId, LetterId, MemberId, Timestamp
from bot.store.audit import Entry
from bot.store.engine import connect
from bot.store.epoch import doubt
from bot.store.keyring import Keyring
from bot.store.messages import Place
from bot.store.outbox import Standing, State
from bot.store.unit_of_work import Store, Work

BROKEN = 1
OPERATOR = MemberId("operator")
MEANS = {
    State.PENDING: "It waits for its time, or for its turn.",
    State.SENDING: "A worker has it. If that worker is gone, its lease runs out and it is looked for.",
    State.UNKNOWN: "Slack's answer got lost. It is looked for when what was on its way must have arrived.",
    State.UNCERTAIN: "It may be there, and the bot may not read there. Look, then `seen`, `retry` or `drop` it.",
    State.SENT: "It is there.",
    State.CARRIED: "It goes, or went, inside the message of another letter.",
    State.MOOT: "It was not wanted any more.",
    State.EXPIRED: "Its time was over before it could go.",
    State.DEAD: "It was given up after many failures. Mend the cause, then `retry` it.",
}

say = Console(highlight=False, soft_wrap=True, markup=False)


def show_letters(
    state: Literal[
        "stuck", "all", "pending", "sending", "unknown", "uncertain", "dead", "sent", "carried", "moot", "expired"
    ] = "stuck",
    *,
    limit: int = 50,
) -> int:
    """Letters that need somebody (given up, uncertain, overdue), or the newest in one state.

    Parameters
    ----------
    state
        `all` are the newest ones, whatever became of them.
    limit
        How many at most.
    """
    return asyncio.run(_with_work(lambda work: _list(work, state, limit)))


async def _list(work: Work, state: str, limit: int) -> int:
    if state == "stuck":
        found = (await work.outbox.stuck(clock()))[:limit]
    else:
        found = await work.outbox.standing(*([] if state == "all" else [State(state)]), limit=limit)
    for standing in found:
        letter = standing.letter
        said = standing.error or (standing.why if standing.state is State.PENDING else "")
        line = f"{letter.id:>6}  {standing.state:<9}  {letter.due:%Y-%m-%d %H:%M}  {letter.key}  {said}"
        say.print(line.rstrip())
    say.print(f"{len(found)} letters in {work.team}.")
    return 0


def show(letter: str) -> int:
    """One letter's whole story, by its number or its key. The log has a line for each step: search it for the key."""
    return asyncio.run(_with_work(lambda work: _show(work, letter)))


async def _show(work: Work, which: str) -> int:
    standing = await work.outbox.find(which)
    if standing is None:
        return _told(False, "")
    entries = await work.audit.about("outbox.%", str(standing.letter.id))
    say.print("\n".join(_story(standing, entries)))
    return 0


def _story(standing: Standing, entries: Sequence[Entry]) -> Iterator[str]:
    letter, place = standing.letter, standing.place
    told = {
        "number": letter.id,
        "kind": f"{letter.kind}, about {letter.subject}",
        "to": letter.to if letter.to == standing.lane else f"{letter.to}, by way of {standing.lane}",
        "due": _at(letter.due),
        "expires": _at(standing.expires),
        "attempts": f"{standing.attempt}, of which {standing.failures} failed"
        if standing.failures
        else standing.attempt,
        "last tried": _at(standing.started),
        "looked for": _at(standing.check_at) if standing.state is State.UNKNOWN else "",
        "stands at": f"{place.channel} {place.ts}" if place else "",
        "done": _at(standing.done),
        "inside": f"letter {standing.carrier}" if standing.carrier else "",
        "waits": standing.why if standing.state is State.PENDING else "",
        "error": standing.error,
    }
    yield letter.key
    yield f"  {standing.state}: {MEANS[standing.state]}"
    yield from (f"  {name:<10}  {value}" for name, value in told.items() if value)
    yield from (f"  {_at(one.at)}  {one.by}  {one.act}  {one.details.get('why', '')}".rstrip() for one in entries)


def retry(letter: str) -> int:
    """Send a letter that was given up once more."""
    return asyncio.run(_with_letter(letter, "will be sent again", _retry))


async def _retry(work: Work, letter: LetterId) -> bool:
    return await work.outbox.retry(letter, by=OPERATOR, now=clock())


def drop(letter: str, why: str) -> int:
    """Give a letter up, with a reason that is kept in the audit log."""
    return asyncio.run(_with_letter(letter, "is dropped", lambda work, number: _drop(work, number, why)))


async def _drop(work: Work, letter: LetterId, why: str) -> bool:
    return await work.outbox.drop(letter, why, by=OPERATOR, now=clock())


def seen(letter: str, channel: str = "", ts: str = "") -> int:
    """Settle an uncertain letter that you have seen standing in its channel; with its place if you know it."""
    place = Place(ChannelId(channel), Timestamp(ts)) if channel and ts else None
    return asyncio.run(_with_letter(letter, "is settled", lambda work, number: _seen(work, number, place)))


async def _seen(work: Work, letter: LetterId, place: Place | None) -> bool:
    return await work.outbox.settle(letter, place, by=OPERATOR, now=clock())


def restored() -> int:
    """Say that the database was restored in a way it cannot notice itself (a snapshot of a disk, rows put back by hand).

    What is due is looked for in Slack then, before it is sent.
    """
    return asyncio.run(_restored())


async def _restored() -> int:
    store = _store()
    try:
        async with store.transaction() as connection:
            await doubt(connection)
    finally:
        await store.close()
    say.print("Noted. What may have gone out before is looked for; nothing of it is sent for three minutes.")
    return 0


async def _with_letter(which: str, words: str, act: Callable[[Work, LetterId], Awaitable[bool]]) -> int:
    async def change(work: Work) -> int:
        standing = await work.outbox.find(which)
        done = standing is not None and await act(work, standing.letter.id)
        return _told(done, f"Letter {which} {words}.")

    return await _with_work(change)


def _told(done: bool, words: str) -> int:
    say.print(words if done else "There is no such letter in a state that allows it. `outbox list all` shows them.")
    return 0 if done else BROKEN


def _at(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC" if moment else ""


async def _with_work(act: Callable[[Work], Awaitable[int]]) -> int:
    """Run this in each workspace; the best exit code of them, for a letter is in one of them only."""
    store = _store()
    try:
        codes = []
        for installation in await store.teams():
            async with store.open_work(installation.team) as work:
                codes.append(await act(work))
        return min(codes, default=0)
    finally:
        await store.close()


def _store() -> Store:
    settings = read_settings()
    keyring = Keyring.parse(settings.encryption_keys.get_secret_value())
    return Store(connect(settings.database_url.get_secret_value(), keyring))
