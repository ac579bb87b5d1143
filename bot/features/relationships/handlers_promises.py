"""The two commitments at the close of a meeting: made, and settled."""

from bot.domain.commitments import Audience, Cause, CommitmentState, Outcome, Promise
from bot.domain.errors import RefusedFields
from bot.domain.ids import CommitmentId
from bot.feature import Deps
from bot.features.relationships import promise_blocks, promising
from bot.features.relationships.handlers import relationship
from bot.features.relationships.promising import Doubted
from bot.slack.payload import Payload
from bot.slack.replies import Answers, Modal, Reply, ShowHome, Turn
from bot.slack.requests import Answers as Given
from bot.slack.requests import Click, Submission
from bot.slack.routes import Routes

routes = Routes()


@routes.click("relationships.promise")
async def open_form(request: Click, deps: Deps) -> Answers:
    desk = await promising.desk_for(request, relationship(request.payload), deps)
    return Reply(promise_blocks.full(desk)) if desk.is_full else Modal(promise_blocks.form(desk))


@routes.submission("relationships.promise")
async def make(request: Submission, deps: Deps) -> Answers:
    asked = request.notes.number("asked") == 1
    made = await promising.make(request, relationship(request.notes), read(request.answers), asked=asked, deps=deps)
    if isinstance(made, Doubted):
        return Turn(promise_blocks.form(made.desk, made.promise, made.question))
    return Reply(promise_blocks.made(*made)), ShowHome()


@routes.click("relationships.done")
async def open_outcome(request: Click, deps: Deps) -> Modal:
    return Modal(promise_blocks.outcome(await promising.to_settle(request, _commitment(request.payload), deps)))


@routes.submission("relationships.done")
async def settle(request: Submission, deps: Deps) -> Answers:
    outcome = read_outcome(request.answers)
    settled = await promising.settle_it(request, _commitment(request.notes), outcome, deps)
    return Reply(promise_blocks.settled(settled)), ShowHome()


def read(answers: Given) -> Promise:
    by = answers.day("by")
    if by is None:
        raise RefusedFields({"by": "Pick a day."})
    sure, seen = answers.choice("confidence"), answers.choice("audience")
    return Promise(
        answers.text("will"),
        by,
        cue=answers.text("cue"),
        evidence=answers.text("evidence"),
        confidence=int(sure) if sure.isascii() and sure.isdigit() and len(sure) < 3 else 0,
        audience=Audience.BUDDY if seen == Audience.BUDDY else Audience.ME,
    )


def read_outcome(answers: Given) -> Outcome:
    state, cause = answers.choice("state"), answers.choice("cause")
    if state not in {one.value for _, one in promise_blocks.OUTCOMES}:
        raise RefusedFields({"state": "Pick how it ended."})
    why = Cause(cause) if cause in {one.value for one in Cause} else None
    return Outcome(CommitmentState(state), answers.text("learned"), why)


def _commitment(payload: Payload) -> CommitmentId:
    return CommitmentId(payload.number("commitment"))
