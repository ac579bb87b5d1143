"""What the bot says unasked about intro coffees, drafts and free seats, and whether it is still wanted by then."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.domain.drafts import DraftState
from bot.domain.ids import CircleId, DraftId, IntroId, MemberId, MergerId
from bot.domain.intros import Intro, IntroState
from bot.domain.manners import Manner, Topic
from bot.domain.people import Kind, Member
from bot.domain.programs import Act, may
from bot.feature import LetterKind, Moot, Outcome, Send
from bot.features.matching import (
    draft_blocks,
    drafting,
    finding,
    guiding,
    intro_blocks,
    merge_blocks,
    merging,
    more_letters,
    place_blocks,
    rematch_blocks,
    seeking,
)
from bot.slack.blocks import Message
from bot.store.outbox import Letter
from bot.store.unit_of_work import Work

Told = Callable[[Work, Intro, Member, datetime], Awaitable[Message]]


async def compose_intro(work: Work, letter: Letter, now: datetime) -> Outcome:
    intro = await work.intros.find(IntroId(letter.number))
    if intro is None or not intro.is_open or now >= intro.answer_by:
        return Moot("it was answered, taken back or has lapsed")
    known = await work.members.named([intro.asker, intro.asked])
    asker, profile = known.get(intro.asker), await work.members.profile(intro.asker)
    if asker is None or asker.left or profile is None:
        return Moot("the one who asked is not here any more")
    return Send(intro_blocks.letter(intro, profile))


async def compose_guide(work: Work, letter: Letter, _now: datetime) -> Outcome:
    """Goes into the conversation of the two, who both said yes: at once, at any hour."""
    intro = await work.intros.find(IntroId(letter.number))
    if intro is None:
        return Moot("there is no such intro")
    return Send(await guiding.guide(work, intro))


async def compose_fit(work: Work, letter: Letter, now: datetime) -> Outcome:
    intro = await work.intros.find(IntroId(letter.number))
    reader = MemberId(letter.to)
    if intro is None or intro.state is not IntroState.ACCEPTED or reader in await work.fits.of(intro.id):
        return Moot("it is answered, or there is no such coffee")
    known = await work.members.named([intro.asker, intro.asked])
    other = known.get(intro.other(reader))
    if other is None or other.left:
        return Moot("the other one is not here any more")
    return Send(intro_blocks.fit(intro, reader))


def about_intro(kind: str, state: IntroState, tell: Told, manner: Manner) -> LetterKind:
    """A letter to one of the two, wanted while the intro is in this state."""

    async def compose(work: Work, letter: Letter, now: datetime) -> Outcome:
        intro = await work.intros.find(IntroId(letter.number))
        if intro is None or intro.state is not state:
            return Moot("things have changed since")
        reader = await work.members.get(MemberId(letter.to))
        if reader is None:
            return Moot("they are not known")
        return Send(await tell(work, intro, reader, now))

    return LetterKind(kind, compose, manner)


async def not_now(work: Work, intro: Intro, _reader: Member, now: datetime) -> Message:
    return intro_blocks.not_now(intro, await finding.following(work, intro, now))


async def no_answer(work: Work, intro: Intro, _reader: Member, now: datetime) -> Message:
    return intro_blocks.no_answer(intro, await finding.following(work, intro, now))


async def lapsed(_work: Work, intro: Intro, _reader: Member, _now: datetime) -> Message:
    return intro_blocks.lapsed(intro)


async def failed(_work: Work, intro: Intro, reader: Member, _now: datetime) -> Message:
    return intro_blocks.failed(intro, reader.id)


async def compose_moved_on(work: Work, letter: Letter, now: datetime) -> Outcome:
    """Asked for by the one who ended it, so it goes even where the other called it no match too."""
    intro = await work.intros.find(IntroId(letter.number))
    if intro is None:
        return Moot("there is no such pair")
    reader = MemberId(letter.to)
    return Send(rematch_blocks.moved_on(intro, reader))


async def compose_another(work: Work, letter: Letter, now: datetime) -> Outcome:
    intro = await work.intros.find(IntroId(letter.number))
    if intro is None:
        return Moot("there is no such pair")
    return Send(rematch_blocks.another(intro, await finding.following(work, intro, now)))


async def compose_merge_ask(work: Work, letter: Letter, _now: datetime) -> Outcome:
    merger = await work.mergers.find(MergerId(letter.number))
    known = await work.circles.named([merger.small, merger.into]) if merger else {}
    if merger is None or not merger.is_open or not all(circle.is_open for circle in known.values()):
        return Moot("it is decided, or one of the circles has ended")
    small, into = known[merger.small], known[merger.into]
    return Send(merge_blocks.question(merger, small, into, merging.rule_of(merger, into)))


async def compose_merge_answered(work: Work, letter: Letter, _now: datetime) -> Outcome:
    merger = await work.mergers.find(MergerId(letter.number))
    if merger is None or not merger.is_open:
        return Moot("it is decided")
    reader = MemberId(letter.to)
    if not may(Act.MATCH_EVERYONE, await work.programs.roles_of(reader)):
        return Moot("they are no lead any more")
    return Send(merge_blocks.answered(await merging.asked_of(work, merger)))


async def compose_found(work: Work, letter: Letter, now: datetime) -> Outcome:
    """To somebody whom a draft of pairs left without: a lead looked again for them."""
    reader, kind = MemberId(letter.to), Kind((letter.payload or {})["kind"])
    draft = await work.drafts.get(DraftId(letter.number))
    found = await seeking.mentor_for(work, seeking.Sought(reader, kind, draft), now)
    return Send(place_blocks.found_mentor(kind, found)) if found else Moot("nobody fits any more")


async def compose_merged(work: Work, letter: Letter, _now: datetime) -> Outcome:
    merger = await work.mergers.get(MergerId(letter.number))
    known = await work.circles.named([merger.small, merger.into])
    return Send(merge_blocks.merged(known[merger.small], known[merger.into]))


async def compose_draft(work: Work, letter: Letter, _now: datetime) -> Outcome:
    """The lead asked for it a moment ago, so it goes at any hour; it says how things stand when it is sent."""
    shown = await drafting.preview_within(work, DraftId(letter.number))
    if shown.draft.state in (DraftState.PUBLISHED, DraftState.DISCARDED, DraftState.STOPPED):
        return Moot("the draft is settled")
    if not may(Act.MATCH_EVERYONE, await work.programs.roles_of(MemberId(letter.to))):
        return Moot("they are no lead any more")
    if shown.draft.state is not DraftState.DRAWING:
        await work.drafts.remember_shown(shown.draft.id)
    return Send(draft_blocks.message(shown))


async def compose_offer(work: Work, letter: Letter, now: datetime) -> Outcome:
    member = MemberId(letter.to)
    circle = await work.circles.find(CircleId(letter.number))
    if circle is None or not circle.has_room or await work.circles.of(member):
        return Moot("the seat or the need for one is gone")
    return Send(place_blocks.offer(circle))


LETTERS = (
    *more_letters.LETTERS,
    LetterKind("matching.intro", compose_intro, Manner.NUDGE, deadline="it is to be answered by"),
    LetterKind("matching.guide", compose_guide, Manner.ROOM),
    LetterKind("matching.fit", compose_fit, Manner.NUDGE, Topic.PEOPLE, deadline="the coffee is long over"),
    about_intro("matching.declined", IntroState.DECLINED, not_now, Manner.REPLY),
    about_intro("matching.no_answer", IntroState.EXPIRED, no_answer, Manner.REPLY),
    about_intro("matching.lapsed", IntroState.EXPIRED, lapsed, Manner.NUDGE),
    about_intro("matching.failed", IntroState.FAILED, failed, Manner.REPLY),
    LetterKind("matching.moved_on", compose_moved_on, Manner.NUDGE),
    LetterKind("matching.another", compose_another, Manner.REPLY),
    LetterKind("matching.merge_ask", compose_merge_ask, Manner.ROOM),
    LetterKind("matching.merged", compose_merged, Manner.ROOM),
    LetterKind("matching.draft", compose_draft, Manner.ASKED),
    LetterKind("matching.offer", compose_offer, Manner.NUDGE, Topic.CIRCLES),
    LetterKind("matching.merge_answered", compose_merge_answered, Manner.REPLY),
    LetterKind("matching.found", compose_found, Manner.REPLY),
)
