"""What happens in Slack itself: people added and gone, channels archived, accounts deactivated, and what was missed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.circles import CircleState
from bot.domain.sessions import SessionState
from bot.features.circles import chores, events, handlers
from bot.features.circles.coming import AT_A_TIME, Reconciler, moment_of
from bot.slack.requests import Event
from tests.builders import an_id, saved_circle
from tests.clock import START
from tests.watched import a_person


@pytest.fixture
def happened(team, oak, clock):
    def event(name, who="", at=None, **facts):
        stamp = f"{(at or clock.now()).timestamp():.6f}"
        return Event(team, an_id(who) if who else "", name, {"channel": oak.channel, "event_ts": stamp} | facts)

    return event


async def test_who_is_added_by_hand_joins_the_circle(deps, team, happened, circle_now, promised, audited, slack):
    await events.somebody_came(happened("member_joined_channel", "Eve"), deps)
    assert an_id("Eve") in (await circle_now()).members
    assert [letter.payload["members"] for letter in await promised("circles.joined")] == [[an_id("Eve")]]
    assert (an_id("Eve"), "circle.join") in await audited()
    await chores.run_all_errands(deps, team)
    assert slack.called("conversations.invite") == [], "they are there already"


async def test_the_same_event_again_changes_nothing(deps, happened, circle_now, promised):
    for _again in range(2):
        await events.somebody_came(happened("member_joined_channel", "Eve"), deps)
    await events.somebody_came(happened("member_joined_channel", "Ana"), deps)
    assert len((await circle_now()).members) == 5
    assert len(await promised("circles.joined")) == 1


async def test_who_we_bring_in_is_not_greeted_twice(deps, team, oak, clicked, happened, promised):
    await handlers.join(clicked("Eve", circle=oak.id), deps)
    await events.somebody_came(happened("member_joined_channel", "Eve"), deps)
    assert len(await promised("circles.joined")) == 1


async def test_an_old_event_does_not_bring_back_who_left(deps, oak, leaving, happened, circle_now, clock):
    came = clock.now()
    clock.forward(minutes=1)
    await handlers.leave(leaving("Dee"), deps)
    await events.somebody_came(happened("member_joined_channel", "Dee", at=came), deps)
    assert an_id("Dee") not in (await circle_now()).members
    clock.forward(minutes=1)
    await events.somebody_came(happened("member_joined_channel", "Dee"), deps)
    assert an_id("Dee") in (await circle_now()).members


async def test_where_it_is_full_they_are_told_kindly(deps, team, oak, happened, circle_now, promised):
    async with deps.store.open_work(team) as work:
        await work.circles.save(replace(oak, size_max=4))
    for _again in range(2):
        await events.somebody_came(happened("member_joined_channel", "Eve"), deps)
    assert an_id("Eve") not in (await circle_now()).members
    assert [letter.to for letter in await promised("circles.full")] == [an_id("Eve")]


async def test_apps_guests_and_ourselves_get_no_seat(deps, happened, circle_now, slack):
    slack.people["U0APP"] = a_person("U0APP", is_bot=True)
    slack.people["U0GUS"] = a_person("U0GUS", is_restricted=True)
    for who in ("App", "Gus", "Mentor"):
        await events.somebody_came(happened("member_joined_channel", who), deps)
    assert len((await circle_now()).members) == 4


async def test_other_channels_are_none_of_ours(deps, happened, circle_now):
    elsewhere = {"channel": "C0ELSE"}
    for name in ("member_joined_channel", "member_left_channel", "group_archive", "group_deleted", "group_left"):
        for handler in events.routes.events[name]:
            await handler(happened(name, "Ana", **elsewhere), deps)
            await handler(happened(name, "Ana", channel=""), deps)
    circle = await circle_now()
    assert circle.is_open and len(circle.members) == 4


async def test_who_leaves_the_channel_leaves_the_circle(deps, team, happened, circle_now, promised, audited, slack):
    for _again in range(2):
        await events.somebody_went(happened("member_left_channel", "Bo"), deps)
    assert an_id("Bo") not in (await circle_now()).members
    assert len(await promised("circles.left")) == 1
    assert (await promised("circles.small"))[0].to == an_id("Lea")
    assert (an_id("Bo"), "circle.leave") in await audited()
    await chores.run_all_errands(deps, team)
    assert slack.called("conversations.kick") == []


async def test_an_old_event_does_not_end_a_new_seat(deps, oak, happened, circle_now, clock):
    await events.somebody_went(happened("member_left_channel", "Bo", at=START - timedelta(days=1)), deps)
    assert an_id("Bo") in (await circle_now()).members


@pytest.mark.parametrize(("name", "why"), [("group_archive", "archived"), ("group_deleted", "deleted")])
async def test_a_lost_channel_ends_the_circle(deps, team, oak, happened, circle_now, promised, name, why):
    for handler in events.routes.events[name] * 2:
        await handler(happened(name, "Ana"), deps)
    assert (await circle_now()).state is CircleState.CLOSED
    (told,) = await promised("circles.closed")
    assert (told.to, told.payload) == (an_id("Lea"), {"why": why})
    assert [letter.to for letter in await promised("circles.ended")] == sorted(oak.members)
    async with deps.store.open_view(team) as work:
        assert {session.state for session in await work.sessions.of_circle(oak.id)} == {SessionState.SKIPPED}


async def test_our_own_archive_is_no_news(deps, oak, submitted, happened, promised):
    await handlers.close(submitted("circles.close", "Ana", {"circle": oak.id}, archive=["archive"]), deps)
    await events.archived(happened("group_archive", "Mentor"), deps)
    assert len(await promised("circles.closed")) == 1
    assert await promised("circles.ended") == [], "the goodbye stands in the channel"


async def test_when_we_are_taken_out_the_leads_hear_of_it(deps, happened, circle_now, promised):
    for _again in range(2):
        await events.taken_out(happened("group_left"), deps)
    assert [letter.to for letter in await promised("circles.shut_out")] == [an_id("Lea")]
    assert (await circle_now()).is_open


async def test_a_deactivated_account_frees_its_seats(deps, team, oak, circle_now, happened):
    async with deps.store.open_work(team) as work:
        await saved_circle(work, "Bo", "Ana", name="Elm", channel="C0ELM")
    person = a_person(an_id("Bo"), deleted=True)
    await events.changed(happened("user_change", "Bo", user=person), deps)
    assert an_id("Bo") not in (await circle_now(1)).members
    assert (await circle_now(2)).members == (an_id("Ana"),)


async def test_a_change_of_name_frees_nothing(deps, circle_now, happened):
    await events.changed(happened("user_change", "Bo", user=a_person(an_id("Bo"), name="bob")), deps)
    assert len((await circle_now()).members) == 4


# After a restart


async def test_what_was_missed_is_made_up_for_once(deps, team, oak, circle_now, slack):
    slack.members[oak.channel] = [an_id(name) for name in ("Ana", "Bo", "Chi", "Eve", "Mentor")]
    reconciler = Reconciler()
    for _again in range(2):
        await reconciler.run(deps, team)
    assert set((await circle_now()).members) == {an_id(name) for name in ("Ana", "Bo", "Chi", "Eve")}
    assert len(slack.called("conversations.members")) == 1
    await Reconciler().run(deps, team)
    assert len(slack.called("conversations.members")) == 2


async def test_who_is_still_to_be_brought_in_is_not_taken_for_gone(deps, team, oak, clicked, circle_now, slack):
    await handlers.join(clicked("Eve", circle=oak.id), deps)
    slack.members[oak.channel] = [an_id(name) for name in ("Ana", "Bo", "Chi", "Dee")]
    await Reconciler().run(deps, team)
    assert len((await circle_now()).members) == 5


async def test_a_channel_lost_meanwhile_ends_its_circle(deps, team, oak, circle_now, slack):
    slack.refuse("conversations.members", "channel_not_found")
    await Reconciler().run(deps, team)
    assert (await circle_now()).state is CircleState.CLOSED


async def test_a_large_workspace_is_asked_a_few_at_a_time(deps, team, oak, slack):
    async with deps.store.open_work(team) as work:
        for number in range(AT_A_TIME):
            await saved_circle(work, "Ana", name=f"C{number}", channel=f"C0C{number}")
    for number in range(AT_A_TIME):
        slack.members[f"C0C{number}"] = [an_id("Ana")]
    slack.members[oak.channel] = [an_id(name) for name in ("Ana", "Bo", "Chi", "Dee")]
    reconciler = Reconciler()
    await reconciler.run(deps, team)
    assert len(slack.called("conversations.members")) == AT_A_TIME
    await reconciler.run(deps, team)
    assert len(slack.called("conversations.members")) == AT_A_TIME + 1


@pytest.mark.parametrize("stamp", ["", "yesterday", "1e9", "²", "99999999999.1"])
def test_what_is_no_timestamp_is_no_moment(stamp):
    assert moment_of(stamp) is None


def test_slacks_timestamp_is_a_moment():
    assert moment_of("1772442000.000100") == START + timedelta(microseconds=100)
