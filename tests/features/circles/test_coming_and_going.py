"""Joining, inviting, leaving: who is in a circle."""

import asyncio
from dataclasses import replace

import pytest

from bot.domain.circles import CircleState
from bot.domain.errors import Refused, RefusedFields
from bot.domain.sessions import SessionState
from bot.features.circles import chores, handlers
from bot.slack.replies import Reply
from bot.slack.requests import Click, Command
from tests.builders import an_id, saved_circle, saved_profile
from tests.features.answers import chosen, picked_people

# Joining


async def test_one_tap_joins_and_the_channel_follows(deps, team, oak, clicked, circle_now, promised, audited, slack):
    reply, _home = await handlers.join(clicked("Eve", circle=oak.id), deps)
    assert "You are in Oak" in reply.message.text
    assert an_id("Eve") in (await circle_now()).members
    await chores.run_all_errands(deps, team)
    await chores.run_all_errands(deps, team)
    assert [call.arguments["users"] for call in slack.called("conversations.invite")] == [an_id("Eve")]
    (told,) = await promised("circles.joined")
    assert told.to == oak.channel and told.payload["members"] == [an_id("Eve")]
    assert (an_id("Eve"), "circle.join") in await audited()


async def test_a_double_click_joins_once(deps, oak, clicked, circle_now, promised):
    await handlers.join(clicked("Eve", circle=oak.id), deps)
    with pytest.raises(Refused, match="in this circle already"):
        await handlers.join(clicked("Eve", circle=oak.id), deps)
    assert len((await circle_now()).members) == 5
    assert len(await promised("circles.joined")) == 1


async def test_two_people_cannot_both_take_the_last_seat(deps, team, oak, clicked, circle_now):
    async with deps.store.open_work(team) as work:
        await work.circles.save(replace(oak, size_max=5))
    taken = await asyncio.gather(
        *(handlers.join(clicked(who, circle=oak.id), deps) for who in ("Eve", "Fay")), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in taken) == ["Refused", "tuple"]
    assert len((await circle_now()).members) == 5


async def test_who_was_refused_by_slack_gets_no_seat_and_is_told(
    deps, team, oak, clicked, circle_now, promised, slack
):
    await handlers.join(clicked("Eve", circle=oak.id), deps)
    slack.refuse("conversations.invite", "user_is_restricted")
    await chores.run_all_errands(deps, team)
    assert an_id("Eve") not in (await circle_now()).members
    (told,) = await promised("circles.not_in")
    assert told.to == an_id("Eve")


async def test_an_invitation_of_unknown_fate_is_tried_again(deps, team, oak, clicked, circle_now, slack, clock):
    await handlers.join(clicked("Eve", circle=oak.id), deps)
    slack.refuse("conversations.invite", "internal_error")
    await chores.run_all_errands(deps, team)
    clock.forward(minutes=1)
    slack.refuse("conversations.invite", "already_in_channel")
    await chores.run_all_errands(deps, team)
    await chores.run_all_errands(deps, team)
    assert len(slack.called("conversations.invite")) == 2
    assert an_id("Eve") in (await circle_now()).members


async def test_ones_own_manager_is_no_company(deps, team, oak, clicked):
    async with deps.store.open_work(team) as work:
        await saved_profile(work, "Gil", manager=an_id("Ana"))
    with pytest.raises(Refused, match="reporting line"):
        await handlers.join(clicked("Gil", circle=oak.id), deps)
    listed = await handlers.browse(Command(team, an_id("Gil")), deps)
    assert "Oak" not in str(listed.message.blocks)


async def test_the_list_shows_circles_with_room_that_are_not_mine(deps, team, oak):
    async with deps.store.open_work(team) as work:
        await saved_circle(work, "Ana", name="Elm", theme="Wellbeing", channel="C0ELM")
        await saved_circle(work, "Fay", name="Full", channel="C0FULL", size_max=1)
        await saved_circle(work, "Fay", name="Over", channel="C0OVER", state=CircleState.CLOSED)
    listed = str((await handlers.browse(Command(team, an_id("Eve")), deps)).message.blocks)
    assert "Oak" in listed and "Elm" in listed and "Full" not in listed and "Over" not in listed
    about = str((await handlers.browse(Command(team, an_id("Eve"), words="wellBEING"), deps)).message.blocks)
    assert "Elm" in about and "Oak" not in about
    none = str((await handlers.browse(Command(team, an_id("Eve"), words="<!channel>"), deps)).message.blocks)
    assert "No circle with room is about" in none and "<!channel>" not in none
    assert isinstance(await handlers.browse_by_button(Click(team, an_id("Ana")), deps), Reply)


