"""Changes by hand: only the circles concerned change, and a broken rule is a sentence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.errors import Refused
from bot.domain.matching import Options, judge_circle, move, parse_document, place, read_circles, swap, written
from bot.domain.matching.groups import propose_circles
from tests.domain.matching.checks import circle_faults
from tests.domain.matching.programs import ZONES, a_program

PROGRAM = a_program(24)
PROGRAM["people"] = [person | {"manager": None} for person in PROGRAM["people"]]
DOCUMENT = parse_document(PROGRAM)
DRAWN = propose_circles(DOCUMENT, Options(steps=40))


def with_joiner(**parts):
    joiner = PROGRAM["people"][0] | {"id": "NEW", "manager": None} | parts
    return PROGRAM | {"people": [*PROGRAM["people"], joiner]}


def members(result):
    return sorted(circle.members for circle in result.circles)


def test_a_late_joiner_gets_a_seat_and_all_other_circles_stay():
    program = with_joiner()
    placed = place(parse_document(program), DRAWN, "NEW")
    assert len(placed.circle_of("NEW").members) <= 8
    without = sorted(tuple(id for id in circle if id != "NEW") for circle in members(placed))
    assert without == members(DRAWN)
    assert all(circle_faults(program, circle, {}) == [] for circle in placed.to_json()["circles"])


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000))
def test_a_joiner_gets_the_best_legal_seat_or_a_reason(seed):
    joiner = a_program(1, seed=seed, zones=ZONES)["people"][0] | {"id": "NEW"}
    program = PROGRAM | {"people": [*PROGRAM["people"], joiner]}
    placed = place(parse_document(program), DRAWN, "NEW")
    legal = []
    for circle in DRAWN.circles:
        try:
            judge_circle(parse_document(program), [*circle.members, "NEW"])
            legal.append(circle)
        except Refused:
            continue
    assert bool(legal) == (placed.circle_of("NEW") is not None)
    assert [each.id for each in placed.unplaced] == ([] if legal else ["NEW"])
    assert all(circle_faults(program, circle, {}) == [] for circle in placed.to_json()["circles"])


def test_waiting_people_and_a_joiner_make_a_new_circle():
    tokyo = [{"id": f"T{n}", "tz": "Asia/Tokyo", "languages": ["en"], "circle": {}} for n in range(4)]
    lima = [{"id": f"L{n}", "tz": "America/Lima", "languages": ["en"], "circle": {}} for n in range(6)]
    drawn = propose_circles(parse_document(a_program(0, people=[*tokyo[:3], *lima])))
    assert [each.id for each in drawn.unplaced] == ["T0", "T1", "T2"]
    placed = place(parse_document(a_program(0, people=[*tokyo, *lima])), drawn, "T3")
    assert placed.circle_of("T3").members == ("T0", "T1", "T2", "T3")
    assert placed.unplaced == ()


def test_a_joiner_who_fits_nowhere_is_listed():
    document = parse_document(with_joiner(languages=["fi"]))
    placed = place(document, DRAWN, "NEW")
    assert [(each.id, each.reason) for each in placed.unplaced] == [("NEW", "language")]


@pytest.mark.parametrize(("person", "said"), [("U000", "has a circle already"), ("NOBODY", "does not take part")])
def test_only_a_participant_without_a_circle_is_placed(person, said):
    with pytest.raises(Refused, match=said):
        place(DOCUMENT, DRAWN, person)


def test_two_members_change_places_and_nothing_else_changes():
    one, other = DRAWN.circles[0].members[0], DRAWN.circles[1].members[0]
    swapped = swap(DOCUMENT, DRAWN, one, other)
    assert set(swapped.circle_of(other).members) == {*DRAWN.circles[0].members, other} - {one}
    assert set(swapped.circle_of(one).members) == {*DRAWN.circles[1].members, one} - {other}
    assert set(members(DRAWN)) & set(members(swapped)) == set(members(DRAWN)[2:])
    assert members(swap(DOCUMENT, swapped, one, other)) == members(DRAWN)


def test_a_swap_that_breaks_a_rule_is_refused_with_a_sentence():
    document = parse_document(with_joiner(languages=["fi"]))
    drawn = place(document, DRAWN, "NEW")
    with pytest.raises(Refused, match="no language in common; without NEW they would"):
        swap(document, drawn, "U000", "NEW")


def test_a_swap_inside_one_circle_is_refused():
    with pytest.raises(Refused, match="same circle already"):
        swap(DOCUMENT, DRAWN, *DRAWN.circles[0].members[:2])


def test_a_member_moves_to_another_circle():
    large = max(DRAWN.circles, key=lambda circle: len(circle.members))
    small = min(DRAWN.circles, key=lambda circle: len(circle.members))
    moved = move(DOCUMENT, DRAWN, large.members[0], small.members[0])
    assert set(moved.circle_of(small.members[0]).members) == {*small.members, large.members[0]}


@pytest.mark.parametrize("to", ["NOBODY", DRAWN.circles[0].members[1]])
def test_a_move_to_nowhere_is_refused(to):
    with pytest.raises(Refused):
        move(DOCUMENT, DRAWN, DRAWN.circles[0].members[0], to)


def test_a_circle_made_by_hand_is_judged_like_a_drawn_one():
    drawn = DRAWN.circles[0]
    assert judge_circle(DOCUMENT, drawn.members) == drawn


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ([{}, {}, {}], "4 to 8 members; this one would have 3"),
        ([{}, {}, {}, {"manager": "P0"}], "P0 and P3 are on one reporting line"),
        ([{}, {}, {}, {"tz": "Pacific/Auckland"}], "60 minutes in the week; without P3 they would"),
        ([{}, {}, {}, {"languages": ["fi"]}], "no language in common; without P3 they would"),
        ([{}, {}, {}, {"groups": ["parents"]}], "the only one of a group"),
    ],
)
def test_a_circle_made_by_hand_that_breaks_a_rule_is_refused_with_it(people, said):
    people = [{"id": f"P{n}", "languages": ["en"], "circle": {}} | parts for n, parts in enumerate(people)]
    document = parse_document(a_program(0, people=people, circle={"no_isolation_groups": ["parents"]}))
    with pytest.raises(Refused, match=said):
        judge_circle(document, [person["id"] for person in people])


def test_a_changed_draw_reads_back_and_knows_that_it_was_changed():
    one, other = DRAWN.circles[0].members[0], DRAWN.circles[1].members[0]
    swapped = swap(DOCUMENT, DRAWN, one, other)
    assert swapped.header.changes == 1
    assert read_circles(written(swapped)) == swapped
