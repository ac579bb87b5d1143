"""Manners where letters are promised and where they are claimed: the facts are read here, `domain.manners` decides.

`Placing` runs at the end of every block that promised something to members. `Courtesy` is asked about each letter whose
time has come, in the transaction that takes it.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import structlog

from bot import courtesy, doors
from bot.domain import manners, when
from bot.domain.ids import LetterId, MemberId
from bot.domain.manners import Go, Manner, Never, Reader, Told, Topic, Verdict, week_of
from bot.feature import LetterKind, Moot, Outcome, Send
from bot.slack import blocks, digest
from bot.slack.blocks import Element, Message
from bot.slack.payload import pack
from bot.store.delivery import Delivery, Head
from bot.store.outbox import Letter, Promise
from bot.store.told import Counted
from bot.store.unit_of_work import Work

Read = Callable[[Letter], Awaitable[Outcome | Exception]]
"""How a letter reads now."""
ABOUT_PEOPLE = frozenset({Manner.NUDGE, Manner.REPLY, Manner.RECEIPT, Manner.SESSION})
"""What depends on its reader."""
MOST_PARTS = 8
FAR = date.max
"""For who asks about subjects alone, whatever the week."""

log = structlog.get_logger("manners")


def _kept_quiet(reader: Reader, until: datetime | None) -> Reader:
    return replace(reader, quiet_until=until) if until else reader


def way_out(topic: Topic | None) -> Element:
    """The button by which a reader makes messages like this stop."""
    return blocks.button("Fewer of these", doors.OPEN_SETTINGS, pack(topic=topic.value) if topic else "")


class Placing:
    def __init__(self, kinds: Mapping[str, LetterKind], now: Callable[[], datetime]) -> None:
        self._kinds = kinds
        self._now = now

    async def place(self, work: Work) -> None:
        """Put what was promised a moment ago where its reader's hours have it, and say why; what has waited for somebody
        whose clock is another now, too."""
        promised = [one for one in work.outbox.promised if one.kind in self._kinds]
        held = [one for one in promised if self._kinds[one.kind].manner in (Manner.NUDGE, Manner.REPLY)]
        known = await courtesy.readers(work, {one.to for one in held})
        for one in held:
            if one.to in known:
                await self._place(work, one, known[one.to][1])
        if work.members.moved:
            await self._follow(work, work.members.moved)

    async def _follow(self, work: Work, moved: Mapping[MemberId, str]) -> None:
        known = await courtesy.readers(work, moved)
        for one in await work.waiting.of(moved, self._now()):
            kind = self._kinds.get(one.kind)
            if kind is None or kind.manner not in (Manner.NUDGE, Manner.REPLY):
                continue
            member = MemberId(one.to)
            letter = manners.Letter(kind.manner, one.due, one.expires, kind.topic)
            here, why = manners.followed(letter, moved[member], known[member][1], self._now())
            await work.waiting.move(one.key, due=here.due, expires=here.deadline, why=why)

    async def _place(self, work: Work, promise: Promise, reader: Reader) -> None:
        kind = self._kinds[promise.kind]
        letter = manners.Letter(kind.manner, promise.due, promise.expires, kind.topic)
        if moved := manners.placed(letter, reader, self._now()):
            await work.outbox.place(promise.key, moved.until, moved.why)


class Courtesy:
    """What is known of the readers of one claim's letters."""

    def __init__(self, work: Work, kinds: Mapping[str, LetterKind], now: datetime) -> None:
        self._work = work
        self._kinds = kinds
        self._now = now
        self._readers: dict[MemberId, Reader] = {}
        self._left: set[MemberId] = set()
        self._heard: Sequence[Counted] = ()
        self._nudges = frozenset(name for name, kind in kinds.items() if kind.manner is Manner.NUDGE)

    async def learn(self, heads: Sequence[Head], quiet: Mapping[MemberId, datetime]) -> None:
        """Read what decides about these letters: three questions, or none where no reader has a say."""
        about = [head.letter for head in heads if self._depends(head.letter)]
        who = {letter.member for letter in about if letter.member}
        known = await courtesy.readers(self._work, who)
        self._readers = {number: _kept_quiet(reader, quiet.get(number)) for number, (_one, reader) in known.items()}
        self._left = {number for number, (member, _reader) in known.items() if member.left}
        nudged = [letter for letter in about if letter.kind in self._nudges]
        if not nudged:
            return
        since = when.week_of(self._now.date() - timedelta(days=1))
        told = {letter.member for letter in nudged if letter.member}
        subjects = {letter.subject for letter in nudged if self._kinds[letter.kind].item}
        self._heard = await self._work.told.heard(told, since, subjects)

    def verdict(self, letter: Letter) -> Verdict:
        kind = self._kinds.get(letter.kind)
        if kind is None or letter.member is None:
            return Go()
        reader = self._readers.get(letter.member)
        if letter.member in self._left:
            return Never("they have left")
        if reader is None:
            return Go()
        asked = manners.Letter(kind.manner, letter.due, letter.expires, kind.topic)
        return manners.decide(asked, reader, self._told(letter, kind), self._now)

    def week_for(self, letter: Letter) -> date:
        """The week it is for its reader."""
        return week_of(self._now, self._zone(letter))

    def is_nudge(self, letter: Letter) -> bool:
        return letter.member is not None and letter.kind in self._nudges

    def _depends(self, letter: Letter) -> bool:
        kind = self._kinds.get(letter.kind)
        return letter.member is not None and kind is not None and kind.manner in ABOUT_PEOPLE

    def _told(self, letter: Letter, kind: LetterKind) -> Told:
        weeks: dict[date, int] = {}
        joinable: dict[date, LetterId] = {}
        for one in self._heard:
            if one.to != letter.member or one.is_part:
                continue
            weeks[one.week] = weeks.get(one.week, 0) + 1
            if one.is_there:
                joinable[one.week] = one.id
        return Told(weeks, joinable, self._times(letter, kind))

    def _times(self, letter: Letter, kind: LetterKind) -> int:
        if not kind.item:
            return 0
        same = {name for name, other in self._kinds.items() if other.item == kind.item}
        about = (letter.member, letter.subject)
        return sum(one.kind in same and (one.to, one.subject) == about for one in self._heard)

    # One message of several letters

    async def merge(self, letter: Letter, send: Send, week: date, read: Read) -> Send:
        """The letter's message with whatever else waits for its reader this week."""
        end = self._end_of_week(letter, week)
        others = await self._work.told.waiting(
            letter, now=self._now, before=end, kinds=self._nudges, most=MOST_PARTS - 1
        )
        await self._learn_of(others)
        wanted = [one for one in others if not isinstance(self.verdict(one), Never)]
        taken, parts = await self._read_all(wanted, read, [(letter, send.message)])
        await self._work.told.carry(taken, letter, week=week, now=self._now)
        if not taken:
            return self.with_way_out(letter, send)
        return Send(digest.merged(parts, way_out(None)), also=tuple(part.key for part in taken))

    async def _learn_of(self, letters: Sequence[Letter]) -> None:
        subjects = {letter.subject for letter in letters if self._kinds[letter.kind].item}
        known = {one.id for one in self._heard}
        heard = await self._work.told.heard({MemberId(letters[0].to)}, FAR, subjects) if subjects else []
        self._heard = [*self._heard, *(one for one in heard if one.id not in known)]

    async def join(self, letter: Letter, send: Send, message: LetterId, read: Read) -> Send | None:
        """The message that stands there already, with this letter in it; None where it is not there any more."""
        found = await self._work.told.standing(message)
        if found is None:
            return None
        first, place = found
        before = [first, *await self._work.told.parts_of(message)]
        _taken, parts = await self._read_all(before, read, [])
        await self._work.told.share(first)
        shown = digest.merged([*parts, (letter.id, send.message)], way_out(None))
        return Send(shown, edits=place, also=tuple(one.key for one in before))

    async def _read_all(
        self, letters: Sequence[Letter], read: Read, begun: Sequence[tuple[Letter, Message]]
    ) -> tuple[list[Letter], list[tuple[int, Message]]]:
        """Those of the letters that are still wanted and have room, and all parts as they read now."""
        taken: list[Letter] = []
        parts = [(int(letter.id), message) for letter, message in begun]
        for letter in letters:
            outcome = await read(letter)
            fits = isinstance(outcome, Send) and digest.fits([*(one for _, one in parts), outcome.message])
            if isinstance(outcome, Moot):
                await Delivery(self._work.connection, self._work.team).moot(letter, outcome.why, self._now)
            elif isinstance(outcome, Send) and fits:
                taken.append(letter)
                parts.append((int(letter.id), outcome.message))
        return taken, parts

    def with_way_out(self, letter: Letter, send: Send) -> Send:
        kind = self._kinds[letter.kind]
        return Send(digest.with_a_way_out(send.message, way_out(kind.topic)), send.thread, send.channel)

    def _end_of_week(self, letter: Letter, week: date) -> datetime:
        return when.to_utc(week + timedelta(days=7), when.EARLIEST, self._zone(letter))

    def _zone(self, letter: Letter) -> str:
        return self._readers[letter.member].hours.zone if letter.member in self._readers else "UTC"
