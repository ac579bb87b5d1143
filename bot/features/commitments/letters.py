"""The letters about commitments, composed as things stand when they are sent."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain import reminders, when
from bot.domain.audience import confirmer, has_something_to_see, may_see
from bot.domain.circles import Circle
from bot.domain.commitments import Audience, Commitment, CommitmentState
from bot.domain.errors import Refused
from bot.domain.ids import CircleId, CommitmentId, MemberId, SessionId
from bot.domain.manners import Manner, Topic
from bot.domain.reminders import Moment, Place, Reminder, place_of
from bot.feature import LetterKind, Moot, Outcome, Send, Wait
from bot.features.commitments import buddies, buddy_blocks, said, telling
from bot.features.commitments.flows import helper
from bot.store.outbox import Letter
from bot.store.unit_of_work import Work

SETTLED = Moot("settled, changed, or its day is over")


async def receipt(work: Work, letter: Letter, now: datetime) -> Outcome:
    """Of both that a member made in a session; it waits until ten minutes after the second."""
    made = await work.commitments.of_owner(MemberId(letter.to), [SessionId(letter.number)])
    under_way = [one for one in made if one.is_under_way]
    if not under_way:
        return SETTLED
    ready = reminders.receipt_at(under_way)
    if now < ready:
        return Wait(ready)
    circle = await work.circles.get(under_way[0].circle)
    return Send(said.receipt(circle, under_way)) if _is_in(circle, under_way) else Moot("the owner left the circle")


async def midpoint(work: Work, letter: Letter, now: datetime) -> Outcome:
    return await _reminder(work, letter, Moment.MIDPOINT, now)


async def last_reminder(work: Work, letter: Letter, now: datetime) -> Outcome:
    return await _reminder(work, letter, Moment.LAST, now)


async def _reminder(work: Work, letter: Letter, moment: Moment, now: datetime) -> Outcome:
    place = place_of(await work.members.get(MemberId(letter.to)))
    today = when.local(now, place.zone).date()
    about = reminders.still_wanted(await _promised(work, letter, moment, place), place, today)
    if not about:
        return SETTLED
    circle = await work.circles.get(about[0].circle)
    if not _is_in(circle, about):
        return Moot("the owner left the circle")
    if early := _too_early(about, moment, place, today):
        return early
    return Send(said.midpoint(circle, about) if moment is Moment.MIDPOINT else said.last_reminder(circle, about))


async def _promised(work: Work, letter: Letter, moment: Moment, place: Place) -> Reminder:
    """The reminder as it was promised, with what is about it now: the key ends with its morning."""
    on = date.fromisoformat(letter.key.rpartition(":")[2])
    first = await work.commitments.find(CommitmentId(letter.number))
    both = await work.commitments.of_owner(MemberId(letter.to), [first.session]) if first else []
    about = tuple(one for one in both if reminders.told_on(one, moment) == on)
    return Reminder(moment, on, reminders.morning(on, place), about)


def _too_early(about: Sequence[Commitment], moment: Moment, place: Place, today: date) -> Wait | None:
    """A letter that waited out a pause, while the day was moved: two working days before is soon enough."""
    days = [day for one in about if (day := reminders.last_day(one, place)) is not None]
    if moment is Moment.LAST and days and today < min(days):
        return Wait(reminders.morning(min(days), place))
    return None


async def witness(work: Work, letter: Letter, now: datetime) -> Outcome:
    found = await work.commitments.find(CommitmentId(letter.number))
    if found is None or confirmer(found) != letter.to or found.confirmed_at or not has_something_to_see(found):
        return Moot("there is nothing to confirm any more")
    if not may_see(found, confirmer(found) or found.owner, (await work.circles.get(found.circle)).members):
        return Moot("they have left the circle")
    return Send(said.witness_asked(found))


async def help_wanted(work: Work, letter: Letter, now: datetime) -> Outcome:
    """To the buddy or into the channel; asked again whether they may see it, for the owner may have changed that."""
    found = await work.commitments.find(CommitmentId(letter.number))
    if found is None or found.state is not CommitmentState.STUCK:
        return Moot("not stuck any more")
    circle = await work.circles.get(found.circle)
    among = Audience.BUDDY if letter.member else Audience.CIRCLE
    try:
        to = helper(found, circle, among)
    except Refused:
        return Moot("they may not see it any more")
    if to != letter.to:
        return Moot("somebody else is to see it now")
    return Send(said.help_wanted(found, among))


async def news(work: Work, letter: Letter, now: datetime) -> Outcome:
    """Below the agenda, as long as the circle has not met and sees that commitment."""
    found = await work.commitments.find(CommitmentId(letter.number))
    if found is None or found.shared_at is None or found.audience is not Audience.CIRCLE:
        return Moot("the circle doesn't see that one")
    circle = await work.circles.get(found.circle)
    place = await telling.agenda_of(work, circle, now)
    if place is None or not _is_in(circle, [found]) or place.channel != letter.to:
        return Moot("there is no agenda to put it below")
    return Send(said.news(found), thread=place.ts)


async def buddy_picked(work: Work, letter: Letter, now: datetime) -> Outcome:
    return await _about_buddies(work, letter, now, is_picked=True)


async def buddy_declined(work: Work, letter: Letter, now: datetime) -> Outcome:
    return await _about_buddies(work, letter, now, is_picked=False)


async def _about_buddies(work: Work, letter: Letter, now: datetime, *, is_picked: bool) -> Outcome:
    """The key ends with who picked whom; moot once that is no longer so."""
    picker, _, buddy = letter.key.rpartition(":")[2].partition(">")
    circle = await work.circles.get(CircleId(letter.number))
    if not circle.is_open or not {picker, buddy} <= set(circle.members):
        return Moot("one of them has left the circle")
    ties = (await work.buddies.ties([circle.id], MemberId(picker), now))[circle.id]
    if (ties.picked == buddy) != is_picked:
        return Moot("somebody else was picked since")
    if is_picked:
        return Send(buddy_blocks.asked(circle, MemberId(picker)))
    known = await work.members.get(MemberId(buddy))
    return Send(buddy_blocks.told(circle, known.name if known else "them"))


def _is_in(circle: Circle, about: Sequence[Commitment]) -> bool:
    return circle.is_open and about[0].owner in circle.members


OWN = Topic.COMMITMENTS
LETTERS = (
    LetterKind("commitments.receipt", receipt, Manner.RECEIPT),
    LetterKind("commitments.midpoint", midpoint, Manner.NUDGE, OWN, deadline="its day is over", item="commitment"),
    LetterKind(
        "commitments.reminder", last_reminder, Manner.NUDGE, OWN, deadline="its day is over", item="commitment"
    ),
    LetterKind("commitments.witness", witness, Manner.NUDGE, Topic.PEOPLE, deadline="two weeks are over"),
    LetterKind("commitments.help", help_wanted, Manner.NUDGE, Topic.PEOPLE, deadline="it is too late to help"),
    LetterKind(telling.KIND, news, Manner.ROOM),
    LetterKind(buddies.PICKED, buddy_picked, Manner.NUDGE, Topic.PEOPLE, deadline="they know each other by now"),
    LetterKind(buddies.DECLINED, buddy_declined, Manner.REPLY),
)
