"""What is said as a stage begins, if that stage is still the one of now."""

from datetime import datetime

from bot.domain.duties import Duty
from bot.domain.ids import MemberId, SessionId
from bot.domain.manners import Manner
from bot.feature import LetterKind, Moot, Outcome, Send
from bot.features.copilot import blocks
from bot.features.copilot.reading import scene_of, thread_of
from bot.store.outbox import Letter
from bot.store.unit_of_work import Work

PASSED = Moot("that stage is over")


async def line(work: Work, letter: Letter, now: datetime) -> Outcome:
    run = await work.runs.get(SessionId(letter.number))
    said = letter.payload or {}
    duty, who = Duty(said["duty"]), MemberId(letter.to)
    if not run.is_live or run.place != said["place"] or duty not in run.leg.lines:
        return PASSED
    scene = await scene_of(work, run, now)
    if scene.holding(duty) != who or who not in scene.circle.members:
        return Moot("somebody else has that duty now")
    brief = await work.briefs.find(run.session, who) if duty is Duty.SEAT and run.leg.seat is not None else None
    return Send(blocks.line(scene, duty, run.leg.lines[duty], brief.boxes.question if brief else ""))


async def two(work: Work, letter: Letter, now: datetime) -> Outcome:
    run = await work.runs.get(SessionId(letter.number))
    place = await thread_of(work, run.session)
    if not run.is_live or not run.leg.two or place is None:
        return PASSED
    return Send(blocks.two(await scene_of(work, run, now)), thread=place.ts)


LETTERS = (
    LetterKind("copilot.line", line, Manner.SESSION, deadline="its stage is over"),
    LetterKind("copilot.two", two, Manner.ROOM, deadline="its stage is over"),
)
