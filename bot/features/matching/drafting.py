"""Drawing circles for a whole program, and changing a draft by hand. Nobody but leads hears of it."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.domain import drafts
from bot.domain.drafts import ByHand, Draft, DraftState, Figures
from bot.domain.errors import Refused, Stale
from bot.domain.ids import DraftId, MemberId, ProgramId, TeamId
from bot.domain.intros import RECENT
from bot.domain.matching import Circles, Document, Options, read_circles, read_document, swap, written
from bot.domain.matching.document import canonical
from bot.domain.programs import Act, require
from bot.feature import Deps
from bot.features.matching import draft_blocks
from bot.features.matching.document_of import Gathered, for_circles
from bot.features.matching.draft_blocks import Preview
from bot.features.matching.finding import rules_of
from bot.features.matching.worker import MIB, DrawFailed, OutOfMemory, Terms, Told, draw_circles, nobody
from bot.slack.failures import Meaning, SlackFailure
from bot.slack.requests import Request
from bot.slack.text import mention, moment
from bot.store.audit import Entry
from bot.store.messages import Place
from bot.store.unit_of_work import Work

CLAIM = timedelta(seconds=30)
"""Renewed while it is being drawn; after that, whoever was at it is gone."""
LATEST = 10

log = structlog.get_logger("matching")


async def start(by: Request, *, everyone: bool, deps: Deps, after: Draft | None = None) -> Draft:
    """A draft that waits to be drawn. `after` is the one it takes the place of: its locks and bans are kept."""
    now = deps.now()
    async with deps.store.open_view(by.team) as work:
        await require_lead(work, by.member)
        _check_free(await work.drafts.drawing())
        gathered = await gather(work, now)
        earlier = await work.drafts.latest(1)
    seed = earlier[0].seed + 1 if earlier else 1
    document = await asyncio.to_thread(for_circles, gathered, everyone=everyone, seed=seed, now=now)
    waiting = _enough(document, gathered, everyone=everyone)
    text = canonical(document.to_json())
    by_hand = _still_possible(after, document) if after else ByHand()
    async with deps.store.open_work(by.team) as work:
        await require_lead(work, by.member)
        program = await _program(work)
        if after:
            await _make_way(work, after.id)
        draft = Draft(
            DraftId(0), program, by.member, now, DraftState.DRAWING, everyone, seed, by_hand, Figures(waiting)
        )
        draft = await work.drafts.add(draft, text)
        await work.drafts.claim(now, now + CLAIM)
        await work.outbox.add("matching.draft", draft.id, to=by.member, due=now)
        details = {"seed": seed, "everyone": everyone, "document": document.digest()}
        await work.audit.add(Entry(now, by.member, "match.draw", subject(draft), details))
    return draft


async def _make_way(work: Work, number: DraftId) -> None:
    """A draft that is drawn anew is put away; one that was published stays as it is."""
    earlier = await work.drafts.get(number)
    if earlier.state is not DraftState.PUBLISHED:
        await discard_within(work, earlier)


async def require_lead(work: Work, member: MemberId) -> None:
    require(Act.MATCH_EVERYONE, await work.programs.roles_of(member))


def _check_free(running: Draft | None) -> None:
    if running is None:
        return
    raise Refused(
        f"{mention(running.made_by)} started a draft {moment(running.made_at)}, and it is still being drawn. "
        "One is drawn at a time: wait for it, or stop it where it says so in your conversations with me."
    )


async def gather(work: Work, now: datetime) -> Gathered:
    seated = (member for circle in await work.circles.open() for member in circle.members)
    return Gathered(
        members={one.id: one for one in await work.members.everyone()},
        profiles={profile.member: profile for profile in await work.members.profiles()},
        rules=await rules_of(work),
        blocks=await work.blocks.all(),
        met_in_circles=await work.meetings.met_since(now - RECENT),
        in_circles=frozenset(seated),
    )


def _enough(document: Document, gathered: Gathered, *, everyone: bool) -> int:
    """How many wait for a circle."""
    waiting = sum(person.circle is not None for person in document.people)
    if waiting >= gathered.rules.circle_min:
        return waiting
    who = "with a profile and without a circle" if everyone else "who chose a circle theme and have no circle yet"
    if waiting == 1:
        who = who.replace(" have ", " has ")
    more = "" if everyone else " `/mentor match circles everybody` draws from all who have a profile."
    there = "is 1 person" if waiting == 1 else f"are {waiting} people"
    raise Refused(
        f"There {there} {who}; a circle needs at least {gathered.rules.circle_min}. "
        f"Ask more people to fill in `/mentor profile`.{more}"
    )


async def _program(work: Work) -> ProgramId:
    program = await work.programs.current()
    if program is None:
        raise Refused("There is no program yet. `/mentor program` sets one up.")
    return program.id


def _still_possible(earlier: Draft, document: Document) -> ByHand:
    """Bans stay, and locks of people who all still take part, unless it was the locks that could not be drawn.

    What was swapped by hand is drawn anew.
    """
    if earlier.state is DraftState.FAILED:
        return ByHand(apart=earlier.by_hand.apart)
    waiting = {person.id for person in document.people if person.circle is not None}
    locked = tuple(group for group in earlier.by_hand.locked if waiting.issuperset(group))
    return ByHand(locked=locked, apart=earlier.by_hand.apart)


async def draw(team: TeamId, draft: Draft, deps: Deps, told: Told = nobody) -> Preview:
    """Have it drawn and keep the answer. Whoever comes second, after a crash that was none, changes nothing."""
    async with deps.store.open_view(team) as work:
        document = await work.drafts.document(draft.id)
    options = Options(keep=draft.by_hand.locked, apart=draft.by_hand.apart)
    try:
        drawn = await draw_circles(document, options, Terms(memory=deps.draw_memory * MIB), told=told)
    except Refused as refused:
        return await _failed(team, draft, refused.sentence, deps)
    except DrawFailed as failed:
        log.error("the matcher failed", draft=draft.id, problem=str(failed), team=team)
        return await _failed(team, draft, _problem(failed), deps)
    circles = await asyncio.to_thread(read_circles, drawn)
    ready = replace(draft, state=DraftState.READY, matcher=circles.header.version, figures=_figures(circles))
    return await _keep(team, ready, drawn, deps)


def _problem(failed: DrawFailed) -> str:
    if isinstance(failed, OutOfMemory):
        return (
            f"So many people take more memory than the {failed.bound // MIB:,} MiB that a draw may have here. "
            "Draw fewer people at once, or ask whoever runs this bot to raise MENTOR_DRAW_MEMORY."
        )
    return "The matcher did not come to an end. Try again; if it happens again, tell whoever runs this bot."


async def _failed(team: TeamId, draft: Draft, problem: str, deps: Deps) -> Preview:
    return await _keep(team, replace(draft, state=DraftState.FAILED, problem=problem), "", deps)


async def show(team: TeamId, shown: Preview, deps: Deps) -> None:
    """The message that said "working on it" says what came of it. One that was not sent yet will say so by itself."""
    async with deps.store.open_view(team) as work:
        place = await where(work, shown.draft)
    if place is None:
        return
    try:
        await deps.slack.edit(team, place.channel, place.ts, draft_blocks.message(shown))
    except SlackFailure as failure:
        log.warning("the draft is not shown", draft=shown.draft.id, code=failure.code, team=team)
        if failure.meaning is not Meaning.GONE:
            return
    async with deps.store.open_work(team) as work:
        await work.drafts.remember_shown(shown.draft.id)


async def where(work: Work, draft: Draft) -> Place | None:
    return await work.messages.where_is("matching.draft", str(draft.id))


async def _keep(team: TeamId, draft: Draft, drawn: str, deps: Deps) -> Preview:
    try:
        async with deps.store.open_work(team) as work:
            await work.drafts.save_drawn(draft, drawn)
    except Stale:
        log.info("drawn by somebody else meanwhile", draft=draft.id, team=team)
    return await preview(team, draft.id, deps)


def _figures(circles: Circles) -> Figures:
    summary = circles.summary
    return Figures(summary["people"], summary["placed"], summary["circles"])


async def preview(team: TeamId, number: DraftId, deps: Deps) -> Preview:
    async with deps.store.open_view(team) as work:
        return await preview_within(work, number)


async def preview_within(work: Work, number: DraftId) -> Preview:
    draft = await work.drafts.get(number)
    result = await work.drafts.result(number)
    return Preview(draft, read_circles(result) if result else None)


async def preview_for(by: Request, number: DraftId, deps: Deps) -> Preview:
    """For a lead, and for nobody else."""
    async with deps.store.open_view(by.team) as work:
        await require_lead(work, by.member)
        return await preview_within(work, number)


async def latest_for(by: Request, deps: Deps) -> list[Draft]:
    async with deps.store.open_view(by.team) as work:
        await require_lead(work, by.member)
        return await work.drafts.latest(LATEST)


# By hand


async def lock(by: Request, number: DraftId, first: MemberId, *, locked: bool, deps: Deps) -> Preview:
    """The circle that this member sits in stays as it is when drawn again, or not any more."""
    async with deps.store.open_work(by.team) as work:
        shown = await _to_change(work, by, number)
        circle = shown.circles.circle_of(first) if shown.circles else None
        if circle is None:
            raise Refused("That circle isn't in this draft any more. Have a look at it as it is now.")
        members = [MemberId(member) for member in circle.members]
        by_hand = drafts.lock(shown.draft.by_hand, members, locked=locked)
        await work.drafts.save(replace(shown.draft, by_hand=by_hand))
        act = "match.lock" if locked else "match.unlock"
        await work.audit.add(Entry(deps.now(), by.member, act, subject(shown.draft), {"members": members}))
        return await preview_within(work, number)


async def keep_apart(by: Request, number: DraftId, one: MemberId, other: MemberId, deps: Deps) -> Preview:
    async with deps.store.open_work(by.team) as work:
        shown = await _to_change(work, by, number)
        _check_in_draft(shown, one, other)
        by_hand = drafts.forbid(shown.draft.by_hand, one, other)
        await work.drafts.save(replace(shown.draft, by_hand=by_hand))
        details = {"members": sorted([one, other])}
        await work.audit.add(Entry(deps.now(), by.member, "match.forbid", subject(shown.draft), details))
        return await preview_within(work, number)


def _check_in_draft(shown: Preview, *members: MemberId) -> None:
    if not all(members):
        raise Refused("Pick both people first.")
    for member in members:
        waiting = shown.circles and any(one.id == member for one in shown.circles.unplaced)
        if not waiting and not (shown.circles and shown.circles.circle_of(member)):
            raise Refused(f"<@{member}> is not part of this draft. Pick people who are in it.")


async def swap_two(by: Request, number: DraftId, one: MemberId, other: MemberId, deps: Deps) -> Preview:
    """Checked against every rule before it is kept. The matcher looks outside the work block, for it may take long."""
    async with deps.store.open_view(by.team) as work:
        shown = await _to_change(work, by, number)
        _check_in_draft(shown, one, other)
        document = await work.drafts.document(number)
    changed = await asyncio.to_thread(_swapped, document, shown, one, other)
    by_hand = drafts.swapped(shown.draft.by_hand, one, other)
    draft = replace(shown.draft, by_hand=by_hand, figures=_figures(changed))
    async with deps.store.open_work(by.team) as work:
        await require_lead(work, by.member)
        await work.drafts.save_result(draft, written(changed))
        details = {"members": sorted([one, other])}
        await work.audit.add(Entry(deps.now(), by.member, "match.swap", subject(draft), details))
        return await preview_within(work, number)


def _swapped(document: str, shown: Preview, one: MemberId, other: MemberId) -> Circles:
    if shown.circles is None:
        raise Refused("There are no circles to swap in.")
    kept_apart = Options(keep=shown.circles.header.options.keep, apart=shown.draft.by_hand.apart)
    header = replace(shown.circles.header, options=kept_apart)
    changed = swap(read_document(document), replace(shown.circles, header=header), one, other)
    return replace(changed, header=replace(changed.header, options=shown.circles.header.options))


async def discard(by: Request, number: DraftId, deps: Deps) -> Draft:
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        await require_lead(work, by.member)
        draft = await work.drafts.get(number)
        await discard_within(work, draft)
        await work.audit.add(Entry(now, by.member, "match.discard", subject(draft), {}))
    return replace(draft, state=DraftState.DISCARDED)


async def discard_within(work: Work, draft: Draft) -> None:
    if draft.state not in (DraftState.FAILED, DraftState.STOPPED):
        drafts.check_ready(draft)
    await work.drafts.save(replace(draft, state=DraftState.DISCARDED))


async def _to_change(work: Work, by: Request, number: DraftId) -> Preview:
    await require_lead(work, by.member)
    shown = await preview_within(work, number)
    drafts.check_ready(shown.draft)
    return shown


async def same_again(by: Request, number: DraftId, deps: Deps) -> bool:
    """Whether the stored document, seed and options give the same bytes once more."""
    async with deps.store.open_view(by.team) as work:
        await require_lead(work, by.member)
        document, drawn = await work.drafts.document(number), await work.drafts.drawn(number)
        draft = await work.drafts.get(number)
    if not drawn:
        raise Refused(drafts.NOT_READY.get(draft.state, "There is nothing to draw again."))
    options = read_circles(drawn).header.options
    return await draw_circles(document, options, Terms(memory=deps.draw_memory * MIB)) == drawn


def subject(draft: Draft) -> str:
    return f"draft:{draft.id}"
