"""A ledger by command, form and tap: its owner's alone, and what they show is a copy of what they picked."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.errors import Gone, NotYours, Refused, RefusedFields, Stale
from bot.domain.ids import NoteId, RelationshipId
from bot.domain.ledger import Entry, Note
from bot.domain.relationships import close
from bot.feature import Moot, Send
from bot.features.ledger import blocks, handlers, letters
from bot.features.ledger.flows import Page, Shelf
from bot.slack.payload import Payload
from bot.slack.requests import Click, Command, Submission, View
from tests.builders import a_relationship, an_id, saved_member, saved_relationship
from tests.clock import START
from tests.features.answers import chosen, picked_day, picked_person, typed
from tests.letters import letters_of

ANA, BO = an_id("Ana"), an_id("Bo")
DAY = picked_day("2026-03-02")
NASTY = "<!channel> & <@U0BO> \u202e😀"


@pytest.fixture
async def pair(deps, team):
    async with deps.store.open_work(team) as work:
        await saved_member(work, "Lea")
        return await saved_relationship(work)


@pytest.fixture
def click(team):
    return lambda name, **payload: Click(team, an_id(name), payload=Payload(payload), view=View("V1"))


@pytest.fixture
def send(team):
    def made(name, packed, /, **values):
        return Submission(team, an_id(name), view=View("V1", notes=Payload(packed)), answers=typed(**values))

    return made


@pytest.fixture
def write(deps, send):
    async def written(name="Ana", pair=0, on=DAY, **values):
        return await handlers.write(send(name, {"relationship": pair}, on=on, **values), deps)

    return written


@pytest.fixture
def notes(deps, team):
    async def found(name="Ana"):
        async with deps.store.open_view(team) as work:
            return await work.ledger.of(an_id(name))

    return found


async def shelf(deps, team, name="Ana", words=""):
    return str((await handlers.show_shelf(Command(team, an_id(name), words=words), deps)).message.blocks)


async def test_a_note_is_written_found_changed_and_deleted(deps, team, pair, write, notes, click, send):
    assert "empty so far" in await shelf(deps, team)
    form = str((await handlers.open_blank(click("Ana", relationship=pair.id), deps)).view)
    assert "'initial_user': 'U0BO'" in form
    await write(pair=pair.id, topics="A talk", takeaways=NASTY, about=picked_person(BO))
    [note] = await notes()
    assert note.relationship == pair.id and note.entry.takeaways == "<!channel> & <@U0BO> 😀"
    assert "A talk" in await shelf(deps, team, words="channel") and "Nothing in your ledger" in await shelf(
        deps, team, words="x"
    )
    await handlers.show(click("Ana", note=note.id), deps)
    await handlers.open_change(click("Ana", note=note.id), deps)
    changed = {"note": note.id, "version": note.version}
    await handlers.change(send("Ana", changed, on=DAY, topics="Another"), deps)
    with pytest.raises(Stale):
        await handlers.change(send("Ana", changed, on=DAY, topics="Yet another"), deps)
    await handlers.delete(click("Ana", note=note.id), deps)
    assert await notes() == []


async def test_nobody_else_reads_or_touches_a_note(deps, team, pair, write, notes, click, send):
    await write(topics="Secret")
    [note] = await notes()
    for name in ("Bo", "Lea"):
        assert "Secret" not in await shelf(deps, team, name)
        for act in (handlers.show, handlers.open_change, handlers.delete):
            with pytest.raises(Gone):
                await act(click(name, note=note.id), deps)
        with pytest.raises(Gone):
            await handlers.change(send(name, {"note": note.id, "version": 1}, on=DAY, topics="x"), deps)
    with pytest.raises(NotYours):
        await write("Lea", pair=pair.id, topics="x")
    async with deps.store.open_view(team) as work:
        assert "Secret" not in (await work.connection.exec_driver_sql("SELECT entry FROM ledger")).scalar_one()
    assert [one.entry.topics for one in await notes()] == ["Secret"]


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"on": {}, "topics": "x"},
        {"topics": "x" * 3000},
        {"topics": "x", "on": picked_day("2026-03-03")},
        {"topics": "x", "about": picked_person(ANA)},
    ],
    ids=["nothing", "no day", "too long", "a day to come", "with oneself"],
)
async def test_a_note_that_makes_no_sense_is_refused(pair, write, notes, values):
    with pytest.raises(RefusedFields):
        await write(**values)
    assert await notes() == []


async def test_what_is_shown_is_a_copy_of_what_was_picked(deps, team, pair, write, notes, click, send):
    with pytest.raises(Refused):
        await handlers.open_share(click("Ana"), deps)
    await write(topics="Shown")
    await write(topics="Kept back")
    _, shown = await notes()
    await write("Bo", topics="Bo's own")
    assert "Bo: skill mentor" in str((await handlers.open_share(click("Ana"), deps)).view)
    picked = {
        "selected_options": [{"value": str(shown.id)}, {"value": str((await notes("Bo"))[0].id)}, {"value": "x"}]
    }
    await handlers.share(send("Ana", {}, whom=chosen(str(pair.id)), notes=picked), deps)
    [letter] = [one for one in await letters_of(deps.store, team) if one.kind == "ledger.shared"]
    async with deps.store.open_work(team) as work:
        sent = await letters.shared(work, letter, START)
    assert letter.to == BO and isinstance(sent, Send)
    assert (
        "Shown" in str(sent.message.blocks)
        and "Kept back" not in str(sent.message.blocks)
        and "Bo's" not in str(sent.message.blocks)
    )
    assert {one.entry.topics: one.shared_with for one in await notes()} == {"Shown": (BO,), "Kept back": ()}
    for whom, error in ((chosen("99"), Gone), (chosen("x"), RefusedFields), ({}, RefusedFields)):
        with pytest.raises(error):
            await handlers.share(send("Ana", {}, whom=whom, notes=picked), deps)
    with pytest.raises(NotYours):
        await handlers.share(send("Lea", {}, whom=chosen(str(pair.id)), notes=picked), deps)
    async with deps.store.open_work(team) as work:
        await work.relationships.save(close(await work.relationships.get(pair.id), START))
        assert isinstance(await letters.shared(work, letter, START), Moot)


async def test_all_of_it_is_taken_along_as_a_file(deps, team, pair, write, click, slack):
    for kind in ("markdown", "csv"):
        with pytest.raises(Refused, match="is empty"):
            await handlers.export(click("Ana", kind=kind), deps)
    await write(topics="A talk", about=picked_person(BO))
    await write("Bo", topics="Bo's own")
    for kind in ("markdown", "csv"):
        await handlers.export(click("Ana", kind=kind), deps)
    files = [content.decode() for content in slack.uploads.values()]
    assert all("A talk" in text and "Bo's own" not in text and "Bo" in text for text in files) and files
    with pytest.raises(Refused, match="Markdown"):
        await handlers.export(click("Ana", kind="exe"), deps)


# How it looks

NOTE = Note(
    NoteId(1),
    ANA,
    Entry(date(2026, 3, 2), "A <!here> talk", "Begin\nwith 😀", "Ask Bo", BO),
    START,
    RelationshipId(1),
)
SHOWN = replace(NOTE, id=NoteId(2), shared={BO: START})
PAIR = a_relationship()
MANY = tuple(replace(NOTE, id=NoteId(number)) for number in range(1, 12))
LOOKS = {
    "empty": blocks.shelf(Shelf(ANA)),
    "some": blocks.shelf(Shelf(ANA, (NOTE, SHOWN), total=2, open_with=(PAIR,))),
    "many": blocks.shelf(Shelf(ANA, MANY, total=11)),
    "found": blocks.shelf(Shelf(ANA, (NOTE,), "a <!here>", 5)),
    "not found": blocks.shelf(Shelf(ANA, (), "a <!here>", 5)),
    "note": blocks.page(NOTE),
    "note that was shown": blocks.page(SHOWN),
    "new": blocks.form(Page(None, date(2026, 3, 2), BO, RelationshipId(1))),
    "changed": blocks.form(Page(NOTE, date(2026, 3, 3), BO)),
    "share": blocks.share_form(Shelf(ANA, MANY, total=11, open_with=(PAIR,)), {BO: "Bo"}),
    "shared": blocks.shared(BO),
    "shown to": blocks.shown_to(ANA, [{"on": "2026-03-02", "topics": NASTY, "takeaways": "", "follow_ups": "x"}]),
    "sent": blocks.sent(3),
    "deleted": blocks.deleted(),
}


@pytest.mark.parametrize("name", LOOKS)
def test_it_looks_right(name, looks_right):
    looks_right(LOOKS[name])
