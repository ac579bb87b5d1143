"""How a circle's question about its size looks, branch by branch."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import sizes
from bot.domain.ballots import Ballot, Option, Topic
from bot.domain.ids import BallotId, CircleId
from bot.domain.sizes import Choice
from bot.features.matching import size_blocks
from bot.features.matching.size_votes import SizeAsked
from tests.builders import a_circle, an_id
from tests.clock import START

ANA, BO, CHI, GUS = (an_id(name) for name in ("Ana", "Bo", "Chi", "Gus"))
HOSTILE = "Birch <!channel> & *x* ‮ 😀"
OAK = a_circle("Ana", "Bo", "Chi")
BIRCH = a_circle("Eve", "Fay", id=CircleId(2), name=HOSTILE)
STAY = Option(Choice.STAY.value)
SMALL = (
    STAY,
    sizes.merge(BIRCH, slot=30, because="3 departments; 2 cities."),
    sizes.top_up([GUS]),
    sizes.spread({ANA: BIRCH.id, BO: BIRCH.id, CHI: BIRCH.id}),
)
BALLOT = Ballot(BallotId(1), OAK.id, Topic.SIZE, OAK.id, "", SMALL, START, START + timedelta(days=3))
ASKED = SizeAsked(BALLOT, OAK, {BIRCH.id: BIRCH})
LARGE = replace(a_circle("Ana", "Bo", "Chi", "Dee", "Eve"), size_max=4)
HOST = replace(BALLOT, options=sizes.host(OAK, BALLOT), circle=BIRCH.id)
HOSTING = SizeAsked(HOST, BIRCH, {OAK.id: OAK, BIRCH.id: BIRCH})
OPEN = {
    "small": ASKED,
    "small-tapped": replace(ASKED, ballot=replace(BALLOT, votes={ANA: "merge", BO: "stay"})),
    "merge-as-now": replace(ASKED, ballot=replace(BALLOT, options=(STAY, sizes.merge(BIRCH, slot=None, because="")))),
    "other-gone": replace(ASKED, others={}),
    "large": SizeAsked(replace(BALLOT, options=(STAY, sizes.split(LARGE))), LARGE),
    "host": HOSTING,
}
DECIDED = {
    **{
        key: replace(ASKED, ballot=replace(BALLOT, votes={ANA: key}, outcome=key))
        for key in ("stay", "merge", "top_up")
    },
    "spread": replace(ASKED, ballot=replace(BALLOT, outcome="spread")),
    "split": SizeAsked(replace(BALLOT, options=(STAY, sizes.split(LARGE)), outcome="split"), LARGE),
    "host": replace(HOSTING, ballot=replace(HOST, outcome="host")),
    "void": replace(ASKED, ballot=replace(BALLOT, is_void=True)),
}


@pytest.mark.parametrize(
    "asked", [*OPEN.values(), *DECIDED.values()], ids=[*OPEN, *(f"decided-{key}" for key in DECIDED)]
)
def test_the_question(asked, looks_right):
    looks_right(size_blocks.question(asked))


@pytest.mark.parametrize(("key", "why"), [("merge", ""), ("stay", ""), ("host", "Two of them don't fit.")])
def test_what_a_lead_is_told(key, why, looks_right):
    looks_right(size_blocks.told(DECIDED[key], why))


def test_that_two_circles_stay_apart(looks_right):
    looks_right(size_blocks.failed(f"{HOSTILE} stays as it is."))


@pytest.mark.parametrize("circle", [OAK, replace(BIRCH, channel=None)], ids=["oak", "hostile"])
def test_a_seat_is_offered(circle, looks_right):
    looks_right(size_blocks.seat(circle))
