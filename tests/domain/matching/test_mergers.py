"""Which circle could take in one that has become too small."""

import pytest

from bot.domain.matching import parse_document
from bot.domain.matching.mergers import joints
from tests.domain.matching.checks import circle_faults
from tests.domain.matching.programs import a_program

PROGRAM = a_program(14)
PROGRAM["people"] = [
    person | {"manager": None, "languages": ["en"], "tz": "UTC", "busy": [], "groups": []}
    for person in PROGRAM["people"]
]
IDS = [person["id"] for person in PROGRAM["people"]]
CIRCLES = [IDS[:3], IDS[3:8], IDS[8:14]]


def found(circles=CIRCLES, small=(0,), **changes):
    people = [person | changes.get(person["id"], {}) for person in PROGRAM["people"]]
    return joints(parse_document(PROGRAM | {"people": people}), circles, small)


def test_it_goes_into_one_that_has_room_for_all_of_it():
    (joint,) = found()
    assert (joint.small, joint.into) == (0, 1)
    assert sorted(joint.circle.members) == sorted(IDS[:8])
    assert circle_faults(PROGRAM, {"members": joint.circle.members, "slot": joint.circle.slot,
                                   "theme": joint.circle.theme} | vars(joint.circle), {}) == []  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [{"languages": ["pl"]}, {"manager": IDS[3]}, {"work": {"days": [6], "start": "03:00", "end": "05:00"}}],
)
def test_nothing_is_found_against_a_rule(change):
    assert found(U000=change) == []


def test_two_that_are_too_small_become_one_and_are_named_once():
    circles = [IDS[:3], IDS[3:5], IDS[6:14]]
    (joint,) = found(circles, small=(0, 1))
    assert (joint.small, joint.into) == (1, 0)


def test_every_circle_takes_part_in_one_at_most():
    circles = [IDS[:2], IDS[2:4], IDS[4:10]]
    assert len(found(circles, small=(0, 1))) == 1


def test_nobody_present_is_no_circle():
    assert found([[], IDS[3:8]], small=(0,)) == []
