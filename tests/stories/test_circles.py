"""A circle from its first form to its end."""

from datetime import UTC, datetime

import pytest

from bot.sandbox.person import Declined
from tests.stories.oak import OAK, start_oak


async def test_a_circle_is_made_shown_and_planned(world, program, ana, bo):
    await start_oak(ana)
    await bo.sees("Welcome to Oak", in_="circle-oak")
    room = await bo.channel("circle-oak")
    assert {ana.id, bo.id, world.person("Tomas").id} <= set(room.members)
    assert room.raw["topic"].startswith("Finding my voice · every second Thursday at 15:00")
    await ana.command("/mentor circle")
    await ana.sees("Next session", in_="dm")
    await ana.command("/mentor circle schedule")
    plan = await ana.sees("Sessions and dates", in_="modal")
    assert plan.labels().count("Move") == 6


async def test_somebody_joins_from_the_list_and_leaves_with_a_line(world, program, ana, bo):
    carla = await world.add_person("Carla Weiss", tz="Europe/Berlin")
    await carla.command("/mentor circle join")
    await carla.sees("No circle has room right now", in_="dm")
    await start_oak(ana)
    await carla.command("/mentor circle join")
    await carla.sees("3 members, 5 seats free", in_="dm")
    await carla.click("Join", near="Oak")
    await carla.sees("You are in Oak", in_="dm")
    await world.settle()
    await carla.sees("Welcome, @Carla Weiss", in_="circle-oak")
    await carla.click("Join", near="Oak")
    await carla.sees("You are in this circle already", in_="dm")

    await carla.command("/mentor circle leave")
    await carla.fill({"A line for the others": "Thank you <!channel>, see you"}, submit=True)
    await carla.sees("You have left Oak", in_="modal")
    await carla.close(everything=True)
    await world.settle()
    await ana.sees("@Carla Weiss has left the circle", in_="circle-oak")
    await ana.sees("Thank you <!channel>, see you", in_="circle-oak")
    assert carla.id not in (await ana.channel("circle-oak")).members


async def test_what_is_wrong_with_a_new_circle_stands_under_its_field(world, program, ana, bo):
    await ana.command("/mentor circle create")
    with pytest.raises(Declined) as declined:
        await ana.fill(OAK | {"At what time?": "03:00", "From which day on?": "2026-01-01"}, submit=True)
    assert set(declined.value.errors) == {"At what time?"}
    with pytest.raises(Declined) as declined:
        await ana.fill({"At what time?": "15:00", "Whom do you want to bring in?": ["Bo", "Stand-up"]}, submit=True)
    assert set(declined.value.errors) == {"From which day on?"}
    with pytest.raises(Declined) as declined:
        await ana.fill({"From which day on?": "2026-03-12"}, submit=True)
    assert "apps don't need mentors" in declined.value.errors["Whom do you want to bring in?"]
    await ana.fill({"Whom do you want to bring in?": ["Bo"]}, submit=True)
    await ana.sees("is on its way", in_="modal")


async def test_a_session_is_moved_left_out_and_brought_back(world, program, ana, bo):
    await start_oak(ana)
    await ana.command("/mentor circle schedule")
    await ana.click("Move", near="12 Mar")
    await ana.fill({"New day and time": datetime(2026, 3, 13, 8, 0, tzinfo=UTC)}, submit=True)
    await ana.sees("moved by @Ana", in_="modal")
    await world.settle()
    await bo.sees("The session moved to", in_="circle-oak")
    await ana.click("Leave out", near="moved by")
    await ana.sees("left out", in_="modal")
    await ana.click("Bring it back")
    await ana.close(everything=True)
    await world.settle()
    await bo.sees("takes place after all", in_="circle-oak")


async def test_a_new_rhythm_is_told_in_the_channel(world, program, ana, bo):
    await start_oak(ana)
    await bo.command("/mentor circle show")
    await bo.click("Change the rhythm")
    await bo.fill({"Day of the week": "Tuesday", "How often?": "Every week", "Time zone": "Lisbon"}, submit=True)
    await bo.sees("Every Tuesday at 15:00, Lisbon time", in_="modal")
    await bo.close(everything=True)
    await world.settle()
    await ana.sees("New rhythm: every Tuesday at 15:00, Lisbon time", in_="circle-oak")


async def test_what_happens_in_slack_happens_to_the_circle(world, program, ana, bo, miriam):
    await start_oak(ana)
    room = await ana.channel("circle-oak")
    await bo._post("/leave", channel=room.id)
    await world.settle()
    await ana.sees("has left the circle", in_="circle-oak")
    await bo.command("/mentor circle")
    await bo.sees("You are in no circle yet", in_="dm")
    await world.post(f"/channels/{room.id}/archive")
    await world.settle()
    await world.forward(days=1)
    await miriam.sees("Its channel was archived in Slack", in_="dm")
    await miriam.sees("Was it by mistake?", in_="dm")
    await ana.sees("Oak has ended.", in_="dm")
    await ana.command("/mentor circle")
    await ana.sees("You are in no circle yet", in_="dm")


async def test_a_circle_is_ended_and_archived_only_where_asked(world, program, ana, bo, miriam):
    await start_oak(ana)
    await bo.command("/mentor circle close")
    await bo.fill({"The channel": ["Archive the channel too"]}, submit=True)
    await bo.sees("has ended", in_="modal")
    await bo.close(everything=True)
    await world.settle()
    await ana.sees("Oak ends here", in_="circle-oak")
    await world.forward(minutes=5)
    assert (await ana.channel("circle-oak")).raw["is_archived"]
    await ana.command("/mentor circle show Oak")
    await ana.sees("I know no circle of that name", in_="dm")


async def test_others_may_look_but_not_touch(world, program, ana, bo, miriam):
    await start_oak(ana)
    outsider = await world.add_person("Carla Weiss", tz="Europe/Berlin")
    await outsider.command("/mentor circle show Oak")
    card = await outsider.sees("Finding my voice", in_="dm")
    assert card.labels() == ["Join", "See all circles"]


async def test_a_circle_of_one_is_left_in_peace_until_somebody_joins(world, program, ana, bo):
    await start_oak(ana, **{"Whom do you want to bring in?": []})
    await world.until("2026-03-11T15:00+01:00")
    for words in ("Can you come?", "question:", "meets now"):
        await ana.does_not_see(words, in_="circle-oak")
    await ana.does_not_see("You have the hot seat on", in_="dm")
    await bo.command("/mentor circle join")
    await bo.click("Join", at="dm")
    await world.until("2026-03-11T17:00+01:00")
    await bo.sees("Can you come?", in_="circle-oak")
    await world.until("2026-03-12T15:00+01:00")
    await bo.sees("Oak meets now", in_="circle-oak")
