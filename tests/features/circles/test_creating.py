"""From the form to the channel: circles made by members."""

import asyncio
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.domain.circles import CircleState
from bot.domain.errors import Refused, RefusedFields
from bot.domain.programs import Rules
from bot.features.circles import chores, handlers
from bot.slack.replies import Modal
from bot.slack.requests import Click, Command, Suggest
from tests.builders import an_id, saved_circle, saved_member, saved_profile
from tests.features.answers import chosen, picked_day, picked_people, picked_time
from tests.features.circles.conftest import ORDINARY
from tests.letters import letters_of
from tests.watched import a_person


async def only_circle(deps, team):
    async with deps.store.open_view(team) as work:
        every = await work.circles.open()
    assert len(every) == 1
    return every[0]


async def test_the_maker_has_the_first_seat(deps, team, program, creating):
    reply, _home = await handlers.create(creating(), deps)
    circle = await only_circle(deps, team)
    assert circle.state is CircleState.OPENING
    assert circle.members == (an_id("Ana"), an_id("Bo"), an_id("Chi"))
    assert (circle.rule.starts, circle.rule.at, circle.checkin_time) == (date(2026, 3, 12), time(15, 0), time(10, 0))
    assert (circle.size_min, circle.size_max, circle.made_by) == (4, 8, an_id("Ana"))
    assert "on its way" in reply.message.text


async def test_a_channel_is_made_filled_and_greeted(deps, team, program, creating, slack):
    await handlers.create(creating(), deps)
    await chores.open_circles(deps, team)
    circle = await only_circle(deps, team)
    assert circle.state is CircleState.ACTIVE
    assert slack.channels == {circle.channel: "circle-oak"}
    assert slack.members[circle.channel] == [an_id("Ana"), an_id("Bo"), an_id("Chi")]
    topic = slack.called("conversations.setTopic")[0].arguments["topic"]
    purpose = slack.called("conversations.setPurpose")[0].arguments["purpose"]
    assert purpose.startswith("The circle Oak: Finding my voice.")
    assert topic == "Finding my voice · every second Thursday at 15:00, Berlin time"
    welcome = (await letters_of(deps.store, team, kind="circles.welcome"))[0]
    assert (welcome.to, welcome.subject) == (circle.channel, str(circle.id))


async def test_a_theme_rings_nobody_in_the_topic_and_purpose(deps, team, program, creating, slack):
    await handlers.create(creating(theme="<!channel> 🦊 *b* <@U123> &" + "<" * 40), deps)
    await chores.open_circles(deps, team)
    told = [slack.called(f"conversations.{call}")[0].arguments for call in ("setTopic", "setPurpose")]
    topic, purpose = told[0]["topic"], told[1]["purpose"]
    assert topic.startswith("&lt;!channel&gt; 🦊 *b* &lt;@U123&gt; &amp;&lt;")
    assert "<" not in topic + purpose and ">" not in topic + purpose
    assert len(topic) <= 250 and len(purpose) <= 250


async def test_who_meets_elsewhere_at_that_hour_is_told_at_the_field(deps, team, program, creating):
    await handlers.create(creating(), deps)
    later = {"time": picked_time("15:30"), "every": chosen("4"), "first": picked_day("2026-03-26")}
    for clashing in ({}, later, {"time": picked_time("14:30")}):
        with pytest.raises(RefusedFields) as refused:
            await handlers.create(creating(name="Elm", **clashing), deps)
        assert set(refused.value.fields) == {"time"}
        assert "You meet with Oak then: every second Thursday at 15:00" in refused.value.fields["time"]
    await handlers.create(creating("Dee", name="Elm", people=picked_people()), deps)
    await handlers.create(creating(name="Fir", time=picked_time("16:00")), deps)
    await handlers.create(creating(name="Ash", first=picked_day("2026-03-19")), deps)


