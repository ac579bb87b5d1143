"""How the question about a session reads, branch by branch."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.ballots import Ballot, Option, Topic
from bot.domain.ids import BallotId, CircleId
from bot.domain.quorum import Choice, Count
from bot.features.quorum import blocks
from bot.features.quorum.reading import Asked
from tests.builders import a_circle, a_session, an_id
from tests.clock import START

ANA, BO, CHI, DEE, EVE = (an_id(name) for name in ("Ana", "Bo", "Chi", "Dee", "Eve"))
FIVE = a_circle("Ana", "Bo", "Chi", "Dee", "Eve")
GO, WRITE, OUT = (Option(key.value) for key in (Choice.GO, Choice.WRITE, Choice.LEAVE_OUT))
MOVE = Option(Choice.MOVE.value, {"at": "2026-03-09T14:00:00+00:00", "can": 4})
TWO_COME = Count((ANA, BO), (CHI, DEE), (EVE,), 4)
BALLOT = Ballot(
    BallotId(1), CircleId(1), Topic.QUORUM, 1, "", (GO, MOVE, WRITE), START, START + timedelta(days=3, hours=2)
)
ASKED = Asked(BALLOT, a_session(), FIVE, TWO_COME, ("Europe/Berlin",))
TAPPED = replace(BALLOT, votes={ANA: "move", BO: "move", EVE: "write"})
SEVEN_ZONES = tuple(
    f"{place}" for place in ("America/New_York", "Asia/Tokyo", "Europe/Berlin", "Europe/Lisbon", "UTC")
)

OPEN = {
    "asked": ASKED,
    "tapped": replace(ASKED, ballot=TAPPED),
    "many-zones": replace(ASKED, zones=SEVEN_ZONES),
    "nobody-said-yes": replace(
        ASKED, counted=Count((), (), FIVE.members, 4), ballot=replace(BALLOT, options=(GO, WRITE))
    ),
    "alone": replace(
        ASKED, counted=Count((ANA,), (BO, CHI, DEE, EVE), (), 4), ballot=replace(BALLOT, options=(OUT, MOVE, WRITE))
    ),
    "hostile-name": replace(ASKED, circle=replace(FIVE, name="<!channel> & ‮ 😀")),
}
DECIDED = {
    **{outcome: replace(ASKED, ballot=replace(TAPPED, outcome=outcome)) for outcome in ("go", "move", "write")},
    "leave-out": replace(ASKED, ballot=replace(BALLOT, options=(OUT, WRITE), outcome="leave_out")),
    "void": replace(ASKED, ballot=replace(BALLOT, is_void=True)),
}


@pytest.mark.parametrize("asked", OPEN.values(), ids=OPEN)
def test_the_question(asked, looks_right):
    looks_right(blocks.question(asked))


@pytest.mark.parametrize("asked", DECIDED.values(), ids=DECIDED)
def test_what_was_decided(asked, looks_right):
    looks_right(blocks.question(asked))


@pytest.mark.parametrize("counted", [TWO_COME, Count((), (), FIVE.members, 4)], ids=["some", "nobody-said"])
def test_that_it_goes_ahead(counted, looks_right):
    looks_right(blocks.goes(replace(ASKED, counted=counted)))
