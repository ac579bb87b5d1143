"""`/mentor sponsor`, its forms, and the buttons of each thing taken on."""

from datetime import date

from bot.domain import when
from bot.domain.errors import Refused
from bot.domain.ids import OutcomeId, RelationshipId
from bot.feature import Deps
from bot.features.sponsoring import blocks, flows
from bot.slack.payload import OLD, Payload
from bot.slack.replies import Modal, Replace, Reply
from bot.slack.requests import Click, Command, Submission
from bot.slack.routes import Routes

routes = Routes()


@routes.command("sponsor", help="What a sponsor takes on, does, and what is seen of it.", order=44)
async def show(request: Command, deps: Deps) -> Reply:
    return Reply(blocks.ledger(await flows.ledger(request, deps)))


@routes.click(blocks.SHOW)
async def show_again(request: Click, deps: Deps) -> Reply:
    return Reply(blocks.ledger(await flows.ledger(request, deps)))


@routes.click(blocks.TAKE_ON)
async def open_take_on(request: Click, deps: Deps) -> Modal:
    relationship = await flows.sponsored(request, _relationship(request.payload), deps)
    return Modal(blocks.take_on_form(relationship, deps.now().date()))


@routes.submission(blocks.TAKE_ON)
async def take_on(request: Submission, deps: Deps) -> Reply:
    words = blocks.read_words(request.answers)
    return Reply(blocks.taken_on(await flows.take_on(request, _relationship(request.notes), words, deps)))


@routes.click(blocks.SAY_DONE)
async def open_done(request: Click, deps: Deps) -> Modal:
    return Modal(blocks.done_form(await flows.outcome_of(request, _outcome(request.payload), deps)))


@routes.submission(blocks.SAY_DONE)
async def done(request: Submission, deps: Deps) -> Reply:
    came = request.answers.text("came")
    return Reply(blocks.said_done(await flows.say_done(request, _outcome(request.notes), came, deps)))


@routes.click(blocks.LET_GO)
async def let_go(request: Click, deps: Deps) -> Reply:
    return Reply(blocks.gone(await flows.let_go(request, _outcome(request.payload), deps)))


@routes.click(blocks.SEEN)
async def seen(request: Click, deps: Deps) -> Replace:
    return Replace(blocks.noted_as_seen(await flows.say_seen(request, _outcome(request.payload), deps)))


@routes.click(blocks.NEWS)
async def open_news(request: Click, deps: Deps) -> Modal:
    return Modal(blocks.news_form(await flows.sponsored_by(request, _relationship(request.payload), deps)))


@routes.submission(blocks.NEWS)
async def news(request: Submission, deps: Deps) -> Reply:
    text = request.answers.text("news")
    return Reply(blocks.news_sent(await flows.send_news(request, _relationship(request.notes), text, deps)))


@routes.click(blocks.ADD_SEASON)
async def open_season(_request: Click, _deps: Deps) -> Modal:
    return Modal(blocks.season_form())


@routes.submission(blocks.ADD_SEASON)
async def season(request: Submission, deps: Deps) -> Reply:
    return Reply(blocks.ledger(await flows.plan_season(request, blocks.read_season(request.answers), deps)))


@routes.click(blocks.DROP_SEASON)
async def drop_season(request: Click, deps: Deps) -> Replace:
    return Replace(blocks.ledger(await flows.drop_season(request, _begins(request.payload), deps)))


def _begins(payload: Payload) -> date:
    try:
        begins = date.fromisoformat(payload.word("begins"))
    except ValueError as wrong:
        raise Refused(OLD) from wrong
    if begins.year not in when.YEARS:
        raise Refused(OLD)
    return begins


def _relationship(payload: Payload) -> RelationshipId:
    return RelationshipId(payload.number("relationship"))


def _outcome(payload: Payload) -> OutcomeId:
    return OutcomeId(payload.number("outcome"))
