"""What is said as a stage begins, if that stage is still the one of now."""

from datetime import datetime, timedelta

from bot.domain.duties import Duty
from bot.domain.ids import MemberId, SessionId
from bot.domain.manners import Manner, Topic
from bot.domain.written import kind_for
from bot.feature import LetterKind, Moot, Outcome, Send, Wait
from bot.features.copilot import blocks, words
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


async def reply(work: Work, letter: Letter, now: datetime) -> Outcome:
    """What somebody wrote, in the thread."""
    written = await work.written.get(letter.number)
    place = await thread_of(work, written.session)
    if place is None:
        return Wait(now + timedelta(seconds=5))
    scene = await scene_of(work, await work.runs.get(written.session), now)
    return Send(words.posted(scene, written), thread=place.ts)


async def ask(work: Work, letter: Letter, now: datetime) -> Outcome:
    """To one person, where they have not written yet what is asked for."""
    run = await work.runs.get(SessionId(letter.number))
    who, place = MemberId(letter.to), (letter.payload or {})["place"]
    if not run.is_live or run.place != place:
        return PASSED
    scene = await scene_of(work, run, now)
    known = await work.members.get(who)
    if who not in scene.circle.members or known is None or not known.is_reachable(now):
        return Moot("the member has left, or is on a break")
    if run.place == 0 and scene.question:
        return Moot("the circle has the question")
    kind = kind_for(run, who, scene.sits)
    if any(one.author == who and one.kind is kind for one in scene.replies):
        return Moot("it is written already")
    return Send(words.asked(scene, kind))


LETTERS = (
    LetterKind("copilot.line", line, Manner.SESSION, deadline="its stage is over"),
    LetterKind("copilot.two", two, Manner.ROOM, deadline="its stage is over"),
    LetterKind("copilot.reply", reply, Manner.ROOM),
    LetterKind("copilot.ask", ask, Manner.NUDGE, Topic.HOTSEAT, deadline="its stage is over"),
)
