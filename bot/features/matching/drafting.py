"""Drawing circles or pairs for a whole program, and keeping what came of it. Nobody but leads hears of it."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import structlog

from bot.domain import drafts
from bot.domain.drafts import ByHand, Draft, DraftKind, DraftState, Figures, Group
from bot.domain.errors import Refused, Stale
from bot.domain.ids import DraftId, MemberId, ProgramId, TeamId
from bot.domain.matching import Circles, Document, Options, Pairs, read_proposal
from bot.domain.matching.document import canonical
from bot.domain.matching.outline import outlined, read_outline, to_json
from bot.domain.matching.results import Json
from bot.domain.programs import Act, require
from bot.feature import Deps
from bot.features.matching import draft_blocks
from bot.features.matching.gathering import Wanted, gather
from bot.features.matching.previews import Drawn, Preview
from bot.features.matching.worker import MIB, Asked, DrawFailed, OutOfMemory, Terms, Told, draw_by_child, nobody
from bot.slack.failures import Meaning, SlackFailure
from bot.slack.requests import Request
from bot.slack.text import mention, moment
from bot.store.audit import Entry
from bot.store.messages import Place
from bot.store.unit_of_work import Work

NOT_THE_SAME = "The matcher has changed since."
CLAIM = timedelta(seconds=30)
"""Renewed while it is being drawn; after that, whoever was at it is gone."""
LATEST = 10

log = structlog.get_logger("matching")


async def start(by: Request, wanted: Wanted, deps: Deps, *, after: Draft | None = None) -> Draft:
    """A draft that waits to be drawn. `after` is the one it takes the place of: its locks and bans are kept, and its lots."""
    now = deps.now()
    async with deps.store.open_view(by.team) as work:
        await require_lead(work, by.member)
        _check_free(await work.drafts.drawing())
        gathered = await gather(work, now, wanted.kind)
        earlier = await work.drafts.latest(1)
    seed = after.seed if after else earlier[0].seed + 1 if earlier else 1
    document = await asyncio.to_thread(wanted.document, gathered, seed=seed, now=now)
    draft = Draft(
        id=DraftId(0),
        program=ProgramId(0),
        made_by=by.member,
        made_at=now,
        state=DraftState.DRAWING,
        everyone=wanted.everyone,
        seed=seed,
        by_hand=_still_possible(after, document) if after else ByHand(),
        figures=Figures(wanted.enough(document, gathered), served=wanted.served(document, gathered)),
        kind=wanted.kind,
        sought=wanted.sought,
        after=after.id if after else None,
    )
    return await _begin(by, draft, document, deps)


async def _begin(by: Request, draft: Draft, document: Document, deps: Deps) -> Draft:
    now = draft.made_at
    text, digest = await asyncio.to_thread(lambda: (canonical(document.to_json()), document.digest()))
    async with deps.store.open_work(by.team) as work:
        await require_lead(work, by.member)
        if draft.after:
            await _make_way(work, draft.after)
        draft = await work.drafts.add(replace(draft, program=await _program(work)), text)
        await work.drafts.claim(now, now + CLAIM)
        await work.outbox.add("matching.draft", draft.id, to=by.member, due=now)
        details = {"kind": draft.kind.value, "seed": draft.seed, "everyone": draft.everyone}
        details |= {"document": digest} | ({"sought": draft.sought.value} if draft.sought else {})
        await work.audit.add(Entry(now, by.member, "match.draw", subject(draft), details))
    return draft


def wanted_again(draft: Draft) -> Wanted:
    return Wanted(draft.kind, draft.everyone, draft.sought)


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


async def _program(work: Work) -> ProgramId:
    program = await work.programs.current()
    if program is None:
        raise Refused("There is no program yet. `/mentor program` sets one up.")
    return program.id


def _still_possible(earlier: Draft, document: Document) -> ByHand:
    """Bans stay, and locks of people who all still take part, unless it was the locks that could not be drawn."""
    if earlier.state is DraftState.FAILED:
        return ByHand(apart=earlier.by_hand.apart)
    locked = tuple(group for group in earlier.by_hand.locked if _may_stay(document, earlier.kind, group))
    return ByHand(locked=locked, apart=earlier.by_hand.apart)


def _may_stay(document: Document, kind: DraftKind, group: Group) -> bool:
    people = [document.by_id.get(member) for member in group]
    if kind is DraftKind.CIRCLES:
        return all(person is not None and person.circle is not None for person in people)
    mentee, mentor = people
    return mentee is not None and mentee.mentee is not None and mentor is not None and mentor.mentor is not None


async def draw(team: TeamId, draft: Draft, deps: Deps, told: Told = nobody) -> Preview:
    """Have it drawn and keep the answer. Whoever comes second, after a crash that was none, changes nothing."""
    async with deps.store.open_view(team) as work:
        document = await work.drafts.document(draft.checks or draft.id)
        before = await work.drafts.drawn(draft.checks) if draft.checks else await result_before(work, draft)
    options = await asyncio.to_thread(_options, draft, before)
    asked = Asked(draft.kind.value, document, options)
    try:
        drawn = await draw_by_child(asked, Terms(memory=deps.draw_memory * MIB), told=told)
    except Refused as refused:
        return await _failed(team, draft, refused.sentence, deps)
    except DrawFailed as failed:
        log.error("the matcher failed", draft=draft.id, problem=str(failed), team=team)
        return await _failed(team, draft, _problem(failed), deps)
    if draft.checks:
        checked = replace(draft, state=DraftState.CHECKED, problem="" if drawn == before else NOT_THE_SAME)
        return await _keep(team, checked, deps)
    read = await asyncio.to_thread(read_drawn, drawn)
    outline = await asyncio.to_thread(outline_of, document, read, before)
    ready = replace(draft, state=DraftState.READY, matcher=read.header.version, figures=figures_of(draft, read))
    return await _keep(team, ready, deps, drawn=drawn, outline=outline)


async def result_before(work: Work, draft: Draft) -> str:
    """What was drawn before it, however often it was stopped or failed in between; "" where nothing was."""
    while draft.after:
        if found := await work.drafts.result(draft.after):
            return found
        draft = await work.drafts.get(draft.after)
    return ""


def _options(draft: Draft, before: str) -> Options:
    """Pairs are drawn so that whoever is served least is served as well as can be; of what was drawn before as much stays as
    the rules and the lead's wishes allow."""
    if draft.checks:
        return read_drawn(before).header.options
    fair = "floor" if draft.kind is DraftKind.PAIRS else "none"
    stay = stays(read_drawn(before)) if before else ()
    return Options(keep=draft.by_hand.locked, apart=draft.by_hand.apart, fair=fair, stay=stay)


