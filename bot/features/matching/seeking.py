"""Somebody for a mentee whom a published draft of pairs left without: who fits them now, and telling them."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain import intros, when
from bot.domain.drafts import Draft, DraftState
from bot.domain.errors import Refused
from bot.domain.ids import DraftId, MemberId
from bot.domain.matching import read_document
from bot.domain.people import Kind
from bot.feature import Deps
from bot.features.matching import finding
from bot.features.matching.drafting import preview_within, require_lead, subject
from bot.features.matching.finding import Candidate
from bot.slack.requests import Request
from bot.store.audit import Entry
from bot.store.unit_of_work import Work


@dataclass(frozen=True)
class Sought:
    """For whom which kind of mentor is looked for, and the draft that left them without."""

    mentee: MemberId
    kind: Kind
    draft: Draft


async def look(by: Request, number: DraftId, mentee: MemberId, deps: Deps) -> tuple[Kind, Candidate | None]:
    """The best person with a free place by all rules, as things are now; None where there is nobody."""
    now = deps.now()
    async with deps.store.open_view(by.team) as work:
        draft, kind = await _left_over(work, by, number, mentee)
        intros.check_reachable(await work.members.get(mentee), now)
        return kind, await mentor_for(work, Sought(mentee, kind, draft), now)


async def offer(by: Request, number: DraftId, mentee: MemberId, deps: Deps) -> None:
    """They hear in their own hours who fits, and ask or don't."""
    now = deps.now()
    async with deps.store.open_work(by.team) as work:
        draft, kind = await _left_over(work, by, number, mentee)
        member = intros.check_reachable(await work.members.get(mentee), now)
        due = when.first_good_moment(now, member.tz)
        told = {"kind": kind.value}
        if not await work.outbox.add("matching.found", number, to=mentee, due=due, key=mentee, payload=told):
            raise Refused(f"<@{mentee}> hears of it already.")
        await work.audit.add(Entry(now, by.member, "match.seek", subject(draft), {"members": [mentee]}))


async def _left_over(work: Work, by: Request, number: DraftId, mentee: MemberId) -> tuple[Draft, Kind]:
    await require_lead(work, by.member)
    shown = await preview_within(work, number)
    if shown.draft.state is not DraftState.PUBLISHED or mentee not in shown.waiting:
        raise Refused("This is for people whom a published draft of pairs left without a mentor.")
    wish = read_document(await work.drafts.document(number)).by_id[mentee].mentee
    return shown.draft, Kind(wish.type) if wish else Kind.SKILL


async def mentor_for(work: Work, sought: Sought, now: datetime) -> Candidate | None:
    """Not somebody from whom a lead kept them apart in that draft."""
    mentee, kind = sought.mentee, sought.kind
    apart = {other for two in sought.draft.by_hand.apart if mentee in two for other in two}
    try:
        search = await finding.search_for(work, mentee, kind, now)
    except Refused:
        return None
    if search is None:
        return None
    search = replace(search, look=replace(search.look, skip=search.look.skip | apart))
    found = await asyncio.to_thread(finding.best, search, now, 1)
    return found.candidates[0] if found.candidates else None
