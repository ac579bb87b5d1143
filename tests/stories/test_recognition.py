"""Thanks that reach whom they are for, and a statement that goes to one person and back."""

from datetime import UTC, datetime

import pytest


@pytest.fixture
def world_start():
    return datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


async def test_thanks_and_a_statement_of_ones_own(world, program, ana, bo, miriam):
    await ana.command("/mentor thanks")
    await ana.click("Say thanks")
    await ana.fill(
        {
            "Whom do you thank?": "bo",
            "For what?": "You asked one question & it changed my plan <!channel>",
            "May they pass it on?": ["They may quote it, with my name"],
        },
        submit=True,
    )
    await ana.sees("On its way to", in_="modal")
    await ana.close(everything=True)
    await world.settle()
    got = await bo.sees("thanks you", in_="dm")
    assert "<!channel>" in got.text

    await bo.command("/mentor contribution")
    await bo.click("Write my statement")
    await bo.sees("You may quote", in_="modal")
    await bo.fill({"My contribution": "I asked a good question."}, submit=True)
    await bo.click("Give it to somebody")
    await bo.fill({"To whom?": "miriam"}, submit=True)
    await bo.sees("Nobody else gets it", in_="modal")
    await bo.close(everything=True)
    await world.settle()
    await miriam.sees("I asked a good question.", in_="dm")
    await ana.does_not_see("I asked a good question.", in_="dm")

    await bo.command("/mentor contribution")
    await bo.click("Take it back", near="Given to")
    await miriam.sees("took back what stood here", in_="dm")
    await miriam.does_not_see("I asked a good question.", in_="dm")
