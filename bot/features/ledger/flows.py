"""Read, decide, write: notes of one member, for that member; and those they choose to show to somebody."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain import ledger, when
from bot.domain.agreements import good_moment
from bot.domain.errors import Refused, RefusedFields
from bot.domain.ids import MemberId, NoteId, RelationshipId
from bot.domain.intros import check_reachable
from bot.domain.ledger import Entry, Note
from bot.domain.relationships import Relationship, check_open, check_part
from bot.feature import Deps
from bot.slack.gateway import File
from bot.slack.requests import Request
from bot.store.unit_of_work import Work

EXPORTS = {"markdown": ("mentoring-ledger.md", ledger.as_markdown), "csv": ("mentoring-ledger.csv", ledger.as_csv)}


@dataclass(frozen=True)
class Shelf:
    """What a member's ledger holds, or what of it was looked for."""

    me: MemberId
    notes: tuple[Note, ...] = ()
    words: str = ""
    total: int = 0
    open_with: tuple[Relationship, ...] = ()


@dataclass(frozen=True)
class Page:
    """A form for a note: a new one, or one that there is."""

    note: Note | None
    today: date
    about: MemberId | None = None
    relationship: RelationshipId | None = None


async def shelf(by: Request, words: str, deps: Deps) -> Shelf:
    async with deps.store.open_view(by.team) as work:
        every = await work.ledger.of(by.member)
        open_with = await work.relationships.open_of([by.member])
        found = ledger.search(every, words) if words else every
        return Shelf(by.member, tuple(found), words, len(every), tuple(open_with))


async def names_of(by: Request, found: Shelf, deps: Deps) -> dict[MemberId, str]:
    async with deps.store.open_view(by.team) as work:
        known = await work.members.named({one.other(by.member) for one in found.open_with})
        return {member: one.name for member, one in known.items()}


async def blank(by: Request, relationship: RelationshipId | None, deps: Deps) -> Page:
    """A new note, of a meeting in this relationship or of anything."""
    async with deps.store.open_view(by.team) as work:
        today = await _today(work, by.member, deps.now())
        if relationship is None:
            return Page(None, today)
        found = await work.relationships.get(relationship)
        check_part(found, by.member)
        return Page(None, today, found.other(by.member), relationship)


async def one(by: Request, number: NoteId, deps: Deps) -> Note:
    async with deps.store.open_view(by.team) as work:
        return await work.ledger.get(by.member, number)


async def to_change(by: Request, number: NoteId, deps: Deps) -> Page:
    async with deps.store.open_view(by.team) as work:
        note = await work.ledger.get(by.member, number)
        return Page(note, await _today(work, by.member, deps.now()), note.entry.about, note.relationship)


async def write(by: Request, entry: Entry, relationship: RelationshipId | None, deps: Deps) -> Note:
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        await _check(work, by.member, entry, now)
        if relationship is not None:
            check_part(await work.relationships.get(relationship), by.member)
        note = Note(NoteId(0), by.member, entry, now, relationship)
        return replace(note, id=await work.ledger.add(note))


async def change(by: Request, number: NoteId, entry: Entry, *, version: int, deps: Deps) -> Note:
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        await _check(work, by.member, entry, now)
        known = await work.ledger.get(by.member, number)
        changed = replace(known, entry=entry, version=version)
        await work.ledger.save(changed)
        return replace(changed, version=version + 1)


async def delete(by: Request, number: NoteId, deps: Deps) -> None:
    async with deps.store.open_work(by.team) as work:
        await work.ledger.get(by.member, number)
        await work.ledger.delete(by.member, number)


async def _check(work: Work, member: MemberId, entry: Entry, now: datetime) -> None:
    ledger.check(entry)
    if entry.on > await _today(work, member, now):
        raise RefusedFields({"on": "Pick today or a day before."})
    if entry.about == member:
        raise RefusedFields({"about": "Pick somebody else, or leave it empty."})


async def _today(work: Work, member: MemberId, now: datetime) -> date:
    known = await work.members.get(member)
    return when.local(now, known.tz if known else "UTC").date()


async def share(by: Request, numbers: list[NoteId], with_: RelationshipId, deps: Deps) -> Relationship:
    """Copies of these notes, as they are now, to the other one of an open relationship: a new mentor, most often."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        found = await work.relationships.get(with_)
        check_open(found, by.member)
        reader = check_reachable(await work.members.get(found.other(by.member)), now)
        shared = ledger.share(await work.ledger.picked(by.member, numbers), reader.id, now)
        for note in shared:
            await work.ledger.save(note)
        terms = (await work.agreements.terms_of([found.id])).get(found.id)
        await work.outbox.add(
            "ledger.shared",
            found.id,
            to=reader.id,
            due=good_moment(terms, now, reader.tz),
            key=f"{by.member}:{int(now.timestamp())}",
            payload={"by": by.member, "notes": [_copy(note) for note in shared]},
        )
        return found


def _copy(note: Note) -> dict[str, str]:
    entry = note.entry
    return {
        "on": entry.on.isoformat(),
        "topics": entry.topics,
        "takeaways": entry.takeaways,
        "follow_ups": entry.follow_ups,
    }


async def export(by: Request, kind: str, deps: Deps) -> int:
    """All of it as a file in the owner's conversation with the bot; how many notes."""
    if kind not in EXPORTS:
        raise Refused("I can send it as Markdown or as CSV.")
    name, written = EXPORTS[kind]
    async with deps.store.open_view(by.team) as work:
        notes = await work.ledger.of(by.member)
        people = {one for note in notes for one in (*note.shared_with, note.entry.about) if one is not None}
        names = {member: known.name for member, known in (await work.members.named(people)).items()}
    if not notes:
        raise Refused("Your ledger is empty, so there is nothing to send yet.")
    channel = await deps.slack.open_dm(by.team, [by.member])
    file = File(name, written(notes, names), "Your mentoring ledger")
    await deps.slack.send_file(
        by.team, channel, file, words="Your mentoring ledger, as it is now. It is yours to keep."
    )
    return len(notes)