async def test_six_sessions_are_planned_by_the_rule(deps, team, program, creating):
    await handlers.create(creating(), deps)
    await chores.open_circles(deps, team)
    circle = await only_circle(deps, team)
    async with deps.store.open_view(team) as work:
        planned = await work.sessions.of_circle(circle.id)
    assert [session.planned_for for session in planned] == [
        date(2026, 3, 12) + timedelta(weeks=2 * turn) for turn in range(6)
    ]
    assert [session.starts.hour for session in planned] == [14, 14, 13, 13, 13, 13], "the clocks change on 29 March"


async def test_running_the_chore_again_does_nothing_twice(deps, team, program, creating, slack):
    await handlers.create(creating(), deps)
    for _again in range(3):
        for chore in chores.CHORES[:3]:
            await chore.run(deps, team)
    assert len(slack.called("conversations.create")) == 1
    assert len(slack.called("conversations.invite")) == 3
    assert len(await letters_of(deps.store, team, kind="circles.welcome")) == 1


async def test_a_process_that_dies_after_each_call_leaves_one_channel(deps, team, program, creating, slack):
    """Slack did it, the answer was lost: the next run finds what is there."""
    await handlers.create(creating(), deps)
    slack.channels["C0LOST"] = "circle-oak"
    async with deps.store.open_work(team) as work:
        await work.circles.remember_attempt((await work.circles.open())[0].id, 1)
    slack.refuse("conversations.create", "name_taken")
    await chores.open_circles(deps, team)
    circle = await only_circle(deps, team)
    assert circle.channel == "C0LOST" and circle.state is CircleState.ACTIVE


async def test_somebody_elses_channel_of_that_name_is_left_alone(deps, team, program, creating, slack):
    """A person's own channel that the bot happens to be in must never become a circle's."""
    slack.channels["C0THEIRS"] = "circle-oak"
    await handlers.create(creating(), deps)
    slack.refuse("conversations.create", "name_taken")
    await chores.open_circles(deps, team)
    circle = await only_circle(deps, team)
    assert slack.channels[circle.channel] == "circle-oak-2"


async def test_another_circles_channel_is_never_taken(deps, team, program, creating, slack):
    await handlers.create(creating(), deps)
    async with deps.store.open_work(team) as work:
        other = await saved_circle(work, "Dee", name="Oak (old)", channel="C0OLD")
        await work.circles.remember_attempt((await work.circles.opening(deps.now()))[0].id, 1)
    slack.channels[other.channel] = "circle-oak"
    slack.refuse("conversations.create", "name_taken")
    await chores.open_circles(deps, team)
    async with deps.store.open_view(team) as work:
        made = next(circle for circle in await work.circles.open() if circle.name == "Oak")
    assert made.channel != other.channel and slack.channels[made.channel] == "circle-oak-2"


async def test_an_uncertain_answer_is_tried_again_soon(deps, team, program, creating, slack, clock):
    await handlers.create(creating(), deps)
    slack.refuse("conversations.create", "internal_error")
    await chores.open_circles(deps, team)
    await chores.open_circles(deps, team)
    assert len(slack.called("conversations.create")) == 1
    clock.forward(minutes=1)
    await chores.open_circles(deps, team)
    assert (await only_circle(deps, team)).state is CircleState.ACTIVE


async def test_where_channels_are_not_allowed_the_maker_is_told_once(deps, team, program, creating, slack, clock):
    await handlers.create(creating(), deps)
    for _hour in range(3):
        slack.refuse("conversations.create", "restricted_action")
        await chores.open_circles(deps, team)
        clock.forward(hours=1)
    told = await letters_of(deps.store, team, kind="circles.no_channel")
    assert [letter.to for letter in told] == [an_id("Ana")]
    await chores.open_circles(deps, team)
    assert (await only_circle(deps, team)).state is CircleState.ACTIVE


