"""Read, decide, write: what members write in a session in writing, which the bot posts in its thread."""

from datetime import datetime

from bot.domain.circles import check_membership
from bot.domain.errors import RefusedFields
from bot.domain.ids import SessionId
from bot.domain.sessions import Presence
from bot.domain.written import Kind, Reply, check_playback, kind_for
from bot.feature import Deps
from bot.features.copilot.reading import Scene, scene_of
from bot.slack.requests import Request
from bot.store.unit_of_work import Work


async def to_write(by: Request, session: SessionId, deps: Deps) -> tuple[Scene, Kind]:
    async with deps.store.open_view(by.team) as work:
        return await _desk(work, by, session, deps.now())


async def write(by: Request, session: SessionId, text: str, deps: Deps) -> Scene:
    """Posted in the thread by a letter, so that a lost connection loses nothing."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        scene, kind = await _desk(work, by, session, now)
        await _keep(work, scene, Reply(session, by.member, kind, text, now), now)
    deps.store.wake()
    return scene


async def play_back(by: Request, session: SessionId, text: str, picks: list[int], *, deps: Deps) -> Scene:
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        scene, _kind = await _desk(work, by, session, now)
        check_playback(scene.run, by.member, scene.sits)
        known = {reply.id for reply in scene.replies}
        if not set(picks) <= known:
            raise RefusedFields({"picks": "Choose among what was written here."})
        await _keep(work, scene, Reply(session, by.member, Kind.PLAYBACK, text, now, tuple(picks)), now)
    deps.store.wake()
    return scene


async def _desk(work: Work, by: Request, session: SessionId, now: datetime) -> tuple[Scene, Kind]:
    scene = await scene_of(work, await work.runs.get(session), now)
    check_membership(scene.circle, by.member)
    return scene, kind_for(scene.run, by.member, scene.sits)


async def _keep(work: Work, scene: Scene, reply: Reply, now: datetime) -> None:
    number = await work.written.add(reply)
    await work.sessions.mark(reply.session, reply.author, Presence.PRESENT)
    if scene.circle.channel is not None:
        await work.outbox.add("copilot.reply", number, to=scene.circle.channel, due=now)
    await work.runs.look_again(reply.session, now)