# Inviting


async def test_a_member_brings_people_in(deps, team, oak, submitted, circle_now, promised, audited, slack):
    form = submitted("circles.invite", "Ana", {"circle": oak.id}, people=picked_people(an_id("Eve"), an_id("Bo")))
    await handlers.invite(form, deps)
    assert (await circle_now()).members[-1] == an_id("Eve")
    await chores.run_all_errands(deps, team)
    assert [call.arguments["users"] for call in slack.called("conversations.invite")] == [an_id("Eve")]
    (told,) = await promised("circles.joined")
    assert told.payload == {"members": [an_id("Eve")], "by": an_id("Ana")}
    assert (an_id("Ana"), "circle.invite") in await audited()
    with pytest.raises(RefusedFields, match="in this circle already"):
        await handlers.invite(form, deps)


async def test_an_invitation_says_what_is_wrong(deps, oak, submitted):
    notes = {"circle": oak.id}
    with pytest.raises(RefusedFields, match="at least one"):
        await handlers.invite(submitted("circles.invite", "Ana", notes, people=picked_people()), deps)
    crowd = picked_people(*(an_id(f"P{number}") for number in range(5)))
    with pytest.raises(RefusedFields, match="room for 4 more"):
        await handlers.invite(submitted("circles.invite", "Ana", notes, people=crowd), deps)
    with pytest.raises(Refused, match="Only members of this circle"):
        await handlers.invite(submitted("circles.invite", "Eve", notes, people=picked_people(an_id("Fay"))), deps)
    await handlers.invite(submitted("circles.invite", "Lea", notes, people=picked_people(an_id("Fay"))), deps)


async def test_whom_slack_keeps_out_is_told_to_who_asked(deps, team, oak, submitted, promised, slack):
    form = submitted("circles.invite", "Bo", {"circle": oak.id}, people=picked_people(an_id("Eve")))
    await handlers.invite(form, deps)
    slack.refuse("conversations.invite", "ura_max_channels")
    await chores.run_all_errands(deps, team)
    assert [letter.to for letter in await promised("circles.not_in")] == [an_id("Bo")]


# Leaving


async def test_leaving_is_told_plainly_and_the_channel_follows(
    deps, team, oak, leaving, circle_now, promised, audited, slack
):
    reply, _home = await handlers.leave(leaving("Dee", "Thank you <!channel>"), deps)
    assert "You have left Oak" in reply.message.text
    assert an_id("Dee") not in (await circle_now()).members
    (told,) = await promised("circles.left")
    assert (told.to, told.payload) == (oak.channel, {"member": an_id("Dee"), "line": "Thank you <!channel>"})
    await chores.run_all_errands(deps, team)
    await chores.run_all_errands(deps, team)
    assert [call.arguments["user"] for call in slack.called("conversations.kick")] == [an_id("Dee")]
    assert (an_id("Dee"), "circle.leave") in await audited()
    with pytest.raises(Refused, match="not a member"):
        await handlers.leave(leaving("Dee"), deps)


async def test_below_the_minimum_the_leads_hear_once(deps, oak, leaving, promised, audited):
    await handlers.leave(leaving("Dee"), deps)
    await handlers.leave(leaving("Chi"), deps)
    (told,) = await promised("circles.small")
    assert told.to == an_id("Lea")
    assert [act for _by, act in await audited()].count("circle.small") == 1


async def test_who_is_left_alone_hears_of_it_and_so_do_the_leads(deps, oak, leaving, promised):
    for who in ("Bo", "Chi", "Dee"):
        await handlers.leave(leaving(who), deps)
    assert [told.to for told in await promised("circles.alone")] == [an_id("Ana")]


