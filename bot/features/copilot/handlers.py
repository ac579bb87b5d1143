"""What is asked of a session under way: start it, steer it, hand it over."""

from bot import doors
from bot.domain import runs
from bot.domain.ids import MemberId, SessionId
from bot.domain.written import check_playback
from bot.feature import Deps
from bot.features.copilot import blocks, flows, form, words, writing
from bot.slack.replies import Answers, Close, Modal, Replace, Reply, ShowHome
from bot.slack.requests import Click, Command, Submission
from bot.slack.routes import Routes

routes = Routes()


@routes.command("session", help="The session of now: start it, see its stage, steer it.", order=28)
async def show(request: Command, deps: Deps) -> Reply:
    return Reply(blocks.standing(await flows.now_of(request, deps)))


@routes.click(doors.START_SESSION)
async def start(request: Click, deps: Deps) -> Answers:
    """In the thread the message itself tells it; elsewhere a reply does."""
    scene = await flows.start(request, _session(request), deps)
    if request.at_home or request.in_private:
        return Reply(blocks.started(scene)), ShowHome()
    return None


@routes.click("copilot.pause")
async def pause(request: Click, deps: Deps) -> Replace | None:
    return await _steer(request, runs.paused, deps)


@routes.click("copilot.resume")
async def resume(request: Click, deps: Deps) -> Replace | None:
    return await _steer(request, runs.resumed, deps)


@routes.click("copilot.longer")
async def longer(request: Click, deps: Deps) -> Replace | None:
    return await _steer(request, lambda run, _now: runs.extended(run), deps)


@routes.click("copilot.next")
async def next_stage(request: Click, deps: Deps) -> Replace | None:
    return await _steer(request, runs.skipped, deps)


@routes.click("copilot.more")
async def more(request: Click, deps: Deps) -> Modal | None:
    """What stands behind the "…" of a session under way."""
    session = _session(request)
    match request.payload.word("do"):
        case "take":
            await flows.take_over(request, session, deps)
        case "hand":
            return Modal(blocks.hand_over(await flows.scene_for(request, session, deps)))
        case "split":
            await flows.split_again(request, session, deps)
        case _:
            await flows.end(request, session, deps)
    return None


@routes.submission("copilot.hand-over")
async def hand_over(request: Submission, deps: Deps) -> Close:
    to = MemberId(request.answers.choice("to"))
    await flows.hand_over(request, SessionId(request.notes.number("session")), to=to, deps=deps)
    return Close()


@routes.click("copilot.write")
async def open_writing(request: Click, deps: Deps) -> Modal:
    scene, kind = await writing.to_write(request, _session(request), deps)
    return Modal(words.write(scene, kind))


@routes.submission("copilot.write")
async def write(request: Submission, deps: Deps) -> Close:
    session = SessionId(request.notes.number("session"))
    await writing.write(request, session, form.read_text(request.answers), deps)
    return Close()


@routes.click("copilot.playback")
async def open_playback(request: Click, deps: Deps) -> Modal:
    scene, kind = await writing.to_write(request, _session(request), deps)
    check_playback(scene.run, request.member, scene.sits)
    return Modal(words.write(scene, kind))


@routes.submission("copilot.playback")
async def play_back(request: Submission, deps: Deps) -> Close:
    session = SessionId(request.notes.number("session"))
    text, picks = form.read_text(request.answers), form.read_picks(request.answers)
    await writing.play_back(request, session, text, picks, deps=deps)
    return Close()


async def _steer(request: Click, change: flows.Change, deps: Deps) -> Replace | None:
    """The thread shows it; who steers from `/mentor session` sees it there too."""
    version = request.payload.number("version")
    scene = await flows.steer(request, _session(request), version, change=change, deps=deps)
    return Replace(blocks.live(scene)) if request.in_private else None


def _session(request: Click) -> SessionId:
    return SessionId(request.payload.number("session"))
