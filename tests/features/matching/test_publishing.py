"""From a draft to circles that are opening: once, and only for whom it still holds; then a place for who is left."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.domain.circles import CircleState
from bot.domain.errors import Refused
from bot.domain.people import Availability
from bot.features.matching import draft_pages, lead_handlers, letters
from bot.slack.replies import Edit
from bot.store.messages import Place
from bot.store.outbox import Letter
from tests.builders import an_id, saved_circle, saved_member
from tests.clock import START
from tests.features.matching.drafting import acts_of, circles_of, drawn, letters_of


async def test_publishing_makes_circles_that_are_opening_once(deps, team, program, lead):
    await program()
    shown = await drawn(deps, team)
    async with deps.store.open_work(team) as work:
        await work.messages.remember("matching.draft", str(shown.draft.id), Place("D0LEA", "1.2"))
    edit, turned = await lead_handlers.publish(lead(draft=shown.draft.id, skip=0), deps)
    made = await circles_of(deps, team)
    assert isinstance(edit, Edit) and "Published" in str(edit.message.text) and "9 people are" in str(turned.view)
    assert [set(circle.members) for circle in made] == [set(one.members) for one in shown.circles.circles]
    assert {circle.state for circle in made} == {CircleState.OPENING} and len({circle.name for circle in made}) == 2
    assert {circle.because for circle in made} == {one.because for one in shown.circles.circles}
    with pytest.raises(Refused, match="Nothing was done twice"):
        await lead_handlers.publish(lead(draft=shown.draft.id, skip=0), deps)
    assert len(await circles_of(deps, team)) == 2
    assert await letters_of(deps, team) == ["matching.draft"]
    assert (await acts_of(deps, team))[0] == "match.publish"


async def test_a_circle_meets_at_its_hour_a_week_later_at_the_earliest(deps, team, program, lead):
    await program()
    shown = await drawn(deps, team)
    await lead_handlers.publish(lead(draft=shown.draft.id, skip=0), deps)
    circle, *_ = await circles_of(deps, team)
    local = shown.circles.circles[0].when["local"]["Europe/Berlin"]
    weekdays = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    assert local == f"{weekdays[circle.rule.weekdays[0]]} {circle.rule.at:%H:%M}"
    assert circle.rule.starts >= date(2026, 3, 9) and circle.rule.starts.weekday() == circle.rule.weekdays[0]
    assert circle.rule.every == 2 and circle.rule.at > time(8)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"left": True}, "isn't here any more"),
        ({"paused_until": START + timedelta(days=3)}, "on a pause"),
        ("seated", "sits in a circle by now"),
        ("manager", "reports to another"),
        ("block", "confidential rule"),
    ],
)
async def test_what_changed_meanwhile_stands_in_the_way(deps, team, program, lead, change, sentence):
    await program()
    shown = await drawn(deps, team)
    one, other = shown.circles.circles[0].members[:2]
    async with deps.store.open_work(team) as work:
        if isinstance(change, dict):
            await work.members.save(replace(await work.members.get(one), **change))
        elif change == "seated":
            await saved_circle(work, one[2:].title())
        elif change == "block":
            await work.blocks.add(one, other, START)
        else:
            await work.members.save_profile(replace(await work.members.profile(one), manager=other))
    before = len(await circles_of(deps, team))
    turned = await lead_handlers.publish(lead(draft=shown.draft.id, skip=0), deps)
    assert sentence in str(turned.view) and "Nothing was published yet" in str(turned.view)
    assert len(await circles_of(deps, team)) == before
    await lead_handlers.publish(lead(draft=shown.draft.id, skip=1), deps)
    made = await circles_of(deps, team)
    assert len(made) == before + 1 and set(made[-1].members) == set(shown.circles.circles[1].members)


async def test_people_who_share_no_hour_are_listed_with_what_would_place_them(deps, team, program):
    await program(Ana={"availability": Availability((5, 6), "20:00", "22:00")})
    shown = await drawn(deps, team)
    (waiting,) = shown.circles.unplaced
    assert waiting.id == an_id("Ana") and waiting.reason == "overlap" and waiting.would_help
    page = draft_pages.page(shown, 2)
    assert "free in the same hours" in str(page) and f"<@{an_id('Ana')}>" in str(page)


async def test_a_place_is_found_and_offered_to_somebody_left_over(deps, team, program, lead):
    await program(Ana={"availability": Availability((5, 6), "20:00", "22:00")})
    shown = await drawn(deps, team)
    await lead_handlers.publish(lead(draft=shown.draft.id, skip=0), deps)
    turned = await lead_handlers.find_place(lead(draft=shown.draft.id, member=an_id("Ana")), deps)
    assert "No circle with room" in str(turned.view)
    async with deps.store.open_work(team) as work:
        ana = await work.members.profile(an_id("Ana"))
        await work.members.save_profile(replace(ana, availability=Availability()))
    turned = await lead_handlers.find_place(lead(draft=shown.draft.id, member=an_id("Ana")), deps)
    assert "would suit" in str(turned.view)
    circle, *_ = await circles_of(deps, team)
    offer = lead(draft=shown.draft.id, member=an_id("Ana"), circle=circle.id)
    await lead_handlers.offer_place(offer, deps)
    with pytest.raises(Refused, match="offered to"):
        await lead_handlers.offer_place(offer, deps)
    assert (await letters_of(deps, team))[-1] == "matching.offer"
    letter = Letter(1, "k", "matching.offer", str(circle.id), an_id("Ana"), START)
    async with deps.store.open_work(team) as work:
        assert "seat for you" in (await letters.compose_offer(work, letter, START)).message.text
        await work.circles.seat(circle.id, an_id("Ana"), START)
        assert "gone" in (await letters.compose_offer(work, letter, START)).why


async def test_nobody_seated_unknown_or_gone_gets_a_place(deps, team, program, lead):
    await program()
    shown = await drawn(deps, team)
    await lead_handlers.publish(lead(draft=shown.draft.id, skip=0), deps)
    async with deps.store.open_work(team) as work:
        await saved_member(work, "Zed")
    for name in ("Ana", "Zed", "Nobody"):
        with pytest.raises(Refused):
            await lead_handlers.find_place(lead(draft=shown.draft.id, member=an_id(name)), deps)
