"""`/mentor ledger`: my own notes, looked for, written, shown to a mentor, and taken along as a file."""

from collections.abc import Callable
from datetime import date

from bot import doors
from bot.domain import words
from bot.domain.errors import Refused, RefusedFields
from bot.domain.ids import MemberId, NoteId, RelationshipId
from bot.domain.ledger import LIMITS, Entry
from bot.feature import Deps
from bot.features.ledger import blocks, flows
from bot.slack.payload import Payload
from bot.slack.reading import FormReading, a_day
from bot.slack.replies import Modal, Reply, Turn
from bot.slack.requests import Answers, Click, Command, Submission
from bot.slack.routes import Routes

routes = Routes()
WORDS_LIMIT = 80


@routes.command("ledger", help="Your own notes: what you spoke of, what you took away.", usage="[words]", order=36)
async def show_shelf(request: Command, deps: Deps) -> Reply:
    looked_for = words.clean_line(request.words, WORDS_LIMIT, "What you look for")
    return Reply(blocks.shelf(await flows.shelf(request, looked_for, deps)))


@routes.click("ledger.show")
async def show(request: Click, deps: Deps) -> Modal:
    return Modal(blocks.page(await flows.one(request, _note(request.payload), deps)))


@routes.click(doors.WRITE_NOTE)
async def open_blank(request: Click, deps: Deps) -> Modal:
    given = request.payload.has("relationship")
    number = RelationshipId(request.payload.number("relationship")) if given else None
    return Modal(blocks.form(await flows.blank(request, number, deps)))


@routes.submission("ledger.write")
async def write(request: Submission, deps: Deps) -> Turn:
    number = request.notes.number("relationship")
    note = await flows.write(request, read_entry(request.answers), RelationshipId(number) if number else None, deps)
    return Turn(blocks.page(note))


@routes.click("ledger.change")
async def open_change(request: Click, deps: Deps) -> Turn:
    return Turn(blocks.form(await flows.to_change(request, _note(request.payload), deps)))


@routes.submission("ledger.change")
async def change(request: Submission, deps: Deps) -> Turn:
    entry, version = read_entry(request.answers), request.notes.number("version")
    return Turn(blocks.page(await flows.change(request, _note(request.notes), entry, version=version, deps=deps)))


@routes.click("ledger.delete")
async def delete(request: Click, deps: Deps) -> Turn:
    await flows.delete(request, _note(request.payload), deps)
    return Turn(blocks.deleted())


@routes.click("ledger.share")
async def open_share(request: Click, deps: Deps) -> Modal:
    found = await flows.shelf(request, "", deps)
    if not found.open_with or not found.notes:
        raise Refused(
            "Notes can be shown to somebody you are in a relationship with. `/mentor relationships` lists them."
        )
    return Modal(blocks.share_form(found, await flows.names_of(request, found, deps)))


@routes.submission("ledger.share")
async def share(request: Submission, deps: Deps) -> Reply:
    whom, picked = request.answers.choice("whom"), request.answers.choices("notes")
    if not _is_number(whom):
        raise RefusedFields({"whom": "Pick somebody."})
    numbers = [NoteId(int(one)) for one in picked if _is_number(one)]
    found = await flows.share(request, numbers, RelationshipId(int(whom)), deps)
    return Reply(blocks.shared(found.other(request.member)))


@routes.click("ledger.export")
async def export(request: Click, deps: Deps) -> Reply:
    return Reply(blocks.sent(await flows.export(request, request.payload.word("kind"), deps)))


def read_entry(answers: Answers) -> Entry:
    form = FormReading()
    texts = {block: form.take(block, _reader(answers, block), "") for block in LIMITS}
    on = form.take("on", lambda: a_day(answers, "on"), date.min)
    form.finish()
    about = answers.choice("about")
    return Entry(on, **texts, about=MemberId(about) if about else None)


def _reader(answers: Answers, block: str) -> Callable[[], str]:
    clean = words.clean_line if block == "topics" else words.clean_text
    return lambda: clean(answers.text(block), LIMITS[block], "This")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _note(payload: Payload) -> NoteId:
    return NoteId(payload.number("note"))
