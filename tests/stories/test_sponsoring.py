"""A sponsorship, from the coffee to what was done and seen."""

from datetime import UTC, datetime

import pytest

from tests.stories.test_matching import introduce

SPONSOR = "Sponsor: opens doors"
TAKEN = {
    "What kind is it?": "A room: I take them along, or get them in",
    "What exactly?": "the board on Friday",
    "By": "2026-03-27",
}


@pytest.fixture
def world_start():
    return datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


async def test_a_sponsor_takes_something_on_does_it_and_the_other_sees_it(world, program, ana, bo, miriam):
    await introduce(ana, **{"Whom are you looking for?": [SPONSOR], "Where are you in your career?": "Established"})
    await introduce(
        miriam, **{"What could you be for somebody?": [SPONSOR], "Where are you in your career?": "Executive"}
    )
    await ana.command("/mentor match sponsor")
    await ana.click("Ask for an intro coffee")
    await ana.fill({"Why you?": "You sit in that room."}, submit=True)
    await ana.close(everything=True)
    await world.settle()
    await miriam.click("Accept", near="asks you for an intro coffee")
    await world.settle()
    await ana.command("/mentor sponsor")
    await ana.click("Tell them news")
    await ana.fill({"News": "The pilot went well <!channel>"}, submit=True)
    await ana.sees("On its way to", in_="modal")
    await ana.close(everything=True)
    await world.settle()
    await miriam.sees("The pilot went well", in_="dm")

    await miriam.click("Take something on", near="The pilot went well")
    await miriam.fill(TAKEN, submit=True)
    await miriam.sees("I remind you once", in_="modal")
    await miriam.close(everything=True)
    await ana.command("/mentor sponsor")
    await ana.sees("the board on Friday", in_="dm")

    await world.until("2026-03-20T09:00+01:00")
    await miriam.click("Done", near="the board on Friday")
    await miriam.fill({"What came of it?": "They want to see more"}, submit=True)
    await miriam.sees("Noted as done", in_="modal")
    await miriam.close(everything=True)
    await world.settle()
    await ana.sees("They want to see more", in_="dm")
    await ana.click("I saw it", near="They want to see more")
    await ana.sees("Noted: you saw it", in_="dm")
    await bo.command("/mentor sponsor")
    await bo.sees("No sponsorship yet", in_="dm")
    await bo.does_not_see("the board", in_="dm")
