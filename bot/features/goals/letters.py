"""The letters about goals, composed as things stand when they are sent; all of them to the owner alone."""

from datetime import datetime

from bot.domain import when
from bot.domain.goals import is_ahead
from bot.domain.ids import GoalId, MemberId, MilestoneId
from bot.domain.manners import Manner, Topic
from bot.domain.reminders import place_of
from bot.feature import LetterKind, Moot, Outcome, Send
from bot.features.goals import blocks
from bot.store.outbox import Letter
from bot.store.unit_of_work import Work


async def ahead(work: Work, letter: Letter, now: datetime) -> Outcome:
    return await _milestone(work, letter, now, is_coming=True)


async def after(work: Work, letter: Letter, now: datetime) -> Outcome:
    return await _milestone(work, letter, now, is_coming=False)


async def _milestone(work: Work, letter: Letter, now: datetime, *, is_coming: bool) -> Outcome:
    owner = await work.members.get(MemberId(letter.to))
    found = await work.goals.find_milestone(MilestoneId(letter.number))
    today = when.local(now, place_of(owner).zone).date()
    if found is None or not found.is_open or is_ahead(found, today) is not is_coming:
        return Moot("settled, or its day was moved")
    goal = await work.goals.get(found.goal)
    return Send(blocks.ahead(found, goal) if is_coming else blocks.after(found, goal))


async def stand(work: Work, letter: Letter, now: datetime) -> Outcome:
    goal = await work.goals.find(GoalId(letter.number))
    if goal is None or not goal.is_open:
        return Moot("closed")
    if goal.standings and goal.standings[-1].at > letter.due:
        return Moot("said already")
    return Send(blocks.where_do_you_stand(goal))


LETTERS = (
    LetterKind("goals.ahead", ahead, Manner.NUDGE, Topic.COMMITMENTS, deadline="its day is over", item="milestone"),
    LetterKind("goals.after", after, Manner.NUDGE, Topic.COMMITMENTS, deadline="nobody asks so late"),
    LetterKind("goals.stand", stand, Manner.NUDGE, Topic.COMMITMENTS, deadline="nobody asks so late"),
)
