"""Asking back, a kind line with a no, introductions, and `/mentor find`: one question to a micro mentor."""

from bot.domain import words
from bot.domain.errors import RefusedFields
from bot.domain.ids import IntroductionId, IntroId, MemberId
from bot.domain.intros import LINE_LIMIT, QUESTION_LIMIT, Lines
from bot.domain.people import Kind
from bot.feature import Deps
from bot.features.matching import asking_back, blocks, finding, flows, intro_blocks, introducing, more_blocks
from bot.features.matching.flows import Asking
from bot.features.matching.handlers import read_asking
from bot.slack.payload import Payload
from bot.slack.replies import Modal, Replace, Reply, ShowHome, Turn
from bot.slack.requests import Click, Command, Submission
from bot.slack.routes import Routes

routes = Routes()
TOPIC_LIMIT = 80


@routes.click("matching.ask-back")
async def open_ask_back(request: Click, deps: Deps) -> Modal:
    return Modal(more_blocks.ask_back_form(await asking_back.to_ask_back(request, _intro(request.payload), deps)))


@routes.submission("matching.ask-back")
async def ask_back(request: Submission, deps: Deps) -> tuple[Turn, ShowHome]:
    question = _needed(request, "question")
    asked = await asking_back.ask_back(request, _intro(request.notes), question, deps)
    return Turn(more_blocks.asked_back(asked)), ShowHome()


@routes.click("matching.say-more")
async def open_tell(request: Click, deps: Deps) -> Modal:
    return Modal(more_blocks.tell_form(await asking_back.to_answer(request, _intro(request.payload), deps)))


@routes.submission("matching.say-more")
async def tell(request: Submission, deps: Deps) -> Reply:
    answer = _needed(request, "answer")
    return Reply(more_blocks.told(await asking_back.answer(request, _intro(request.notes), answer, deps)))


@routes.click("matching.kind-line")
async def open_kind_line(request: Click, deps: Deps) -> Modal:
    return Modal(more_blocks.kind_line_form(await asking_back.to_add_line(request, _intro(request.payload), deps)))


@routes.submission("matching.kind-line")
async def add_kind_line(request: Submission, deps: Deps) -> Reply:
    line = words.clean_line(request.answers.text("line"), LINE_LIMIT, "This line")
    number, instead = _intro(request.notes), request.answers.choice("instead")
    return Reply(
        more_blocks.line_added(await asking_back.add_line(request, number, line, instead=instead, deps=deps))
    )


@routes.click("matching.introduce")
async def open_introduce(request: Click, deps: Deps) -> Modal:
    asking, via = read_asking(request.member, request.payload), MemberId(request.payload.word("via"))
    await introducing.check_may_ask(request, asking, via, deps)
    return Modal(more_blocks.introduce_form(asking.asked, asking.kind, via))


@routes.submission("matching.introduce")
async def ask_for_introduction(request: Submission, deps: Deps) -> Turn:
    why = words.clean_line(words.needed(request.answers.text("why"), "This line"), LINE_LIMIT, "This line")
    asking = read_asking(request.member, request.notes, Lines(why))
    made = await introducing.ask(request, asking, MemberId(request.notes.word("via")), deps)
    return Turn(more_blocks.introduction_asked(made))


@routes.click("matching.make")
async def introduce(request: Click, deps: Deps) -> Replace:
    return Replace(more_blocks.introduced(await introducing.make(request, _introduction(request.payload), deps)))


@routes.click("matching.make-not")
async def leave_alone(request: Click, deps: Deps) -> Replace:
    await introducing.refuse(request, _introduction(request.payload), deps)
    return Replace(more_blocks.left_alone())


@routes.command("find", help="One question, one meeting: who knows something of it.", usage="<topic>", order=22)
async def find(request: Command, deps: Deps) -> Reply:
    topic = words.clean_line(request.words, TOPIC_LIMIT, "The topic")
    if not topic:
        return Reply(more_blocks.no_topic())
    found = await finding.find_about(request.team, request.member, topic, deps)
    return Reply(blocks.no_profile() if found is None else more_blocks.topic_list(topic, found))


@routes.click("matching.ask-micro")
async def open_micro(request: Click, deps: Deps) -> Modal:
    asking = _micro(request.member, request.payload)
    await flows.check_may_ask(request.team, asking, deps)
    return Modal(more_blocks.micro_form(asking.asked, asking.topic))


@routes.submission("matching.ask-micro")
async def ask_micro(request: Submission, deps: Deps) -> tuple[Turn, ShowHome]:
    asking = _micro(request.member, request.notes, Lines(why=_needed(request, "question")))
    return Turn(intro_blocks.asked(await flows.ask(request.team, asking, deps))), ShowHome()


def _micro(asker: MemberId, payload: Payload, lines: Lines | None = None) -> Asking:
    topic = words.clean_line(payload.word("topic"), TOPIC_LIMIT, "The topic")
    return Asking(asker, MemberId(payload.word("member")), Kind.MICRO, lines or Lines(), topic)


def _needed(request: Submission, block: str) -> str:
    text = words.clean_text(request.answers.text(block), QUESTION_LIMIT, "This")
    if not text:
        raise RefusedFields({block: "Write a few words."})
    return text


def _intro(payload: Payload) -> IntroId:
    return IntroId(payload.number("intro"))


def _introduction(payload: Payload) -> IntroductionId:
    return IntroductionId(payload.number("introduction"))
