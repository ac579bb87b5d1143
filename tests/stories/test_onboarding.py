"""A member's first three minutes."""

import pytest

from bot.sandbox.person import Declined

PROFILE = {
    "What would you like to learn?": "giving feedback (starting)",
    "What can you help others with?": "SQL (teach)",
    "What do you want to be different in half a year?": "Lead a project without doing it all.",
}


async def test_help_and_the_nearest_word(world):
    ana = world.person("Ana")
    await world.person("Miriam").open_home()
    await ana.command("/mentor")
    await ana.sees("Mentoring, in three steps", in_="dm")
    await ana.command("/mentor help")
    await ana.sees("/mentor profile", in_="dm")
    await ana.command("/mentor proflie")
    await ana.sees("Did you mean /mentor profile?", in_="dm")
    await ana.command("/mentor <!channel> `x`")
    await ana.sees("/mentor help lists what I can do", in_="dm")


async def test_a_profile_is_filled_in_and_opened_again(world):
    ana = world.person("Ana")
    await ana.open_home()
    await ana.sees("Start with your profile", in_="home")
    await ana.click("Fill in my profile", at="home")
    await ana.fill(PROFILE, submit=True)
    await ana.sees("You'd like to learn giving feedback", in_="modal")
    await ana.close()
    await ana.sees("Hello, Ana", in_="home")
    await ana.command("/mentor profile")
    await ana.sees("giving feedback (starting)", in_="modal")


async def test_what_is_wrong_stands_under_its_field(world):
    ana = world.person("Ana")
    await ana.command("/mentor profile")
    with pytest.raises(Declined) as declined:
        await ana.fill({**PROFILE, "Until": "08:00"}, submit=True)
    assert declined.value.errors == {"Until": "Your day should end after it starts."}
    await ana.fill({"Until": "17:00"}, submit=True)
    await ana.sees("Saved", in_="modal")


async def test_a_pause_and_the_way_back(world):
    ana = world.person("Ana")
    await ana.command("/mentor pause")
    await ana.fill({"Until": "2026-03-20", "A line for yourself": "Off to sea"}, submit=True)
    await ana.sees("You're on a pause until", in_="modal")
    await ana.close()
    await ana.command("/mentor profile")
    await ana.fill(PROFILE, submit=True)
    await ana.close(everything=True)
    await ana.open_home()
    await ana.sees("Off to sea", in_="home")
    await ana.click("I'm back", at="home")
    await ana.sees("Hello, Ana", in_="home")


async def test_the_first_person_owns_the_bot_and_names_a_lead(world):
    ana, bo = world.person("Ana"), world.person("Bo")
    await ana.command("/mentor program")
    await ana.sees("Smallest circle", in_="modal")
    await ana.fill({"Name": "Spring 2026"}, submit=True)
    await ana.sees("Spring 2026", in_="modal")
    await ana.close()
    await world.settle()
    told = await ana.sees("You own this bot now", in_="dm")
    assert "What to do first" in told.text
    await bo.command("/mentor program")
    await bo.sees("Only program leads can run the program", in_="dm")
    await ana.click("Leads", at="dm")
    await ana.sees("Owner: @Ana Keller", in_="modal")
    await ana.fill({"Leads": ["Bo"]}, submit=True)
    await ana.sees("can now run the program", in_="modal")
    await world.settle()
    await bo.sees("Ana Keller made you a program lead", in_="dm")
    await bo.command("/mentor leads")
    await bo.sees("Leads: @Bo Lindqvist", in_="modal")
    await bo.close()
    await bo.command("/mentor audit")
    await bo.sees("@Ana Keller made @Bo Lindqvist a program lead.", in_="dm")
