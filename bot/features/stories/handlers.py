"""`/mentor stories`, the form, and the yes or no of those who are named."""

from bot import doors
from bot.domain.ids import CircleId, StoryId
from bot.feature import Deps
from bot.features.stories import blocks, flows
from bot.slack.payload import Payload
from bot.slack.replies import Answer, Answers, Modal, Replace, Reply
from bot.slack.requests import Click, Command, Submission
from bot.slack.routes import Routes

routes = Routes()


@routes.command("stories", help="What came of it, told by those it happened to.", order=45)
async def show(request: Command, deps: Deps) -> Reply:
    return Reply(blocks.shelf(await flows.shelf(request, deps)))


@routes.click("stories.show")
async def show_again(request: Click, deps: Deps) -> Reply:
    return Reply(blocks.shelf(await flows.shelf(request, deps)))


@routes.click(doors.WRITE_STORY)
async def open_form(request: Click, deps: Deps) -> Modal:
    circle = CircleId(request.payload.number("circle")) if request.payload.has("circle") else None
    return Modal(blocks.form(await flows.desk(request, deps, circle=circle)))


@routes.submission("stories.tell")
async def tell(request: Submission, deps: Deps) -> Answers:
    where = blocks.read_where(request.answers)
    return Reply(blocks.saved(await flows.tell(request, blocks.read(request.answers), where, deps)))


@routes.click(blocks.CHANGE)
async def open_change(request: Click, deps: Deps) -> Modal:
    return Modal(blocks.form(await flows.desk(request, deps, story=_story(request.payload))))


@routes.submission(blocks.CHANGE)
async def change(request: Submission, deps: Deps) -> Answers:
    saved = await flows.reword(request, _story(request.notes), blocks.read(request.answers), deps)
    return Reply(blocks.saved(saved)), *blocks.edits(saved)


@routes.click(blocks.TAKE_BACK)
async def take_back(request: Click, deps: Deps) -> Answers:
    saved = await flows.withdraw(request, _story(request.payload), deps)
    return Reply(blocks.taken_back()), *blocks.edits(saved)


@routes.click(blocks.YES)
async def yes(request: Click, deps: Deps) -> Answers:
    return await _answered(request, True, deps)


@routes.click(blocks.NO)
async def no(request: Click, deps: Deps) -> Answers:
    return await _answered(request, False, deps)


async def _answered(request: Click, fine: bool, deps: Deps) -> tuple[Answer, ...]:
    number, edition = _story(request.payload), request.payload.number("edition")
    saved = await flows.answer(request, number, edition, fine=fine, deps=deps)
    return (Replace(blocks.thanked(saved.story, fine=fine)), *blocks.edits(saved))


def _story(payload: Payload) -> StoryId:
    return StoryId(payload.number("story"))
