"""Being written to: one's own hours, what is turned off from a message, weeks off, and a break with its end."""

import pytest

from bot.sandbox.person import Declined
from tests.stories.oak import start_oak


async def test_hours_of_ones_own_a_message_turned_off_and_a_kind_return(world, program, ana, bo):
    await start_oak(ana, **{"From which day on?": "2026-03-05", "How often?": "Every week"})
    await bo.command("/mentor settings")
    await bo.sees("at most 3 times a week", in_="modal")
    with pytest.raises(Declined, match="at least two hours"):
        await bo.fill({"Write to me from": "13:00", "until": "13:30"}, submit=True)
    await bo.fill({"Write to me from": "13:00", "until": "17:00", "Messages a week": "2"}, submit=True)
    await bo.sees("from 13:00 to 17:00", in_="modal")
    await bo.close(everything=True)

    await world.until("2026-03-03T12:59+01:00")
    early = [look.text for look in (await bo.dm()).messages if "Fewer of these" in look.text]
    await world.until("2026-03-06T16:00+01:00")
    said = [look for look in (await bo.dm()).messages if "Fewer of these" in look.text]
    assert early == [] and 1 <= len(said) <= 2

    await bo.click("Fewer of these", at="dm")
    await bo.sees("I don't want", in_="modal")
    await bo.fill({"I don't want": ["Reminders of the weekly check-in", "Reminders of my commitments"]}, submit=True)
    await bo.sees("Not any more: reminders of my commitments and reminders of the weekly check-in", in_="modal")
    await bo.close(everything=True)

    await bo.command("/mentor pause")
    await bo.fill({"Until": "2026-03-24", "A line for yourself": "Back after the move"}, submit=True)
    await bo.close(everything=True)
    before = len((await bo.dm()).messages)
    await world.until("2026-03-24T12:59+01:00")
    assert len((await bo.dm()).messages) == before
    await world.until("2026-03-24T13:05+01:00")
    await bo.sees("Welcome back. Your break is over, nothing has piled up", in_="dm")
    await bo.sees("Back after the move", in_="dm")
    new = [look.text for look in (await bo.dm()).messages][before:]
    assert ["Welcome back" in one for one in new] == [True], new


async def test_a_week_off_leaves_sessions_out_and_the_circle_hears_when_it_meets_again(world, program, ana, miriam):
    await start_oak(ana, **{"From which day on?": "2026-03-05", "How often?": "Every week"})
    await ana.command("/mentor program hours")
    await ana.sees("Only program leads", in_="dm")
    await miriam.command("/mentor program hours")
    await miriam.sees("Weeks in which the company is away", in_="modal")
    week = "The week of Monday 16 March 2026"
    await miriam.fill({"Weeks in which the company is away": [week]}, submit=True)
    await miriam.sees("1 session is left out", in_="modal")
    await miriam.close(everything=True)
    await world.settle()
    told = await ana.sees("No session in the week of Monday 16 March", in_="circle-oak")
    assert "You meet again on" in told.text
    await world.until("2026-03-19T16:30+01:00")
    await ana.does_not_see("Oak meets now, until Thu 19 Mar", in_="circle-oak")
    heard = [look.text for look in (await ana.dm()).messages if "Fewer of these" in look.text]
    await world.until("2026-03-20T17:00+01:00")
    assert [look.text for look in (await ana.dm()).messages if "Fewer of these" in look.text] == heard
