"""Sessions in a member's own calendar: the address, what moves with it, and the file."""

import asyncio
import re
from datetime import UTC, datetime

import icalendar
import pytest
import vobject
from aiohttp import ClientSession

from tests.stories.oak import start_oak


@pytest.fixture
async def oak(world, program, ana):
    await start_oak(ana)


async def address(person):
    found = re.search(r"http://127\.0\.0\.1:\d+/calendar/[\w-]+\.ics", (await person.modal()).text)
    return found.group() if found else ""


async def another(person, than):
    """The address shown, once it is another one."""
    for _look in range(100):
        if (found := await address(person)) not in ("", than):
            return found
        await asyncio.sleep(0.05)
    raise AssertionError("the address stayed as it was")


async def fetched(url):
    async with ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.read()


async def events(url):
    """The events by uid, as two independent parsers read them."""
    status, content = await fetched(url)
    assert status == 200
    read = {str(event["uid"]): event for event in icalendar.Calendar.from_ical(content).walk("VEVENT")}
    again = vobject.readOne(content.decode())
    others = {event.uid.value: event for event in getattr(again, "vevent_list", [])}
    assert {uid: event["dtstart"].dt for uid, event in read.items()} == {
        uid: event.dtstart.value for uid, event in others.items()
    }
    return read


async def test_an_address_moves_with_the_sessions_until_it_is_turned_off(world, oak, ana):
    await ana.command("/mentor circle schedule")
    await ana.click("Into my calendar")
    await ana.click("Make the address")
    await ana.sees("Copy this address", in_="modal")
    mine = await address(ana)
    await ana.close(everything=True)
    planned = await events(mine)
    assert len(planned) == 6
    first = min(planned, key=lambda uid: planned[uid]["dtstart"].dt)
    assert str(planned[first]["summary"]) == "Oak: mentoring circle"
    assert planned[first]["dtstart"].dt.isoformat() == "2026-03-12T14:00:00+00:00"

    await ana.command("/mentor circle schedule")
    await ana.click("Move", near="12 Mar")
    await ana.fill({"New day and time": datetime(2026, 3, 13, 14, 0, tzinfo=UTC)}, submit=True)
    await ana.sees("moved by @Ana", in_="modal")
    await ana.click("Leave out", near="26 Mar")
    await ana.sees("left out", in_="modal")
    await ana.close(everything=True)
    then = await events(mine)
    assert set(planned) < set(then)  # another one is planned for the one left out
    assert then[first]["dtstart"].dt.isoformat() == "2026-03-13T14:00:00+00:00"
    assert then[first]["sequence"] > planned[first]["sequence"]
    assert [str(event["status"]) for event in then.values()].count("CANCELLED") == 1

    await ana.command("/mentor calendar")
    await ana.click("Make a new one")
    renewed = await another(ana, mine)
    assert (await fetched(mine))[0] == 404
    assert set(await events(renewed)) == set(then)
    await ana.click("Turn it off")
    await ana.sees("Make the address", in_="modal")
    assert (await fetched(renewed))[0] == 404


async def test_an_address_says_when_and_nothing_else_and_ends_with_its_owner(world, oak, ana, bo):
    await bo.command("/mentor calendar")
    await bo.click("Make the address")
    await bo.sees("Copy this address", in_="modal")
    url = await address(bo)
    _status, content = await fetched(url)
    for word in ("Finding my voice", "Ana", "Tomas", bo.id):
        assert word not in content.decode()
    await bo.click("Make it", near="Oak, for all of you")
    await ana.sees("Oak has a new calendar address for all of you", in_="circle-oak")
    await ana.click("Into my calendar", at="circle-oak")
    await ana.sees("Every member sees it", in_="modal")
    ours = await address(ana)
    assert ours != url and len(await events(ours)) == 6
    await bo.close(everything=True)
    await bo.command("/mentor circle leave")
    await bo.click("Leave")
    await world.settle()
    assert await events(url) == {}
    await ana.click("Turn it off", near="Oak, for all of you")
    await ana.does_not_see("Every member sees it", in_="modal")
    assert (await fetched(ours))[0] == 404
    await ana.close(everything=True)
    await world.patch(f"/people/{bo.id}", deleted=True)
    await world.settle()
    assert (await fetched(url))[0] == 404
    assert (await fetched(url.replace(".ics", "x.ics")))[0] == 404


async def test_a_file_of_what_is_planned_comes_into_the_conversation(world, oak, ana, miriam):
    await ana.command("/mentor calendar")
    await ana.click("Send me the file")
    await ana.close(everything=True)
    shared = await ana.sees("Open this file", in_="dm")
    (file,) = shared.raw["files"]
    _status, content = await fetched(file["url_private"])
    assert len(icalendar.Calendar.from_ical(content).walk("VEVENT")) == 6

    await miriam.command("/mentor calendar")
    assert "no circle yet" in (await miriam.modal()).text
    await miriam.click("Send me the file")
    await miriam.sees("nothing to put into a calendar", in_="modal")
