"""The letters of stories: whether each is still wanted at the moment of sending, and how it reads then."""

from datetime import datetime

from bot.domain.ids import MemberId, StoryId
from bot.domain.manners import Manner
from bot.domain.stories import Story, StoryState
from bot.feature import LetterKind, Moot, Outcome, Send
from bot.features.stories import blocks, flows
from bot.store.outbox import Letter
from bot.store.unit_of_work import Work

CHANGED = Moot("the story was changed or taken back since")


async def ask(work: Work, letter: Letter, now: datetime) -> Outcome:
    story = await _story(work, letter)
    if story is None or letter.to not in story.waiting_for:
        return CHANGED
    return Send(blocks.question(story))


async def told(work: Work, letter: Letter, now: datetime) -> Outcome:
    story = await work.stories.find(StoryId(letter.number))
    if story is None or story.state is not StoryState.SHOWN:
        return CHANGED
    return Send(blocks.in_channel(story))


async def shown(work: Work, letter: Letter, now: datetime) -> Outcome:
    story = await _story(work, letter)
    if story is None or story.state is not StoryState.SHOWN:
        return CHANGED
    return Send(blocks.all_said_yes(story))


async def declined(work: Work, letter: Letter, now: datetime) -> Outcome:
    story = await _story(work, letter)
    about = MemberId((letter.payload or {})["about"])
    if story is None or about not in story.against:
        return CHANGED
    return Send(blocks.declined(story, about))


async def _story(work: Work, letter: Letter) -> Story | None:
    """As long as its wording is the one the letter was promised for, and it was not taken back."""
    story = await work.stories.find(StoryId(letter.number))
    if story is None or story.state is StoryState.WITHDRAWN:
        return None
    return story if story.edition == (letter.payload or {}).get("edition") else None


LETTERS = (
    LetterKind(flows.ASK, ask, Manner.NUDGE, deadline="nobody asks so late"),
    LetterKind(flows.TOLD, told, Manner.ROOM),
    LetterKind(flows.ALL_SAID_YES, shown, Manner.REPLY),
    LetterKind(flows.SAID_NO, declined, Manner.REPLY),
)
