"""`/mentor goals`, the forms, and the buttons of each goal and milestone."""

from bot.domain.ids import GoalId, MilestoneId
from bot.feature import Deps
from bot.features.goals import blocks, flows, form
from bot.features.goals.flows import Saved
from bot.slack.payload import Payload
from bot.slack.replies import Answer, Answers, Edit, Modal, Reply, ShowHome
from bot.slack.requests import Click, Command, Submission
from bot.slack.routes import Routes

routes = Routes()


@routes.command("goals", help="Your goals and milestones: set them, say where you stand.", order=36)
async def show(request: Command, deps: Deps) -> Reply:
    return Reply(blocks.overview(await flows.overview(request, deps)))


@routes.click(blocks.SHOW_ALL)
async def show_again(request: Click, deps: Deps) -> Reply:
    return Reply(blocks.overview(await flows.overview(request, deps)))


@routes.click(blocks.SHOW_BEHIND)
async def show_behind(request: Click, deps: Deps) -> Reply:
    return Reply(blocks.behind(await flows.overview(request, deps)))


# A goal


@routes.click(blocks.ADD_GOAL)
async def open_add(request: Click, deps: Deps) -> Modal:
    return Modal(form.new_goal(await flows.day_of_new_goal(request, deps)))


@routes.submission("goals.add")
async def add(request: Submission, deps: Deps) -> Answers:
    new = form.read_new_goal(request.answers)
    return Reply(blocks.goal_saved(await flows.set_goal(request, new.plan, new.step, deps))), ShowHome()


@routes.click("goals.change")
async def open_change(request: Click, deps: Deps) -> Modal:
    return Modal(form.change_goal(await flows.desk_of_goal(request, _goal(request.payload), deps)))


@routes.submission("goals.change")
async def change(request: Submission, deps: Deps) -> Answers:
    plan = form.read_goal(request.answers)
    return Reply(blocks.goal_changed(await flows.change_goal(request, _goal(request.notes), plan, deps))), ShowHome()


@routes.click("goals.rate")
async def open_rate(request: Click, deps: Deps) -> Modal:
    desk = await flows.desk_of_goal(request, _goal(request.payload), deps)
    return Modal(form.rate(desk.goal))


@routes.submission("goals.rate")
async def rate(request: Submission, deps: Deps) -> Answers:
    step, note = form.read_step_number(request.answers), request.answers.text("note")
    rated = await flows.rate(request, _goal(request.notes), step, note=note, deps=deps)
    return Reply(blocks.rated(rated)), ShowHome()


@routes.click("goals.close")
async def open_close(request: Click, deps: Deps) -> Modal:
    desk = await flows.desk_of_goal(request, _goal(request.payload), deps)
    return Modal(form.close_goal(desk.goal))


@routes.submission("goals.close")
async def close(request: Submission, deps: Deps) -> Answers:
    state, learned = form.read_closing(request.answers), request.answers.text("learned")
    closed = await flows.close_goal(request, _goal(request.notes), state, learned=learned, deps=deps)
    return Reply(blocks.goal_closed(closed)), ShowHome()


@routes.click("goals.reopen")
async def reopen(request: Click, deps: Deps) -> Answers:
    return Reply(blocks.reopened(await flows.open_again(request, _goal(request.payload), deps))), ShowHome()


# A milestone


@routes.click("goals.plan")
async def open_plan(request: Click, deps: Deps) -> Modal:
    return Modal(form.new_step(await flows.desk_for_step(request, _goal(request.payload), deps)))


@routes.submission("goals.plan")
async def plan(request: Submission, deps: Deps) -> Answers:
    step = form.read_step(request.answers)
    return Reply(blocks.planned(await flows.plan_step(request, _goal(request.notes), step, deps))), ShowHome()


@routes.click("goals.move")
async def open_move(request: Click, deps: Deps) -> Modal:
    return Modal(form.change_step(await flows.desk_of_step(request, _milestone(request.payload), deps)))


@routes.submission("goals.move")
async def move(request: Submission, deps: Deps) -> Answers:
    step = form.read_step(request.answers)
    return _told(await flows.change_step(request, _milestone(request.notes), step, deps))


@routes.click("goals.reached")
async def open_reached(request: Click, deps: Deps) -> Modal:
    desk = await flows.desk_of_step(request, _milestone(request.payload), deps, settled_too=True)
    return Modal(form.reach(desk.milestone))


@routes.submission("goals.reached")
async def reached(request: Submission, deps: Deps) -> Answers:
    evidence, link = request.answers.text("evidence"), request.answers.text("link")
    return _told(await flows.reach(request, _milestone(request.notes), evidence=evidence, link=link, deps=deps))


@routes.click("goals.missed")
async def open_missed(request: Click, deps: Deps) -> Modal:
    return Modal(form.plan_anew(await flows.desk_of_step(request, _milestone(request.payload), deps)))


@routes.submission("goals.missed")
async def missed(request: Submission, deps: Deps) -> Answers:
    plan = form.read_plan_anew(request.answers)
    return _told(await flows.plan_anew(request, _milestone(request.notes), plan, deps))


@routes.click("goals.again")
async def take_up(request: Click, deps: Deps) -> Answers:
    return _told(await flows.take_up(request, _milestone(request.payload), deps))


def _told(saved: Saved) -> tuple[Answer, ...]:
    """The receipt, and the letters that asked, without their buttons."""
    edits = [Edit(place.channel, place.ts, blocks.letter_settled(saved)) for place in saved.older]
    return (Reply(blocks.settled(saved)), *edits, ShowHome())


def _goal(payload: Payload) -> GoalId:
    return GoalId(payload.number("goal"))


def _milestone(payload: Payload) -> MilestoneId:
    return MilestoneId(payload.number("milestone"))
