"""`/mentor relationships`, a relationship's page, its meetings, its end."""

from bot import doors
from bot.domain.ids import RelationshipId
from bot.feature import Deps
from bot.features.relationships import blocks, flows, form
from bot.features.relationships.reading import Shown
from bot.slack.blocks import Message
from bot.slack.payload import Payload
from bot.slack.replies import Answers, Modal, Post, Reply, ShowHome, Turn
from bot.slack.requests import Click, Command, Submission
from bot.slack.routes import Routes

routes = Routes()


@routes.command(
    "relationships", help="Your mentors, mentees and peers: when you meet, and what came of it.", order=24
)
async def list_mine(request: Command, deps: Deps) -> Reply:
    return Reply(blocks.overview(await flows.mine(request, deps)))


@routes.click(doors.SHOW_RELATIONSHIP)
async def show(request: Click, deps: Deps) -> Modal:
    return Modal(blocks.page(await flows.show(request, relationship(request.payload), deps)))


@routes.click("relationships.plan")
async def open_plan(request: Click, deps: Deps) -> Modal:
    return Modal(form.plan(await flows.show_open(request, relationship(request.payload), deps)))


@routes.submission("relationships.plan")
async def plan(request: Submission, deps: Deps) -> Answers:
    at, minutes = form.read_plan(request.answers)
    one, meeting = await flows.plan(request, relationship(request.notes), at, minutes=minutes, deps=deps)
    told = tell_both(one, blocks.planned_for_both(one, meeting))
    return Reply(blocks.planned(one, meeting)), *told, ShowHome()


@routes.click("relationships.met")
async def say_met(request: Click, deps: Deps) -> Answers:
    one = await flows.say_met(request, relationship(request.payload), deps)
    return answered(request, one, blocks.met(one))


@routes.click("relationships.missed")
async def say_missed(request: Click, deps: Deps) -> Answers:
    one = await flows.say_missed(request, relationship(request.payload), deps)
    return answered(request, one, blocks.missed(one))


@routes.click("relationships.thank")
async def open_thanks(request: Click, deps: Deps) -> Modal:
    return Modal(form.thanks(await flows.show_open(request, relationship(request.payload), deps)))


@routes.submission("relationships.thank")
async def thank(request: Submission, deps: Deps) -> Answers:
    number, text = relationship(request.notes), request.answers.text("thanks")
    return Reply(blocks.thanked(await flows.thank(request, number, text, deps))), ShowHome()


@routes.click("relationships.end")
async def open_end(request: Click, deps: Deps) -> Modal:
    return Modal(form.end(await flows.show_open(request, relationship(request.payload), deps)))


@routes.submission("relationships.end")
async def end(request: Submission, deps: Deps) -> Answers:
    number, reason = relationship(request.notes), request.answers.text("reason")
    return Reply(blocks.ended(await flows.end(request, number, reason, deps))), ShowHome()


@routes.click("relationships.again")
async def open_again(request: Click, deps: Deps) -> Answers:
    one = await flows.open_again(request, relationship(request.payload), deps)
    page = blocks.page(one)
    return (Turn(page) if request.view and not request.at_home else Modal(page)), ShowHome()


def answered(request: Click, one: Shown, message: Message) -> Answers:
    """On the page, the page as it is now; elsewhere a message to the one who clicked."""
    if request.view is not None and not request.at_home:
        return Turn(blocks.page(one)), ShowHome()
    return Reply(message), ShowHome()


def tell_both(one: Shown, message: Message) -> tuple[Post, ...]:
    group = one.relationship.group
    return (Post(group, message),) if group is not None else ()


def relationship(payload: Payload) -> RelationshipId:
    return RelationshipId(payload.number("relationship"))
