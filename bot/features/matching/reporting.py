"""The report of a draft, sent as a page to the lead who asks for it."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from bot.domain import drafts
from bot.domain.drafts import DraftState
from bot.domain.ids import DraftId
from bot.domain.matching import Document, read_document
from bot.domain.matching.reports import reported
from bot.feature import Deps
from bot.features.matching import report_page
from bot.features.matching.draft_words import besides
from bot.features.matching.drafting import preview_within, read_drawn, require_lead, result_before
from bot.features.matching.previews import Preview
from bot.slack.gateway import File
from bot.slack.requests import Request

WORDS = "The report you asked for. Save it and open it in a browser; it holds who is with whom, so mind whom you give it to."


async def send_report(by: Request, number: DraftId, deps: Deps) -> Preview:
    async with deps.store.open_view(by.team) as work:
        await require_lead(work, by.member)
        shown = await preview_within(work, number)
        if shown.drawn is None:
            drafts.check_ready(shown.draft)
        document = await work.drafts.document(number)
        before = await result_before(work, shown.draft)
        names = {str(one.id): one.name for one in await work.members.everyone()}
    html = await asyncio.to_thread(_page, shown, document, before, names)
    name = f"draft-{number}-{shown.draft.kind.value}.html"
    # Slack saves it under its title, so that has the ending by which a computer knows a page.
    file = File(name, html.encode(), name)
    channel = await deps.slack.open_dm(by.team, [by.member])
    await deps.slack.send_file(by.team, channel, file, words=WORDS)
    return shown


def _page(shown: Preview, text: str, before: str, names: Mapping[str, str]) -> str:
    document: Document = read_document(text)
    if shown.drawn is None:
        return ""
    report = reported(document, shown.drawn, read_drawn(before) if before else None)
    draft = shown.draft
    changed = f", changed by hand {times(len(draft.by_hand.swaps))}" if draft.by_hand.swaps else ""
    standing = STANDING.get(draft.state, "Put away: nobody has heard of it.")
    foot = f"Draft {draft.id}, seed {draft.seed}, matcher version {draft.matcher}{changed}. {standing}"
    apart = [f"{names.get(one, one)} and {names.get(other, other)}" for one, other in draft.by_hand.apart]
    wishes = f"Kept apart by hand: {', '.join(apart)}." if apart else ""
    notes = " ".join(part for part in (report.note, besides(draft, shown.outline), wishes) if part)
    return report_page.page(replace(report, note=notes), names, foot=foot)


def times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


STANDING = {
    DraftState.READY: "Not published: nobody has heard of it.",
    DraftState.PUBLISHED: "Published.",
}
