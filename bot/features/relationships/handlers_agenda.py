"""An agenda: written, kept, sent; and a meeting made shorter, or held in writing."""

from collections.abc import Callable

from bot.domain import words
from bot.domain.ids import MeetingId
from bot.domain.meetings import LIMITS, QUESTIONS, Agenda
from bot.feature import Deps
from bot.features.relationships import agenda_blocks, preparing
from bot.features.relationships.handlers import relationship
from bot.slack.reading import FormReading
from bot.slack.replies import Answers, Modal, Post, Reply, ShowHome, Turn
from bot.slack.requests import Answers as Given
from bot.slack.requests import Click, Submission
from bot.slack.routes import Routes
from bot.slack.text import mention

routes = Routes()


@routes.click("relationships.agenda")
async def open_agenda(request: Click, deps: Deps) -> Modal:
    return Modal(agenda_blocks.form(await preparing.prepare(request, relationship(request.payload), deps)))


@routes.submission("relationships.agenda")
async def keep(request: Submission, deps: Deps) -> Turn:
    of = MeetingId(request.notes.number("meeting")), request.notes.number("version")
    agenda = read_agenda(request.answers)
    return Turn(
        agenda_blocks.draft(await preparing.keep(request, relationship(request.notes), agenda, of=of, deps=deps))
    )


@routes.click("relationships.draft")
async def show_draft(request: Click, deps: Deps) -> Modal:
    return Modal(agenda_blocks.draft(await preparing.prepare(request, relationship(request.payload), deps)))


@routes.click("relationships.send")
async def send(request: Click, deps: Deps) -> Turn:
    same = request.payload.has("same")
    one, went = await preparing.send(request, relationship(request.payload), all_the_same=same, deps=deps)
    return Turn(agenda_blocks.draft(one) if went else agenda_blocks.left_out(one))


@routes.click("relationships.shorter")
async def shorten(request: Click, deps: Deps) -> Answers:
    number, minutes = relationship(request.payload), request.payload.number("minutes")
    found, meeting = await preparing.shorten(request, number, minutes, deps)
    told = agenda_blocks.shortened_for_both(found, meeting, mention(request.member))
    posted = (Post(found.group, told),) if found.group is not None else ()
    return Reply(agenda_blocks.shortened(found, meeting)), *posted, ShowHome()


@routes.click("relationships.write")
async def open_write(request: Click, deps: Deps) -> Modal:
    return Modal(agenda_blocks.write_form(await preparing.to_write(request, relationship(request.payload), deps)))


@routes.submission("relationships.write")
async def write(request: Submission, deps: Deps) -> Answers:
    number, text = relationship(request.notes), request.answers.text("written")
    return Reply(agenda_blocks.written_sent(await preparing.write(request, number, text, deps))), ShowHome()


def read_agenda(answers: Given) -> Agenda:
    form = FormReading()
    names = [f"question{place + 1}" for place in range(QUESTIONS)]
    questions = [form.take(name, _reader(answers, name, "question"), "") for name in names]
    progress, news = [form.take(name, _reader(answers, name, name), "") for name in ("progress", "news")]
    form.finish()
    return Agenda(tuple(one for one in questions if one), progress, news)


def _reader(answers: Given, block: str, limit: str) -> Callable[[], str]:
    clean = words.clean_line if limit == "question" else words.clean_text
    return lambda: clean(answers.text(block), LIMITS[limit], "This")
