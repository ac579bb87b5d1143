"""An agreement: read, proposed, signed, and left as it is."""

from bot.domain.ids import AgreementId
from bot.feature import Deps
from bot.features.relationships import agreeing, paper_blocks, paper_form
from bot.features.relationships.handlers import relationship
from bot.slack.replies import Answers, Modal, Post, Replace, Reply, ShowHome, Turn
from bot.slack.requests import Click, Submission
from bot.slack.routes import Routes

routes = Routes()


@routes.click("relationships.paper")
async def read(request: Click, deps: Deps) -> Modal:
    return Modal(paper_blocks.read(await agreeing.paper(request, relationship(request.payload), deps)))


@routes.click("relationships.propose")
async def open_form(request: Click, deps: Deps) -> Modal:
    return Modal(paper_blocks.form(await agreeing.paper_to_change(request, relationship(request.payload), deps)))


@routes.submission("relationships.propose")
async def propose(request: Submission, deps: Deps) -> Answers:
    number, after = relationship(request.notes), request.notes.number("after")
    before = await agreeing.paper_to_change(request, number, deps)
    terms = paper_form.read(request.answers, before.clock)
    return Reply(paper_blocks.proposed(await agreeing.propose(request, number, terms, after=after, deps=deps)))


@routes.click("relationships.sign")
async def sign(request: Click, deps: Deps) -> Answers:
    paper, new = await agreeing.sign(request, AgreementId(request.payload.number("agreement")), deps)
    group = paper.relationship.group
    told = (Post(group, paper_blocks.signed_for_both(paper)),) if new and group is not None else ()
    shown = Turn(paper_blocks.read(paper)) if request.view is not None else Replace(paper_blocks.signed(paper))
    return shown, *told, ShowHome()


@routes.click("relationships.holds")
async def still_holds(request: Click, deps: Deps) -> Replace:
    await agreeing.still_holds(request, AgreementId(request.payload.number("agreement")), deps)
    return Replace(paper_blocks.holds())
