"""Letters between the asking and the answer: one thing asked back, its answer, a kind line, an introduction."""

from datetime import datetime

from bot.domain.ids import IntroductionId, IntroId, MemberId
from bot.domain.introductions import Introduction, IntroductionState
from bot.domain.intros import Intro, IntroState
from bot.domain.manners import Manner
from bot.feature import LetterKind, Moot, Outcome, Send
from bot.features.matching import more_blocks
from bot.store.outbox import Letter
from bot.store.unit_of_work import Work


async def question(work: Work, letter: Letter, now: datetime) -> Outcome:
    intro = await work.intros.find(IntroId(letter.number))
    if intro is None or not intro.is_open or not intro.lines.question or intro.lines.answer:
        return Moot("it is answered, or the request has ended")
    return Send(more_blocks.question(intro))


async def answer(work: Work, letter: Letter, now: datetime) -> Outcome:
    intro = await work.intros.find(IntroId(letter.number))
    if intro is None or not intro.is_open or not intro.lines.answer:
        return Moot("the request has ended")
    return Send(more_blocks.answer(intro))


async def kind_line(work: Work, letter: Letter, now: datetime) -> Outcome:
    intro = await work.intros.find(IntroId(letter.number))
    if intro is None or intro.state is not IntroState.DECLINED:
        return Moot("there is no such request")
    instead = await _who_instead(work, intro, now)
    if instead is None and not intro.lines.kind_line:
        return Moot("nobody is named any more who could be asked")
    return Send(more_blocks.kind_line(intro, instead))


async def _who_instead(work: Work, intro: Intro, now: datetime) -> MemberId | None:
    """Whom they named, if the asker may be shown them: a block is never told by its absence or its presence."""
    named = MemberId(intro.lines.instead)
    known, profile = await work.members.get(named), await work.members.profile(named)
    apart = any({intro.asker, named} == set(pair) for pair in await work.blocks.around([intro.asker]))
    if known is None or profile is None or apart or not known.is_reachable(now):
        return None
    return named if intro.kind in profile.offers_kinds else None


async def introduce(work: Work, letter: Letter, now: datetime) -> Outcome:
    found = await _wanted(work, letter)
    if found is None or not found.is_open(now):
        return Moot("it is settled or has lapsed")
    return Send(more_blocks.introduce(found))


async def not_introduced(work: Work, letter: Letter, now: datetime) -> Outcome:
    """Planned for the day on which the time to answer ends, whatever the answer: so a no looks like silence."""
    found = await _wanted(work, letter)
    if found is None or found.state is IntroductionState.MADE:
        return Moot("they were introduced")
    return Send(more_blocks.not_introduced(found))


async def _wanted(work: Work, letter: Letter) -> Introduction | None:
    return await work.introductions.find(IntroductionId(letter.number))


LETTERS = (
    LetterKind("matching.question", question, Manner.REPLY),
    LetterKind("matching.answer", answer, Manner.REPLY),
    LetterKind("matching.kind_line", kind_line, Manner.REPLY),
    LetterKind("matching.introduce", introduce, Manner.NUDGE),
    LetterKind("matching.not_introduced", not_introduced, Manner.REPLY),
)
