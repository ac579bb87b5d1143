"""A circle chooses pairs, a lead its questions: from the taps to the conversations of two."""

from datetime import UTC, datetime

import pytest

OAK = {
    "Name": "Oak",
    "What is it about?": "Finding my voice",
    "Weekly check-in: on which day?": "Tuesday",
    "Weekly check-in: at what hour?": "10:00",
    "Whom do you want to bring in?": ["Ana", "Bo", "Tomas"],
}


@pytest.fixture
def world_start():
    """The Monday before the circle's question."""
    return datetime(2026, 3, 9, 8, 0, tzinfo=UTC)


@pytest.fixture
async def oak(world, program, miriam):
    await miriam.command("/mentor checkin questions")
    await miriam.click("Change", near="Stuck")
    await miriam.fill({"Questions": "Which <!channel> rota is worth keeping?"})
    await miriam.click("Preview")
    await miriam.sees("This week's question: Which <!channel> rota is worth keeping?", in_="modal")
    await miriam.submit()
    await miriam.sees("comes in these words from now on", in_="modal")
    await miriam.close(everything=True)
    await miriam.command("/mentor circle create")
    await miriam.fill(OAK, submit=True)
    await miriam.close(everything=True)
    await world.settle()


async def rooms_of_two(*people):
    """Each person's conversation with one other and the bot: by person, what stands in it."""
    found = {}
    for person in people:
        for room in await person.rooms():
            if room.kind == "mpim":
                found[person.name] = room
    return found


async def test_a_circle_in_pairs_is_asked_two_by_two(world, oak, miriam, ana, bo):
    tomas = world.person("Tomas")
    await ana.command("/mentor checkin pairs")
    await ana.click("In pairs", at="dm")
    await world.settle()
    await bo.sees("Shall we check in as pairs?", in_="circle-oak")
    for person in (bo, tomas):
        await person.click("In pairs", at="circle-oak")
    await miriam.sees("as pairs from the next question on", in_="circle-oak")

    await world.until("2026-03-10T10:00+01:00")
    await miriam.sees("In pairs this week", in_="circle-oak")
    rooms = await rooms_of_two(miriam, ana, bo, tomas)
    assert len(rooms) == 4 and len({room.id for room in rooms.values()}) == 2
    asked = rooms[ana.name].text
    assert "You two check in with each other this week." in asked
    await ana.click("Answer", at=rooms[ana.name].id)
    await ana.fill({"Your answer": "The one on Fridays.", "I'd like help with": "Saying no"}, submit=True)
    await ana.sees("On its way to your", in_="modal")
    await ana.close(everything=True)
    await world.settle()
    [partner] = [one for one in (miriam, bo, tomas) if rooms[one.name].id == rooms[ana.name].id]
    await partner.sees("The one on Fridays.", in_=rooms[ana.name].id)
    for other in {miriam, bo, tomas} - {partner}:
        await other.does_not_see("The one on Fridays.")

    await world.until("2026-03-12T10:30+01:00")
    await partner.sees("1 of 4 in, pair by pair", in_="circle-oak")
    await partner.sees("would like a hand", in_="dm")
    for other in {miriam, bo, tomas} - {partner}:
        await other.does_not_see("Saying no")
