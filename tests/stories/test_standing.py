"""`/mentor` alone says where things stand for whoever asks."""

import asyncio

from tests.stories.oak import start_oak

PROFILE = {
    "What would you like to learn?": "giving feedback (starting)",
    "What can you help others with?": "SQL (teach)",
    "What do you want to be different in half a year?": "Lead a project without doing it all.",
}


async def standing(person):
    """What the person reads after typing `/mentor`."""
    before = len(await answers(person))
    await person.command("/mentor")
    for _look in range(60):
        found = await answers(person)
        if len(found) > before:
            return found[-1]
        await asyncio.sleep(0.05)
    raise AssertionError("/mentor was not answered")


async def answers(person):
    return [look.text for look in (await person.dm()).messages if "/mentor help" in look.text]


async def test_a_newcomer_sees_the_steps_and_every_command(world, program, ana):
    shown = await standing(ana)
    assert "three steps" in shown and "/mentor circle join" in shown and "/mentor audit" not in shown


async def test_who_has_a_profile_and_no_circle_is_shown_the_way_to_one(world, program, ana):
    await ana.command("/mentor profile")
    await ana.fill(PROFILE, submit=True)
    await ana.close(everything=True)
    shown = await standing(ana)
    assert "You are in no circle yet" in shown and "three steps" not in shown
    await ana.click("Join a circle", at="dm")
    await ana.sees("No circle has room", in_="dm")


async def test_a_member_finds_session_turn_commitments_and_check_in(world, program, ana, bo):
    await start_oak(ana)
    shown = await standing(ana)
    assert "Next session" in shown and "You have the hot seat" in shown and "Your profile is still empty" in shown
    await ana.click("I'm coming", near="Next session", at="dm")
    await ana.sees("Noted: you are coming", in_="dm")

    await world.until("2026-03-12T15:50+01:00")
    await standing(ana)
    await ana.click("I'm here", near="Next session", at="dm")
    await ana.sees("Here: @Ana Keller", in_="circle-oak")
    await ana.click("Make my two commitments", near="What will you do until Oak meets again?", at="dm")
    await ana.fill({"I will": "write page one", "How sure are you?": "9 of 10"}, submit=True)
    await ana.close(everything=True)
    assert "write page one" in await standing(ana)

    await world.until("2026-03-16T10:30+01:00")
    assert "This week's check-in" in await standing(bo)
    await bo.click("Answer", near="This week's check-in", at="dm")
    await bo.fill({"Your answer": "One page is written."}, submit=True)
    await bo.close(everything=True)
    assert "This week's check-in" not in await standing(bo)
    await standing(ana)
    await ana.click("Done", near="write page one", at="dm")
    await ana.submit()
    await ana.sees("Kept. Well done.", in_="modal")
    await ana.close(everything=True)
    assert "write page one" not in await standing(ana)


async def test_a_lead_sees_what_waits(world, program, miriam, ana, bo):
    shown = await standing(miriam)
    assert "Nobody has filled in a profile yet" in shown and "/mentor audit" in shown
    await start_oak(ana)
    assert "Oak has 3 members, fewer than the 4" in await standing(miriam)
    await miriam.click("Show", near="has 3 members", at="dm")
    await miriam.sees("Finding my voice", in_="dm")