def stays(drawn: Drawn) -> tuple[tuple[str, str], ...]:
    if isinstance(drawn, Pairs):
        return tuple((pair.mentee, pair.mentor) for pair in drawn.pairs)
    return tuple(two for circle in drawn.circles for two in combinations(circle.members, 2))


def read_drawn(text: str) -> Drawn:
    proposal = read_proposal(text)
    if not isinstance(proposal, Circles | Pairs):
        raise TypeError("a draft is of circles or of pairs")
    return proposal


def outline_of(document: str, drawn: Drawn, before: str) -> Json:
    return to_json(outlined(document, drawn, before))


def _problem(failed: DrawFailed) -> str:
    if isinstance(failed, OutOfMemory):
        return (
            f"So many people take more memory than the {failed.bound // MIB:,} MiB that a draw may have here. "
            "Draw fewer people at once, or ask whoever runs this bot to raise MENTOR_DRAW_MEMORY."
        )
    return "The matcher did not come to an end. Try again; if it happens again, tell whoever runs this bot."


async def _failed(team: TeamId, draft: Draft, problem: str, deps: Deps) -> Preview:
    return await _keep(team, replace(draft, state=DraftState.FAILED, problem=problem), deps)


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


async def _keep(team: TeamId, draft: Draft, deps: Deps, *, drawn: str = "", outline: Json | None = None) -> Preview:
    try:
        async with deps.store.open_work(team) as work:
            await work.drafts.save_drawn(draft, drawn, outline)
    except Stale:
        log.info("drawn by somebody else meanwhile", draft=draft.id, team=team)
    return await preview(team, draft.id, deps)


def figures_of(draft: Draft, drawn: Drawn) -> Figures:
    if isinstance(drawn, Pairs):
        people = len(drawn.pairs) + len(drawn.unmatched)
        return Figures(people, len(drawn.pairs), len(drawn.pairs), draft.figures.served)
    summary = drawn.summary
    return Figures(summary["people"], summary["placed"], summary["circles"])


async def preview(team: TeamId, number: DraftId, deps: Deps) -> Preview:
    async with deps.store.open_view(team) as work:
        return await preview_within(work, number)


async def preview_within(work: Work, number: DraftId) -> Preview:
    draft = await work.drafts.get(number)
    result = await work.drafts.result(number)
    if not result:
        return Preview(draft)
    outline = await work.drafts.outline(number)
    return Preview(draft, read_drawn(result), read_outline(outline) if outline else None)


async def preview_for(by: Request, number: DraftId, deps: Deps) -> Preview:
    """For a lead, and for nobody else."""
    async with deps.store.open_view(by.team) as work:
        await require_lead(work, by.member)
        return await preview_within(work, number)


async def latest_for(by: Request, deps: Deps) -> list[Draft]:
    async with deps.store.open_view(by.team) as work:
        await require_lead(work, by.member)
        return await work.drafts.latest(LATEST)


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


async def start_check(by: Request, number: DraftId, deps: Deps) -> Draft:
    """A draft to be drawn once more from what is stored of it, as any draft is drawn: do the same bytes come out?"""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        await require_lead(work, by.member)
        _check_free(await work.drafts.drawing())
        draft = await work.drafts.get(number)
        if not draft.matcher:
            drafts.check_ready(draft)
        again = replace(
            draft, id=DraftId(0), made_by=by.member, made_at=now, state=DraftState.DRAWING, checks=number, version=1
        )
        again = await work.drafts.add(replace(again, published_by=None, published_at=None), "")
        await work.drafts.claim(now, now + CLAIM)
        await work.outbox.add("matching.draft", again.id, to=by.member, due=now)
        await work.audit.add(Entry(now, by.member, "match.check", subject(draft), {}))
    return again


def subject(draft: Draft) -> str:
    return f"draft:{draft.id}"
