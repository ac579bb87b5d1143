"""How a ledger looks to its owner, and what somebody sees of it to whom a part was shown."""

from collections.abc import Mapping, Sequence

from bot.domain.ids import MemberId
from bot.domain.ledger import LIMITS, MOST_CARRIED, Note
from bot.domain.when import say_day
from bot.features.ledger.flows import Page, Shelf
from bot.slack import blocks
from bot.slack.blocks import Block, Message, View
from bot.slack.payload import pack
from bot.slack.text import clip, escape, listed, many, mention

SHOWN = 8
"""How many notes a message lists: the newest; the rest is found by searching."""
PRIVATE = "Only you see it: no mentor, no program lead, nobody."


def shelf(found: Shelf) -> Message:
    if found.total == 0:
        return _empty()
    shown: list[Block] = [blocks.section(_heading(found))]
    for note in found.notes[:SHOWN]:
        open_it = blocks.button("Open", "ledger.show", pack(note=note.id))
        shown.append(blocks.section(_in_a_line(note), open_it, block=f"note-{note.id}"))
    shown += [
        blocks.actions(*_buttons(found), block="do"),
        blocks.context(f"{PRIVATE} `/mentor ledger words` looks for some."),
    ]
    return Message("Your ledger.", shown)


def _empty() -> Message:
    words = (
        "*Your ledger is empty so far.* After a meeting, write in two lines what it was about and what you take away. "
        "It stays with you when a relationship ends, and you can take it along as a file."
    )
    write = blocks.button("Write a note", "ledger.write", style="primary")
    return Message(
        "Your ledger is empty so far.", [blocks.section(words), blocks.actions(write), blocks.context(PRIVATE)]
    )


def _heading(found: Shelf) -> str:
    if not found.words:
        more = f", the newest {SHOWN} of them here" if found.total > SHOWN else ""
        return f"*Your ledger*: {many(found.total, 'note', 'notes')}{more}."
    if not found.notes:
        return f"*Nothing in your ledger holds “{escape(clip(found.words, 80))}”.* Try one word of it."
    return f"*“{escape(clip(found.words, 80))}”* is in {many(len(found.notes), 'note', 'notes')} of yours."


def _buttons(found: Shelf) -> list[blocks.Element]:
    made = [blocks.button("Write a note", "ledger.write", style="primary")]
    if found.open_with:
        made.append(blocks.button("Show some to a mentor", "ledger.share"))
    return [
        *made,
        blocks.button("As Markdown", "ledger.export:markdown", pack(kind="markdown")),
        blocks.button("As CSV", "ledger.export:csv", pack(kind="csv")),
    ]


def _in_a_line(note: Note) -> str:
    entry = note.entry
    about = f", with {mention(entry.about)}" if entry.about else ""
    text = escape(clip(entry.topics or entry.takeaways or entry.follow_ups, 150)).replace("\n", " ")
    marked = f"\n_shown to {listed([mention(one) for one in note.shared_with])}_" if note.shared_with else ""
    return f"*{say_day(entry.on)}*{about}\n{text}{marked}"


def page(note: Note) -> View:
    entry = note.entry
    about = f", with {mention(entry.about)}" if entry.about else ""
    shown: list[Block] = [blocks.section(f"*{say_day(entry.on)}*{about}"), *_parts(vars(entry))]
    value = pack(note=note.id)
    gone = blocks.confirm(
        "Delete this note?", "It is gone for good, and nobody else has it.", yes="Delete", style="danger"
    )
    shown.append(
        blocks.actions(
            blocks.button("Change it", "ledger.change", value),
            blocks.button("Delete it", "ledger.delete", value, confirm=gone),
            block="do",
        )
    )
    seen = f"Shown to {listed([mention(one) for one in note.shared_with])}, by you." if note.shared_with else PRIVATE
    return blocks.modal("A note of yours", [*shown, blocks.context(seen)])


def _parts(texts: Mapping[str, object]) -> list[Block]:
    shown: list[Block] = []
    for name, block in (("Topics", "topics"), ("Takeaways", "takeaways"), ("Follow-ups", "follow_ups")):
        if text := str(texts[block]):
            shown += [blocks.section(f"*{name}*"), blocks.quote(text)]
    return shown


def form(one: Page) -> View:
    note = one.note
    entry = note.entry if note else None
    shown = [
        blocks.context(PRIVATE),
        blocks.field_input(
            "Day", blocks.day_picker("on", chosen=(entry.on if entry else one.today).isoformat()), block="on"
        ),
        blocks.field_input("With", blocks.person_menu("about", chosen=one.about or ""), block="about", optional=True),
        _text("What was it about?", "topics", entry.topics if entry else ""),
        _text("What do I take away?", "takeaways", entry.takeaways if entry else ""),
        _text("What follows?", "follow_ups", entry.follow_ups if entry else ""),
    ]
    notes = pack(note=note.id, version=note.version) if note else pack(relationship=one.relationship or 0)
    callback = "ledger.change" if note else "ledger.write"
    return blocks.modal("A note of mine", shown, callback=callback, submit="Keep", notes=notes)


def _text(label: str, block: str, given: str) -> Block:
    make = blocks.line if block == "topics" else blocks.paragraph
    return blocks.field_input(label, make(block, given=given, most=LIMITS[block]), block=block, optional=True)


def share_form(found: Shelf, names: Mapping[MemberId, str]) -> View:
    people = [(f"{names.get(one.other(found.me), '?')}: {one.facts.name}", str(one.id)) for one in found.open_with]
    notes = [(clip(_plain_line(note), 70), str(note.id)) for note in found.notes[:100]]
    shown = [
        blocks.section("They get a copy of the notes you pick, as they are now. Your ledger marks which they were."),
        blocks.field_input("Whom?", blocks.menu("whom", people), block="whom"),
        blocks.field_input("Which notes?", blocks.many_menu("notes", notes, most=MOST_CARRIED), block="notes"),
    ]
    return blocks.modal("Show some to a mentor", shown, callback="ledger.share", submit="Show them")


def _plain_line(note: Note) -> str:
    entry = note.entry
    text = entry.topics or entry.takeaways or entry.follow_ups
    return f"{entry.on:%d %b %Y}: {' '.join(text.split())}"


def shared(reader: MemberId) -> Message:
    words = f"*{mention(reader)} gets a copy of the notes you picked.* The rest of your ledger stays with you alone."
    return Message("Shown.", [blocks.section(words)])


def shown_to(by: MemberId, copies: Sequence[Mapping[str, str]]) -> Message:
    """A letter to the one to whom notes were shown."""
    parts: list[Block] = [
        blocks.section(f"*{mention(by)} shows you some notes of theirs*, so that you know where they come from.")
    ]
    for copy in copies:
        parts += [blocks.divider(), blocks.context(f"*{escape(copy['on'])}*"), *_parts(copy)]
    return Message("Somebody shows you some notes of theirs.", parts[: blocks.MESSAGE_BLOCKS])


def sent(count: int) -> Message:
    words = f"*Sent: {many(count, 'note', 'notes')}*, as a file in our conversation. It is yours to keep."
    return Message("Sent.", [blocks.section(words)])


def deleted() -> View:
    return blocks.modal("A note of yours", [blocks.section("*Deleted*, for good.")])
