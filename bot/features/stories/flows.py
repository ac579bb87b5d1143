"""Read, decide, write, tell: stories written, asked about, shown and taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import stories
from bot.domain.circles import Circle, check_membership
from bot.domain.errors import Refused, RefusedFields
from bot.domain.ids import CircleId, MemberId, StoryId
from bot.domain.stories import Story, StoryState, Words
from bot.feature import Deps
from bot.slack.requests import Request
from bot.store.audit import Entry
from bot.store.messages import Place
from bot.store.outbox import key_of
from bot.store.unit_of_work import Work

TOLD, ASK, SAID_NO, ALL_SAID_YES = "stories.told", "stories.ask", "stories.declined", "stories.shown"
MOST_SHOWN = 10
LIFE = timedelta(days=28)
"""So long a question is of use when its reader is away."""


@dataclass(frozen=True)
class Shelf:
    """What a member finds under `/mentor stories`."""

    me: MemberId
    shown: Sequence[Story] = ()
    mine: Sequence[Story] = ()
    """Written by me and not taken back."""
    about_me: Sequence[Story] = ()
    """In which somebody names me; waiting or shown."""


@dataclass(frozen=True)
class Desk:
    """What the form starts from."""

    circles: Sequence[Circle]
    circle: CircleId | None = None
    story: Story | None = None


@dataclass(frozen=True)
class Saved:
    """A story as it is now, and the messages that hold it as it was."""

    story: Story
    in_channel: Place | None = None
    questions: Sequence[tuple[MemberId, Place]] = ()
    """To whom a question about it went."""


async def shelf(by: Request, deps: Deps) -> Shelf:
    async with deps.store.open_view(by.team) as work:
        mine = [one for one in await work.stories.by_author(by.member) if one.state is not StoryState.WITHDRAWN]
        about = [one for one in await work.stories.naming(by.member) if one.state is not StoryState.WITHDRAWN]
        return Shelf(by.member, await work.stories.shown(MOST_SHOWN), mine, about)


async def desk(by: Request, deps: Deps, *, circle: CircleId | None = None, story: StoryId | None = None) -> Desk:
    async with deps.store.open_view(by.team) as work:
        circles = [one for one in await work.circles.of(by.member) if one.channel]
        if story is None:
            stories.check_room(await work.stories.by_author(by.member))
            return Desk(circles, circle if circle in {one.id for one in circles} else None)
        known = await work.stories.get(story)
        stories.check_author(known, by.member)
        return Desk(circles, known.circle, known)


async def tell(by: Request, words: Words, circle: CircleId | None, deps: Deps) -> Saved:
    """The same words twice, as by a second tap on Save, are one story."""
    now = deps.now()
    tidy = await _checked(by, words, deps)
    async with deps.store.open_work(by.team) as work:
        if circle is not None:
            check_membership(await work.circles.get(circle), by.member)
        known = await work.stories.by_author(by.member)
        for one in known:
            if one.state is not StoryState.WITHDRAWN and (one.text, one.named) == (tidy.text, tidy.named):
                return Saved(one)
        stories.check_room(known)
        fresh = Story(**vars(tidy), id=StoryId(0), author=by.member, made_at=now, circle=circle)
        added = await work.stories.add(stories.begun(fresh, now))
        return await _told(work, added, now)


async def reword(by: Request, number: StoryId, words: Words, deps: Deps) -> Saved:
    now = deps.now()
    tidy = await _checked(by, words, deps)
    async with deps.store.open_work(by.team) as work:
        known = await work.stories.get(number)
        saved = await _where(work, known)
        changed = stories.reworded(known, tidy, by=by.member, now=now)
        if changed == known:
            return saved
        await work.stories.save(changed)
        await _told(work, changed, now)
        return Saved(await work.stories.get(number), saved.in_channel, saved.questions)


async def _checked(by: Request, words: Words, deps: Deps) -> Words:
    """Everybody named is somebody here, and a person."""
    tidy = stories.check(words, by.member)
    try:
        for member in tidy.named:
            await deps.meet(by.team, member)
    except Refused as refused:
        raise RefusedFields({"named": refused.sentence}) from refused
    return tidy


async def answer(by: Request, number: StoryId, edition: int, *, fine: bool, deps: Deps) -> Saved:
    """What one of those named says; said twice it is said once."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        known = await work.stories.get(number)
        now_is = stories.answered(known, edition, fine=fine, by=by.member, now=now)
        saved = await _where(work, known)
        if now_is == known:
            return saved
        await work.stories.save(now_is)
        await work.audit.add(Entry(now, by.member, "story.answer", f"story:{number}", {}))
        if now_is.state is StoryState.SHOWN:
            await _show(work, now_is, now)
            await _to_author(work, now_is, ALL_SAID_YES, now)
        elif not fine:
            await _to_author(work, now_is, SAID_NO, now, about=by.member)
        return Saved(await work.stories.get(number), saved.in_channel, saved.questions)


async def withdraw(by: Request, number: StoryId, deps: Deps) -> Saved:
    async with deps.store.open_work(by.team) as work:
        known = await work.stories.get(number)
        gone = stories.withdrawn(known, by.member)
        saved = await _where(work, known)
        if gone != known:
            await work.stories.save(gone)
            await work.audit.add(Entry(deps.now(), by.member, "story.withdraw", f"story:{number}", {}))
        return Saved(gone, saved.in_channel, saved.questions)


async def _told(work: Work, story: Story, now: datetime) -> Saved:
    """Ask everybody named; or, where there is nobody to ask, show it."""
    for member in story.waiting_for:
        await _letter(work, story, ASK, to=member, now=now)
    if story.state is StoryState.SHOWN:
        await _show(work, story, now)
    return Saved(story)


async def _show(work: Work, story: Story, now: datetime) -> None:
    circle = await work.circles.find(story.circle) if story.circle is not None else None
    if circle is not None and circle.channel and circle.is_open:
        key = f"{story.edition}:{story.shown_at}"
        await work.outbox.add(TOLD, story.id, to=circle.channel, due=now, key=key, expires=now + timedelta(days=2))


async def _to_author(work: Work, story: Story, kind: str, now: datetime, *, about: MemberId | None = None) -> None:
    await _letter(work, story, kind, to=story.author, now=now, about=about)


async def _letter(
    work: Work, story: Story, kind: str, *, to: MemberId, now: datetime, about: MemberId | None = None
) -> None:
    key = ":".join(str(part) for part in (story.edition, to, about or ""))
    told = {"edition": story.edition, "about": about or ""}
    await work.outbox.add(kind, story.id, to=to, due=now, key=key, expires=now + LIFE, payload=told)


async def _where(work: Work, story: Story) -> Saved:
    """Where the story stands in its channel, and the questions about it as it reads now."""
    place = await work.messages.where_is(TOLD, str(story.id))
    asked = {key_of(ASK, story.id, f"{story.edition}:{member}:"): member for member in story.named}
    went = await work.outbox.where_went(asked)
    return Saved(story, place, [(asked[key], place) for key, place in went.items()])