async def test_whom_slack_does_not_let_in_stops_nobody_else(deps, team, program, creating, slack):
    await handlers.create(creating(), deps)
    slack.refuse("conversations.invite", "already_in_channel")
    slack.refuse("conversations.invite", "user_is_restricted")
    await chores.open_circles(deps, team)
    circle = await only_circle(deps, team)
    assert circle.state is CircleState.ACTIVE
    assert circle.members == (an_id("Ana"), an_id("Chi"))
    told = (await letters_of(deps.store, team, kind="circles.not_in"))[0]
    assert (told.to, told.payload) == (an_id("Ana"), {"member": an_id("Bo"), "code": "user_is_restricted"})


async def test_a_channel_deleted_before_it_is_ready_is_made_again(deps, team, program, creating, slack):
    await handlers.create(creating(), deps)
    slack.refuse("conversations.invite", "channel_not_found")
    slack.refuse("conversations.setTopic", "channel_not_found")
    await chores.open_circles(deps, team)
    assert (await only_circle(deps, team)).channel is None
    await chores.open_circles(deps, team)
    circle = await only_circle(deps, team)
    assert slack.channels[circle.channel] == "circle-oak-2"
    assert slack.members[circle.channel] == [an_id("Ana"), an_id("Bo"), an_id("Chi")]


async def test_the_same_name_twice_is_refused_under_the_name(deps, team, program, creating):
    await handlers.create(creating(), deps)
    with pytest.raises(RefusedFields) as refused:
        await handlers.create(creating("Dee", name=" oak ", people=picked_people()), deps)
    assert set(refused.value.fields) == {"name"}


async def test_bots_guests_and_those_who_left_are_refused_by_name(deps, team, program, creating, slack):
    slack.people["U0BOT"] = a_person("U0BOT", is_bot=True)
    slack.people["U0GUS"] = a_person("U0GUS", is_restricted=True, profile={"display_name": "Gus"})
    slack.people["U0OLA"] = a_person("U0OLA", deleted=True, profile={"display_name": "Ola"})
    for who, sentence in (("U0BOT", "an app"), ("U0GUS", "Gus is a guest"), ("U0OLA", "Ola's account")):
        with pytest.raises(RefusedFields, match=sentence) as refused:
            await handlers.create(creating(people=picked_people(who)), deps)
        assert set(refused.value.fields) == {"people"}
    async with deps.store.open_view(team) as work:
        assert await work.circles.open() == []


async def test_more_people_than_fit_are_refused(deps, team, program, creating):
    crowd = picked_people(*(an_id(f"P{number}") for number in range(8)))
    with pytest.raises(RefusedFields, match="8 members at most") as refused:
        await handlers.create(creating(people=crowd), deps)
    assert set(refused.value.fields) == {"people"}


async def test_a_person_and_their_manager_do_not_share_a_circle(deps, team, program, creating):
    async with deps.store.open_work(team) as work:
        await saved_member(work, "Eve")
        await saved_profile(work, "Fay", manager=an_id("Ana"))
        await saved_profile(work, "Gil", manager=an_id("Fay"))
    for who in ("Fay", "Gil"):
        with pytest.raises(RefusedFields, match="one reporting line"):
            await handlers.create(creating(people=picked_people(an_id(who))), deps)
    await handlers.create(creating(people=picked_people(an_id("Eve"))), deps)


@pytest.mark.parametrize(
    ("block", "value"),
    [
        ("name", "   "),
        ("name", "x" * 3000),
        ("theme", "😀" * 200),
        ("weekday", chosen("9")),
        ("every", chosen("0")),
        ("minutes", chosen("61")),
        ("time", picked_time("03:30")),
        ("time", {}),
        ("zone", chosen("Mars/Olympus")),
        ("first", picked_day("2026-02-02")),
        ("first", picked_day("2099-01-01")),
        ("first", {}),
        ("checkin_day", chosen("6")),
        ("checkin_hour", chosen("03:00")),
    ],
)
async def test_what_cannot_be_is_refused_under_its_field(deps, team, program, creating, block, value):
    with pytest.raises(RefusedFields) as refused:
        await handlers.create(creating(**{block: value}), deps)
    assert set(refused.value.fields) == {block}


