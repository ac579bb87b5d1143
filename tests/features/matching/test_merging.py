"""Making one circle of two: found, asked of both, and done by a lead, once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.circles import CircleState
from bot.domain.errors import NotYours, Refused
from bot.domain.mergers import MergerState
from bot.domain.people import Availability
from bot.feature import Moot, Send
from bot.features.matching import letters, merge_handlers
from bot.slack.requests import Command
from bot.store.outbox import Letter
from tests.builders import a_rule, an_id, saved_circle
from tests.clock import START
from tests.features.matching.drafting import acts_of, letters_of


@pytest.fixture
def circles(deps, team, program):
    """Oak has lost all but two; Birch has four, and room; both meet at the same hour."""

    async def saved(*, oak=("Ana", "Bo"), birch=("Eve", "Fay", "Gus", "Hal"), people=None, **rule):
        await program(**people or {})
        async with deps.store.open_work(team) as work:
            small = await saved_circle(work, *oak, name="Oak", channel="C0OAK", rule=a_rule(**rule))
            large = await saved_circle(work, *birch, name="Birch", channel="C0BIRCH")
        return small, large

    return saved


async def merger_of(deps, team, number=1):
    async with deps.store.open_view(team) as work:
        return await work.mergers.find(number)


def look(team, name="Lea"):
    return Command(team, an_id(name))


async def asked(deps, team, lead, small, large):
    await merge_handlers.ask(lead(small=small.id, into=large.id), deps)
    async with deps.store.open_view(team) as work:
        return (await work.mergers.asked())[0]


async def test_no_circle_too_small_is_said(deps, team, circles):
    await circles(oak=("Ana", "Bo", "Chi", "Dee"))
    assert "No circle is too small" in (await merge_handlers.look(look(team), deps)).message.text


async def test_what_could_become_one_is_shown_with_hour_and_reason(deps, team, circles):
    await circles()
    reply = await merge_handlers.look(look(team), deps)
    shown = str(reply.message.blocks)
    assert "*Oak* (2 members) could go into *Birch* (4 members)" in shown and "15:00" in shown and "as now" in shown
    assert "Ask both circles" in shown and "3 departments" in shown


async def test_one_that_nobody_can_take_in_is_named(deps, team, circles):
    await circles(people={"Ana": {"languages": ("Polish",)}, "Bo": {"languages": ("Polish",)}})
    assert "no circle with room suits them all" in str((await merge_handlers.look(look(team), deps)).message.blocks)


async def test_both_are_asked_and_say_what_they_want(deps, team, circles, lead, click):
    small, large = await circles()
    merger = await asked(deps, team, lead, small, large)
    assert (await letters_of(deps, team)).count("matching.merge_ask") == 2
    async with deps.store.open_view(team) as work:
        letter = Letter(1, "k", "matching.merge_ask", str(merger.id), "C0OAK", START)
        sent = await letters.compose_merge_ask(work, letter, START)
    assert isinstance(sent, Send) and "become one circle" in sent.message.text
    for name, fine in (("Ana", 1), ("Eve", 1), ("Eve", 0), ("Gus", 1)):
        await merge_handlers.vote(click(name, merger=merger.id, fine=fine), deps)
    with pytest.raises(NotYours):
        await merge_handlers.vote(click("Ida", merger=merger.id, fine=1), deps)
    shown = str((await merge_handlers.look(look(team), deps)).message.blocks)
    assert "Of 6 people 2 are fine with it, 1 would rather not" in shown and "could go into" not in shown
    with pytest.raises(Refused, match="asked already"):
        await merge_handlers.ask(lead(small=small.id, into=large.id), deps)


async def test_answers_of_fewer_than_five_are_not_counted_for_a_lead(deps, team, circles, lead, click):
    small, large = await circles(oak=("Ana", "Bo"), birch=("Eve", "Fay"))
    merger = await asked(deps, team, lead, *sorted((small, large), key=lambda circle: -circle.id))
    await merge_handlers.vote(click("Ana", merger=merger.id, fine=0), deps)
    shown = str((await merge_handlers.look(look(team), deps)).message.blocks)
    assert "fewer than five" in shown and "rather not" not in shown


async def test_merged_the_people_move_and_the_larger_keeps_its_channel(deps, team, circles, lead):
    small, large = await circles()
    merger = await asked(deps, team, lead, small, large)
    answer = await merge_handlers.merge(lead(merger=merger.id, view=None), deps)
    assert "Merged" in str(getattr(answer, "message", None) or answer.view)
    async with deps.store.open_view(team) as work:
        oak, birch = await work.circles.get(small.id), await work.circles.get(large.id)
        errands = [(todo.member, todo.errand.value) for todo in await work.circles.to_do(START, large.id)]
    assert oak.state is CircleState.CLOSED and birch.channel == "C0BIRCH" and birch.rule == large.rule
    assert set(birch.members) == set(map(an_id, ("Ana", "Bo", "Eve", "Fay", "Gus", "Hal")))
    assert errands == [(an_id("Ana"), "invite"), (an_id("Bo"), "invite")]
    kinds = await letters_of(deps, team)
    assert {"matching.merged", "circles.joined", "circles.closed"} <= set(kinds) and "circles.rhythm" not in kinds
    assert (await merger_of(deps, team)).state is MergerState.DONE
    assert "circle.merge" in await acts_of(deps, team)
    with pytest.raises(Refused, match="nothing was done twice"):
        await merge_handlers.merge(lead(merger=merger.id), deps)
    async with deps.store.open_view(team) as work:
        letter = Letter(1, "k", "matching.merged", str(merger.id), "C0OAK", START)
        assert "goes on as part of Birch" in (await letters.compose_merged(work, letter, START)).message.text
        late = replace(letter, kind="matching.merge_ask")
        assert isinstance(await letters.compose_merge_ask(work, late, START), Moot)


async def test_where_the_hour_does_not_suit_a_new_one_is_found(deps, team, circles, lead):
    early = {"availability": Availability((0, 1, 2, 3, 4), "09:00", "12:00")}
    small, large = await circles(people={"Ana": early}, weekdays=(1,))
    shown = str((await merge_handlers.look(look(team), deps)).message.blocks)
    assert "a new hour that suits everybody" in shown
    merger = await asked(deps, team, lead, small, large)
    await merge_handlers.merge(lead(merger=merger.id), deps)
    async with deps.store.open_view(team) as work:
        birch = await work.circles.get(large.id)
    assert (
        birch.rule.at.hour < 12 and birch.rule.every == 2 and birch.rule.starts >= (START + timedelta(days=7)).date()
    )
    assert "circles.rhythm" in await letters_of(deps, team)


async def test_a_rule_broken_meanwhile_stops_it(deps, team, circles, lead):
    small, large = await circles()
    merger = await asked(deps, team, lead, small, large)
    async with deps.store.open_work(team) as work:
        await work.blocks.add(an_id("Ana"), an_id("Eve"), START)
    with pytest.raises(Refused, match="confidential rule"):
        await merge_handlers.merge(lead(merger=merger.id), deps)
    async with deps.store.open_view(team) as work:
        assert (await work.circles.get(small.id)).is_open


async def test_put_away_it_ends(deps, team, circles, lead, click):
    small, large = await circles()
    merger = await asked(deps, team, lead, small, large)
    answer = await merge_handlers.drop(lead(merger=merger.id), deps)
    assert "could go into" in str(getattr(answer, "message", None) or answer.view)
    for act in (merge_handlers.merge, merge_handlers.drop):
        with pytest.raises(Refused, match="put away"):
            await act(lead(merger=merger.id), deps)
    with pytest.raises(Refused, match="put away"):
        await merge_handlers.vote(click("Ana", merger=merger.id, fine=1), deps)


@pytest.mark.parametrize("name", ["Ana", "Mallory"])
async def test_only_leads_merge(deps, team, circles, lead, name):
    small, large = await circles()
    merger = await asked(deps, team, lead, small, large)
    with pytest.raises(Refused, match="Only program leads"):
        await merge_handlers.look(look(team, name), deps)
    for act, more in (
        (merge_handlers.look_by_button, {}),
        (merge_handlers.ask, {"small": small.id, "into": large.id}),
        (merge_handlers.merge, {"merger": merger.id}),
        (merge_handlers.drop, {"merger": merger.id}),
    ):
        with pytest.raises(Refused, match="Only program leads"):
            await act(lead(name, **more), deps)


@pytest.mark.parametrize("payload", [{"merger": 99}, {"merger": "x"}, {}])
async def test_a_forged_proposal_is_refused(deps, team, circles, lead, payload):
    await circles()
    for act in (merge_handlers.merge, merge_handlers.drop):
        with pytest.raises(Refused):
            await act(lead(**payload), deps)
    with pytest.raises(Refused):
        await merge_handlers.ask(lead(small=1, into=1), deps)


async def test_once_both_circles_have_answered_the_lead_who_asked_hears_of_it_once(deps, team, circles, lead, click):
    small, large = await circles()
    merger = await asked(deps, team, lead, small, large)
    for name in ("Ana", "Bo", "Eve", "Fay"):
        await merge_handlers.vote(click(name, merger=merger.id, fine=1), deps)
        assert "matching.merge_answered" not in await letters_of(deps, team)
    for name in ("Gus", "Hal"):
        await merge_handlers.vote(click(name, merger=merger.id, fine=0), deps)
    assert (await letters_of(deps, team)).count("matching.merge_answered") == 1
    letter = Letter(1, "k", "matching.merge_answered", str(merger.id), an_id("Lea"), START)
    async with deps.store.open_work(team) as work:
        sent = await letters.compose_merge_answered(work, letter, START)
    assert "Both circles have answered" in sent.message.text and "4 are fine with it" in str(sent.message.blocks)
    await merge_handlers.drop(lead(merger=merger.id), deps)
    async with deps.store.open_work(team) as work:
        assert isinstance(await letters.compose_merge_answered(work, letter, START), Moot)
