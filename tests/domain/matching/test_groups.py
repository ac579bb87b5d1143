"""Circles: hard rules, everyone placed or listed, the same answer again."""

import random

from bot.domain.matching.groups import propose_circles
from bot.domain.matching.parsing import parse_document
from bot.domain.matching.results import written
from tests.domain.matching.programs import ZONES, a_program


def test_everyone_of_a_program_of_24_gets_a_circle_and_a_reason():
    proposal = propose_circles(parse_document(a_program(24)))
    assert sorted(id for circle in proposal.circles for id in circle.members) == [f"U{n:03}" for n in range(24)]
    assert all("everyone is free" in circle.because for circle in proposal.circles)
    assert proposal.unplaced == ()


def test_the_order_of_the_input_changes_nothing():
    program = a_program(40, zones=ZONES)
    shuffled = program | {"people": random.Random(3).sample(program["people"], 40)}
    assert written(propose_circles(parse_document(program))) == written(propose_circles(parse_document(shuffled)))
