"""What a lead changes in a draft by hand: people who stay together, are kept apart, or change places."""

import asyncio
from dataclasses import replace

from bot.domain import drafts
from bot.domain.drafts import ByHand, Draft, DraftKind
from bot.domain.errors import Refused
from bot.domain.ids import DraftId, MemberId
from bot.domain.matching import Circles, Options, Pairs, read_document, swap, written
from bot.domain.matching.exchanging import exchange
from bot.feature import Deps
from bot.features.matching.draft_people import mentioned, people_of
from bot.features.matching.drafting import (
    figures_of,
    outline_of,
    preview_within,
    require_lead,
    result_before,
    subject,
)
from bot.features.matching.previews import Drawn, Preview
from bot.slack.requests import Request
from bot.slack.text import escape
from bot.store.audit import Entry
from bot.store.unit_of_work import Work


async def lock(by: Request, number: DraftId, first: MemberId, *, locked: bool, deps: Deps) -> Preview:
    """The circle in which this member comes first, or the pair of this mentee, stays as it is when drawn again, or not."""
    async with deps.store.open_work(by.team) as work:
        shown = await _to_change(work, by, number)
        group = next((group for group in shown.groups if group[0] == first), None)
        if group is None:
            raise Refused("That one isn't in this draft any more. Have a look at it as it is now.")
        by_hand = drafts.lock(shown.draft.by_hand, group, locked=locked)
        await work.drafts.save(replace(shown.draft, by_hand=by_hand))
        act = "match.lock" if locked else "match.unlock"
        await work.audit.add(Entry(deps.now(), by.member, act, subject(shown.draft), {"members": list(group)}))
        return await preview_within(work, number)


async def keep_apart(
    by: Request, number: DraftId, one: MemberId, other: MemberId, deps: Deps
) -> tuple[Preview, bool]:
    """The draft, and whether a lock had to go for it."""
    async with deps.store.open_work(by.team) as work:
        shown = await _to_change(work, by, number)
        _check_in_draft(shown, one, other)
        by_hand = drafts.forbid(shown.draft.by_hand, one, other)
        await work.drafts.save(replace(shown.draft, by_hand=by_hand))
        details = {"members": sorted([one, other])}
        await work.audit.add(Entry(deps.now(), by.member, "match.forbid", subject(shown.draft), details))
        return await preview_within(work, number), by_hand.locked != shown.draft.by_hand.locked


async def allow(by: Request, number: DraftId, one: MemberId, other: MemberId, deps: Deps) -> Preview:
    """Two who were kept apart may be together again."""
    async with deps.store.open_work(by.team) as work:
        shown = await _to_change(work, by, number)
        await work.drafts.save(replace(shown.draft, by_hand=drafts.allow(shown.draft.by_hand, one, other)))
        details = {"members": sorted([one, other])}
        await work.audit.add(Entry(deps.now(), by.member, "match.allow", subject(shown.draft), details))
        return await preview_within(work, number)


def _check_in_draft(shown: Preview, *members: MemberId) -> None:
    if not all(members):
        raise Refused("Pick both people first.")
    known = people_of(shown)
    for member in members:
        if member not in known:
            raise Refused(f"<@{member}> is not part of this draft. Pick people who are in it.")


async def swap_two(by: Request, number: DraftId, one: MemberId, other: MemberId, deps: Deps) -> Preview:
    """Checked against every rule before it is kept. The matcher looks outside the work block, for it may take long."""
    async with deps.store.open_view(by.team) as work:
        shown = await _to_change(work, by, number)
        _check_in_draft(shown, one, other)
        document = await work.drafts.document(number)
        before = await result_before(work, shown.draft)
    try:
        changed = await asyncio.to_thread(_swapped, document, shown, one, other)
    except Refused as refused:
        raise Refused(mentioned(escape(refused.sentence), people_of(shown))) from refused
    outline = await asyncio.to_thread(outline_of, document, changed, before)
    draft = replace(shown.draft, by_hand=_noted(shown.draft, one, other), figures=figures_of(shown.draft, changed))
    async with deps.store.open_work(by.team) as work:
        await require_lead(work, by.member)
        await work.drafts.save_result(draft, written(changed), outline)
        details = {"members": sorted([one, other])}
        await work.audit.add(Entry(deps.now(), by.member, "match.swap", subject(draft), details))
        return await preview_within(work, number)


def _noted(draft: Draft, one: MemberId, other: MemberId) -> ByHand:
    note = drafts.swapped_mentees if draft.kind is DraftKind.PAIRS else drafts.swapped
    return note(draft.by_hand, one, other)


def _swapped(document: str, shown: Preview, one: MemberId, other: MemberId) -> Drawn:
    apart = shown.draft.by_hand.apart
    if isinstance(shown.drawn, Pairs):
        return exchange(read_document(document), shown.drawn, one, other, apart)
    if shown.drawn is None:
        raise Refused("There are no circles to swap in.")
    kept_apart = Options(keep=shown.drawn.header.options.keep, apart=apart)
    header = replace(shown.drawn.header, options=kept_apart)
    changed: Circles = swap(read_document(document), replace(shown.drawn, header=header), one, other)
    return replace(changed, header=replace(changed.header, options=shown.drawn.header.options))


async def _to_change(work: Work, by: Request, number: DraftId) -> Preview:
    await require_lead(work, by.member)
    shown = await preview_within(work, number)
    drafts.check_ready(shown.draft)
    return shown