@pytest.mark.parametrize("name", ["<!channel> & <@U0BO>", "عَرَبي‮", "🌳🌲", "circle-circle", "Öak/№ 7"])
async def test_any_name_becomes_a_channel_that_slack_takes(deps, team, program, creating, slack, name):
    reply, _home = await handlers.create(creating(name=name), deps)
    await chores.open_circles(deps, team)
    (channel,) = slack.channels.values()
    assert channel.isascii() and channel == channel.lower() and len(channel) <= 80 and channel.startswith("circle-")
    assert "<!channel>" not in reply.message.text
    assert (await only_circle(deps, team)).state is CircleState.ACTIVE


async def test_where_members_may_not_start_circles_leads_may(deps, team, program, creating):
    async with deps.store.open_work(team) as work:
        await work.programs.save(replace(program, rules=replace(Rules(), members_create_circles=False)))
    with pytest.raises(Refused, match="Only program leads can start a circle"):
        await handlers.open_create(Command(team, an_id("Ana")), deps)
    with pytest.raises(Refused, match="Only program leads can start a circle"):
        await handlers.create(creating(), deps)
    await handlers.create(creating("Lea"), deps)


async def test_without_a_program_there_is_a_sentence(deps, team, creating):
    with pytest.raises(Refused, match="no program yet"):
        await handlers.create(creating(people=picked_people()), deps)


async def test_the_form_begins_with_the_makers_own_zone(deps, team, program):
    async with deps.store.open_work(team) as work:
        await work.members.save(replace(await work.members.get(an_id("Ana")), own_zone="Asia/Kolkata"))
    modal = await handlers.open_create(Command(team, an_id("Ana")), deps)
    zone = next(block["element"] for block in modal.view["blocks"] if block.get("block_id") == "zone")
    assert zone["initial_option"]["value"] == "Asia/Kolkata"
    assert isinstance(await handlers.open_create_by_button(Click(team, an_id("Ana")), deps), Modal)


async def test_zones_are_found_by_their_city(deps, team):
    options = await handlers.suggest_zones(Suggest(team, an_id("Ana"), typed="new y"), deps)
    assert options.options[0] == ("New York (America/New_York)", "America/New_York")
    common = await handlers.suggest_zones(Suggest(team, an_id("Ana")), deps)
    assert ("Berlin (Europe/Berlin)", "Europe/Berlin") in common.options
    assert (await handlers.suggest_zones(Suggest(team, an_id("Ana"), typed="zzz"), deps)).options == []


async def test_the_audit_says_who_made_it(deps, team, program, creating):
    await handlers.create(creating(), deps)
    async with deps.store.open_view(team) as work:
        entry = (await work.audit.latest())[0]
    assert (entry.by, entry.act, entry.details["name"]) == (an_id("Ana"), "circle.create", ORDINARY["name"])


async def test_two_replicas_make_one_channel(deps, team, program, creating, slack):
    await handlers.create(creating(), deps)
    await asyncio.gather(*(chores.open_circles(deps, team) for _replica in range(3)))
    assert list(slack.channels.values()) == ["circle-oak"]
    assert (await only_circle(deps, team)).state is CircleState.ACTIVE


async def test_where_one_replica_died_another_goes_on(deps, team, program, creating, slack, clock):
    await handlers.create(creating(), deps)
    circle = await only_circle(deps, team)
    async with deps.store.open_work(team) as work:
        assert await work.circles.claim_opening(circle.id, clock.now(), clock.now() + chores.LEASE)
    await chores.open_circles(deps, team)
    assert slack.channels == {}
    clock.forward(minutes=3)
    await chores.open_circles(deps, team)
    assert list(slack.channels.values()) == ["circle-oak"]
