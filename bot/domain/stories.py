"""Stories of what came of mentoring: a few sentences, seen by others only when everybody named in them has said yes.

A no needs no reason, and may come at any time later: then the story is taken back. A changed text is a new question.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import NotYours, Refused, RefusedFields
from bot.domain.ids import CircleId, MemberId, StoryId
from bot.domain.words import clean_text

LIMIT = 900
"""Characters: three good sentences, with room to spare."""
MOST_NAMED = 8
MOST_WAITING = 5
"""How many one member may have waiting for a yes at once."""


class StoryState(StrEnum):
    ASKING = "asking"
    SHOWN = "shown"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Words:
    """What the author fills in."""

    text: str
    named: tuple[MemberId, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Story(Words):
    id: StoryId
    author: MemberId
    made_at: datetime
    circle: CircleId | None = None
    """Whose channel it is told in too; without one it stands in the list alone."""
    state: StoryState = StoryState.ASKING
    answers: Mapping[MemberId, bool] = field(default_factory=dict)
    """Who of those named is fine with it as it reads now, and who would rather not."""
    edition: int = 1
    """Counts the wordings: an answer is given to one of them."""
    shown_at: datetime | None = None
    version: int = 1

    @property
    def is_waiting(self) -> bool:
        return self.state is StoryState.ASKING

    @property
    def waiting_for(self) -> tuple[MemberId, ...]:
        return tuple(member for member in self.named if member not in self.answers)

    @property
    def against(self) -> tuple[MemberId, ...]:
        return tuple(member for member in self.named if self.answers.get(member) is False)

    @property
    def may_be_shown(self) -> bool:
        """Whether everybody named has said yes to this very wording."""
        return all(self.answers.get(member) is True for member in self.named)


def check(words: Words, author: MemberId) -> Words:
    """Made tidy, or every field that is wrong with a sentence each. The author needs no naming."""
    wrong: dict[str, str] = {}
    text = ""
    try:
        text = clean_text(words.text, LIMIT, "The story")
    except Refused as refusal:
        wrong["text"] = refusal.sentence
    if not text and "text" not in wrong:
        wrong["text"] = "Write what changed, in three sentences or so."
    named = tuple(sorted({member for member in words.named if member != author}))
    if len(named) > MOST_NAMED:
        wrong["named"] = f"At most {MOST_NAMED} people can be named in one story."
    if wrong:
        raise RefusedFields(wrong)
    return Words(text, named)


def check_room(stories: Sequence[Story]) -> None:
    if sum(story.is_waiting for story in stories) >= MOST_WAITING:
        raise Refused("You have several stories waiting for a yes already. `/mentor stories` shows them.")


def begun(story: Story, now: datetime) -> Story:
    """Where nobody is named there is nobody to ask, so it is shown at once."""
    return _shown(story, now) if story.may_be_shown else story


def reworded(story: Story, words: Words, *, by: MemberId, now: datetime) -> Story:
    """A checked wording in place of the story's; everybody named is asked about it, also who has said yes before."""
    check_author(story, by)
    _check_kept(story)
    if (words.text, words.named) == (story.text, story.named):
        return story
    asked = replace(
        story,
        text=words.text,
        named=words.named,
        answers={},
        edition=story.edition + 1,
        state=StoryState.ASKING,
        shown_at=None,
    )
    return begun(asked, now)


def answered(story: Story, edition: int, *, fine: bool, by: MemberId, now: datetime) -> Story:
    """One of those named says yes or no to a wording. A no to what is shown already takes it back."""
    if by not in story.named:
        raise NotYours("Only those who are named in a story are asked about it.")
    _check_kept(story)
    if edition != story.edition:
        raise Refused("The story was changed since. The newest message about it has it as it reads now.")
    told = replace(story, answers={**story.answers, by: fine})
    if told.may_be_shown:
        return story if story.state is StoryState.SHOWN else _shown(told, now)
    return replace(told, state=StoryState.ASKING, shown_at=None)


def withdrawn(story: Story, by: MemberId) -> Story:
    check_author(story, by)
    return replace(story, state=StoryState.WITHDRAWN, shown_at=None)


def check_author(story: Story, by: MemberId) -> None:
    if story.author != by:
        raise NotYours("That story is somebody else's, so only they can change it.")


def _check_kept(story: Story) -> None:
    if story.state is StoryState.WITHDRAWN:
        raise Refused("That story was taken back by its author.")


def _shown(story: Story, now: datetime) -> Story:
    return replace(story, state=StoryState.SHOWN, shown_at=now)
