"""`/mentor match`: the best people for me, asking one of them, and answering."""

from bot import doors
from bot.domain import kinds, words
from bot.domain.errors import Refused
from bot.domain.ids import IntroId, MemberId, TeamId
from bot.domain.intros import LINE_LIMIT, NO_LINES, Fit, Lines
from bot.domain.people import Kind
from bot.feature import Deps
from bot.features.matching import blocks, finding, flows, guiding, intro_blocks, introducing
from bot.features.matching.flows import Asking
from bot.slack.blocks import Message
from bot.slack.payload import Payload
from bot.slack.reading import FormReading
from bot.slack.replies import Answers, Edit, Modal, Replace, Reply, ShowHome, Turn
from bot.slack.requests import Answers as Given
from bot.slack.requests import Click, Command, Submission
from bot.slack.routes import Routes
from bot.slack.sentences import as_modal
from bot.store.messages import Place

routes = Routes()


@routes.command("match", help="Who fits you, and why; ask one of them for a coffee.", usage="[kind]", order=20)
async def match(request: Command, deps: Deps) -> Reply:
    return Reply(await _shortlist(request.team, request.member, read_kind(request.words), deps))


@routes.click(doors.FIND_MATCH)
async def match_by_button(request: Click, deps: Deps) -> Reply:
    return Reply(await _shortlist(request.team, request.member, None, deps))


@routes.click("matching.kind")
async def other_kind(request: Click, deps: Deps) -> Answers:
    found = await _shortlist(request.team, request.member, read_kind(request.chosen), deps)
    return again(request, found)


@routes.click("matching.ask")
async def open_ask(request: Click, deps: Deps) -> Modal:
    asking = read_asking(request.member, request.payload)
    await flows.check_may_ask(request.team, asking, deps)
    return Modal(blocks.ask_form(asking.asked, asking.kind))


@routes.submission("matching.ask")
async def ask(request: Submission, deps: Deps) -> tuple[Turn, ShowHome]:
    asking = read_asking(request.member, request.notes, read_lines(request.answers))
    intro = await flows.ask(request.team, asking, deps)
    return Turn(intro_blocks.asked(intro)), ShowHome()


@routes.click("matching.about")
async def about(request: Click, deps: Deps) -> Modal:
    asking = read_asking(request.member, request.payload)
    profile = await flows.candidate_profile(request.team, asking, deps)
    return Modal(blocks.about(profile, asking.kind, await introducing.who_knows_both(request, asking.asked, deps)))


@routes.click("matching.more")
async def tell_me_more(request: Click, deps: Deps) -> Modal:
    number = IntroId(request.payload.number("intro"))
    return Modal(intro_blocks.more(*await flows.intro_for(request.team, number, request.member, deps)))


@routes.click("matching.accept")
async def accept(request: Click, deps: Deps) -> Answers:
    number = IntroId(request.payload.number("intro"))
    intro, place = await flows.accept(request.team, number, request.member, deps)
    return _answered(request, intro_blocks.accepted(intro), place)


@routes.click("matching.decline")
async def decline(request: Click, deps: Deps) -> Answers:
    number = IntroId(request.payload.number("intro"))
    intro, place = await flows.decline(request.team, number, request.member, deps)
    return _answered(request, intro_blocks.declined(intro), place)


@routes.click("matching.withdraw")
async def withdraw(request: Click, deps: Deps) -> Answers:
    number = IntroId(request.payload.number("intro"))
    intro, place = await flows.withdraw(request.team, number, request.member, deps)
    if place is None:
        return ShowHome()
    return Edit(place.channel, place.ts, intro_blocks.withdrawn(intro)), ShowHome()


@routes.click("matching.guide")
async def switch_guide(request: Click, deps: Deps) -> Replace:
    number, minutes = IntroId(request.payload.number("intro")), request.payload.number("minutes")
    return Replace(await guiding.switch(request, number, minutes, deps))


@routes.click("matching.fit")
async def say_fit(request: Click, deps: Deps) -> Replace:
    number, said = IntroId(request.payload.number("intro")), read_fit(request.payload.word("said"))
    intro = await flows.say_fit(request.team, number, request.member, said=said, deps=deps)
    return Replace(intro_blocks.fit_said(intro, said))


@routes.click("matching.fit-again")
async def ask_fit_again(request: Click, deps: Deps) -> Replace:
    number = IntroId(request.payload.number("intro"))
    intro = await flows.fit_of(request.team, number, request.member, deps)
    return Replace(intro_blocks.fit(intro, request.member))


@routes.click("matching.block")
async def hide(request: Click, deps: Deps) -> Answers:
    asking = read_asking(request.member, request.payload)
    await flows.block(request.team, request.member, asking.asked, deps)
    return again(request, await _shortlist(request.team, request.member, asking.kind, deps))


@routes.command("match blocks", help="People you don't want to be shown, and how to change it.", order=21)
async def list_hidden(request: Command, deps: Deps) -> Reply:
    return Reply(blocks.hidden_people(await flows.hidden_from(request.team, request.member, deps)))


@routes.click("matching.unblock")
async def unhide(request: Click, deps: Deps) -> Answers:
    await flows.unblock(request.team, request.member, MemberId(request.payload.word("member")), deps)
    return again(request, blocks.hidden_people(await flows.hidden_from(request.team, request.member, deps)))


async def _shortlist(team: TeamId, member: MemberId, kind: Kind | None, deps: Deps) -> Message:
    found = await finding.find_for(team, member, kind, deps)
    return blocks.no_profile() if found is None else blocks.shortlist(found)


def _answered(request: Click, message: Message, place: Place | None) -> Answers:
    """Wherever it was answered from, the letter with the buttons shows the answer."""
    if not request.at_home:
        return Replace(message)
    changed = () if place is None else (Edit(place.channel, place.ts, message),)
    return (*changed, ShowHome())


def again(request: Click, message: Message) -> Answers:
    """What was clicked shows how things stand now: the message, the page, or the Home tab."""
    if request.view is None:
        return Replace(message)
    return (ShowHome(), Reply(message)) if request.at_home else Turn(as_modal(message))


def read_kind(word: str, *, for_all: bool = False) -> Kind | None:
    if not word.strip():
        return None
    return kinds.named(word, "/mentor match pairs" if for_all else "/mentor match")


def read_fit(word: str) -> Fit:
    found = next((fit for fit in Fit if fit.value == word), None)
    if found is None:
        raise Refused("That button is from an older message. Click one of the three in the newest one.")
    return found


def read_asking(asker: MemberId, payload: Payload, lines: Lines = NO_LINES) -> Asking:
    kind = read_kind(payload.word("kind"))
    return Asking(asker, MemberId(payload.word("member")), kind or Kind.SKILL, lines)


def read_lines(answers: Given) -> Lines:
    form = FormReading()
    why, hope, offer = (_line(form, answers, block) for block in ("why", "hope", "offer"))
    form.finish()
    return Lines(why, hope, offer)


def _line(form: FormReading, answers: Given, block: str) -> str:
    return form.take(block, lambda: words.clean_line(answers.text(block), LINE_LIMIT, "This line"), "")