async def test_the_last_one_out_ends_the_circle(deps, team, oak, leaving, circle_now, promised):
    for who in ("Ana", "Bo", "Chi", "Dee"):
        await handlers.leave(leaving(who), deps)
    assert (await circle_now()).state is CircleState.CLOSED
    (told,) = await promised("circles.closed")
    assert (told.to, told.payload) == (an_id("Lea"), {"why": "empty"})
    async with deps.store.open_view(team) as work:
        assert {session.state for session in await work.sessions.of_circle(oak.id)} == {SessionState.SKIPPED}


async def test_who_left_may_come_back(deps, oak, leaving, clicked, circle_now, team, slack):
    await handlers.leave(leaving("Dee"), deps)
    await chores.run_all_errands(deps, team)
    await handlers.join(clicked("Dee", circle=oak.id), deps)
    await chores.run_all_errands(deps, team)
    assert (await circle_now()).members[-1] == an_id("Dee")
    assert slack.called("conversations.invite")[-1].arguments["users"] == an_id("Dee")


async def test_who_comes_back_at_once_is_not_taken_out(deps, team, oak, leaving, clicked, circle_now, slack):
    await handlers.leave(leaving("Dee"), deps)
    await handlers.join(clicked("Dee", circle=oak.id), deps)
    slack.refuse("conversations.invite", "already_in_channel")
    await chores.run_all_errands(deps, team)
    assert slack.called("conversations.kick") == []
    assert (await circle_now()).members[-1] == an_id("Dee")


async def test_who_leaves_while_being_brought_in_is_taken_out_afterwards(deps, team, oak, clicked, leaving, slack):
    await handlers.join(clicked("Eve", circle=oak.id), deps)
    async with deps.store.open_work(team) as work:
        (under_way,) = await work.circles.to_do(deps.now())
    await handlers.leave(leaving("Eve"), deps)
    async with deps.store.open_work(team) as work:
        await work.circles.errand_done(under_way)
    await chores.run_all_errands(deps, team)
    assert [call.arguments["user"] for call in slack.called("conversations.kick")] == [an_id("Eve")]


async def test_leaving_before_the_channel_is_there(deps, team, program, creating, submitted, slack):
    await handlers.create(creating(), deps)
    await handlers.leave(submitted("circles.leave", "Bo", {"circle": 1}, line=""), deps)
    slack.refuse("conversations.kick", "not_in_channel")
    for chore in chores.CHORES[:3]:
        await chore.run(deps, team)
    assert [call.arguments["users"] for call in slack.called("conversations.invite")] == [an_id("Ana"), an_id("Chi")]
    async with deps.store.open_view(team) as work:
        assert await work.circles.to_do(deps.now()) == []


async def test_a_line_too_long_is_refused_under_it(deps, leaving):
    with pytest.raises(RefusedFields) as refused:
        await handlers.leave(leaving("Ana", "x" * 3000), deps)
    assert set(refused.value.fields) == {"line"}


async def test_the_forms_ask_which_circle_where_there_are_several(deps, team, oak, submitted, circle_now):
    async with deps.store.open_work(team) as work:
        await saved_circle(work, "Ana", name="Elm", channel="C0ELM")
    for opener in (handlers.open_leave, handlers.open_invite, handlers.open_close):
        view = (await opener(Command(team, an_id("Ana")), deps)).view
        assert "Which circle?" in str(view) and "private_metadata" not in view
        assert "Which circle?" not in str((await opener(Command(team, an_id("Bo")), deps)).view)
        with pytest.raises(Refused, match="no circle yet"):
            await opener(Command(team, an_id("Eve")), deps)
    await handlers.leave(submitted("circles.leave", "Ana", circle=chosen("2"), line=""), deps)
    assert an_id("Ana") not in (await circle_now(2)).members
    with pytest.raises(Refused, match="Choose the circle"):
        await handlers.leave(submitted("circles.leave", "Ana", circle=chosen("²"), line=""), deps)


async def test_a_member_of_nothing_is_met_when_invited(deps, team, oak, submitted, circle_now):
    await handlers.invite(submitted("circles.invite", "Ana", {"circle": oak.id}, people=picked_people("U0NEW")), deps)
    async with deps.store.open_view(team) as work:
        assert (await work.members.get("U0NEW")).name == "U0New"
