"""`/mentor profile`, `/mentor pause`, `/mentor resume`, and the news about people."""

from bot import doors
from bot.domain.errors import Refused
from bot.feature import Deps
from bot.features.onboarding import blocks, flows, form
from bot.slack.directory import as_member
from bot.slack.replies import Modal, Reply, ShowHome
from bot.slack.requests import Click, Command, Event, Submission
from bot.slack.routes import Routes

routes = Routes()


@routes.command("profile", help="What you can offer, what you look for, when you have time.", order=10)
async def open_profile(request: Command, deps: Deps) -> Modal:
    return Modal(form.profile(await flows.profile_facts(request.team, request.member, deps)))


@routes.click(doors.OPEN_PROFILE)
async def open_profile_by_button(request: Click, deps: Deps) -> Modal:
    return Modal(form.profile(await flows.profile_facts(request.team, request.member, deps)))


@routes.submission("onboarding.profile")
async def save_profile(request: Submission, deps: Deps) -> tuple[Reply, ShowHome]:
    profile, zone = form.read_profile(request.member, request.answers, request.notes)
    await flows.save_profile(request.team, profile, zone, deps)
    return Reply(blocks.saved(profile, await flows.likely_typos(request.team, profile, deps))), ShowHome()


@routes.command("pause", help="Take a break: no matches and no messages until a day you choose.", order=80)
async def open_pause(request: Command, deps: Deps) -> Modal:
    facts = await flows.profile_facts(request.team, request.member, deps)
    return Modal(form.pause(facts.member, deps.now()))


@routes.click(doors.TAKE_BREAK)
async def open_pause_by_button(request: Click, deps: Deps) -> Modal:
    facts = await flows.profile_facts(request.team, request.member, deps)
    return Modal(form.pause(facts.member, deps.now()))


@routes.submission("onboarding.pause")
async def pause(request: Submission, deps: Deps) -> tuple[Reply, ShowHome]:
    until, note = form.read_pause(request.answers)
    ends = await flows.pause(request.team, request.member, until=until, note=note, deps=deps)
    return Reply(blocks.paused(ends)), ShowHome()


@routes.command("resume", help="End your break today.", order=81)
async def resume(request: Command, deps: Deps) -> Reply:
    return Reply(blocks.resumed(await flows.resume(request.team, request.member, deps)))


@routes.click("onboarding.resume")
async def resume_by_button(request: Click, deps: Deps) -> tuple[Reply, ShowHome] | ShowHome:
    was_paused = await flows.resume(request.team, request.member, deps)
    if request.at_home:
        return ShowHome()
    return Reply(blocks.resumed(was_paused)), ShowHome()


@routes.event("user_change", "team_join")
async def keep_up(event: Event, deps: Deps) -> None:
    try:
        seen = as_member(event.facts["user"])
    except Refused:
        return  # An app, or somebody from elsewhere: nobody we keep.
    await flows.keep_up(event.team, seen, deps)
