"""Somebody for a mentee whom a published draft of pairs left without."""

from dataclasses import replace

import pytest

from bot.domain.drafts import ByHand
from bot.domain.errors import Refused
from bot.domain.people import Kind
from bot.feature import Moot, Send
from bot.features.matching import draft_pages, lead_handlers, letters
from bot.features.matching.drafting import preview
from bot.store.outbox import Letter
from tests.builders import an_id, saved_profile
from tests.clock import START
from tests.features.matching.conftest import FEEDBACK
from tests.features.matching.drafting import acts_of, letters_of
from tests.features.matching.test_pairs import changed, drawn

TAUGHT = {"offers": (FEEDBACK,), "offers_kinds": (Kind.SKILL,), "wants": (), "seniority": 4, "capacity": 1}


@pytest.fixture
async def left_over(deps, team, lead, pairs):
    """A published draft, and the two of five for whom there was no place."""
    await pairs(**{name: {"capacity": 1} for name in ("Fay", "Gus", "Hal")})
    shown = await drawn(deps, team)
    await lead_handlers.publish(lead(draft=shown.draft.id, skip=0), deps)
    return (await preview(team, shown.draft.id, deps)), shown.waiting


async def test_a_lead_has_somebody_who_was_left_over_told_who_fits_now(deps, team, lead, left_over):
    shown, (mentee, other) = left_over
    number = shown.draft.id
    assert "Find a mentor" in str(draft_pages.page(shown, 2))
    none = await lead_handlers.find_place(lead(draft=number, member=mentee), deps)
    assert "Nobody with a free place fits" in str(none.view)
    async with deps.store.open_work(team) as work:
        await saved_profile(work, "Joe", **TAUGHT)
        draft = await work.drafts.get(number)
        kept_apart = ByHand(apart=((min(an_id("Joe"), other), max(an_id("Joe"), other)),))
        await work.drafts.save(replace(draft, by_hand=kept_apart))
    parted = await lead_handlers.find_place(lead(draft=number, member=other), deps)
    assert "Nobody with a free place fits" in str(parted.view)
    found = await lead_handlers.find_place(lead(draft=number, member=mentee), deps)
    assert f"<@{an_id('Joe')}> would fit <@{mentee}>" in str(found.view) and "you asked" not in str(found.view)
    told = await lead_handlers.seek(lead(draft=number, member=mentee), deps)
    assert "They hear of it" in str(told.view)
    with pytest.raises(Refused, match="hears of it already"):
        await lead_handlers.seek(lead(draft=number, member=mentee), deps)
    assert (await letters_of(deps, team)).count("matching.found") == 1 and "match.seek" in await acts_of(deps, team)
    letter = Letter(1, "k", "matching.found", str(number), mentee, START, {"kind": "skill"})
    async with deps.store.open_work(team) as work:
        sent = await letters.compose_found(work, letter, START)
    assert isinstance(sent, Send) and an_id("Joe") in str(sent.message.blocks)
    await changed(deps, team, "Joe", left=True)
    async with deps.store.open_work(team) as work:
        assert isinstance(await letters.compose_found(work, letter, START), Moot)


async def test_only_for_whoever_was_left_over_and_by_a_lead(deps, left_over, lead):
    shown, (mentee, _) = left_over
    for handler in (lead_handlers.find_place, lead_handlers.seek):
        with pytest.raises(Refused, match="left without a mentor"):
            await handler(lead(draft=shown.draft.id, member=shown.groups[0][0]), deps)
        with pytest.raises(Refused, match="Only program leads"):
            await handler(lead("Ana", draft=shown.draft.id, member=mentee), deps)
