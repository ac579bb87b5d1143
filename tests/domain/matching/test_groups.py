"""Circles of a whole program: rules hold, everyone is placed or listed, small draws are proven best."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.errors import Refused
from bot.domain.matching import Options, columns, parse_document, search, written
from bot.domain.matching.groups import propose_circles
from bot.domain.matching.search import length_of
from bot.domain.matching.sizes import coverable
from tests.domain.matching.checks import circle_faults
from tests.domain.matching.programs import ZONES, a_program, programs, shuffled

EASY = {"min": 3, "max": 5, "target": 4}
RULES = st.sampled_from(
    [{}, EASY, EASY | {"no_isolation_groups": ["early-career"]}, {"min": 2, "max": 3, "manager_depth": 0}]
)


def the_circles(program, options=None):
    """By a short search; the proof that may follow it is test_exact's."""
    return propose_circles(parse_document(program), options or Options(steps=60))


@settings(max_examples=25, deadline=None)
@given(programs(most=40), RULES)
def test_rules_hold_and_everyone_is_placed_or_listed_with_a_reason(program, rules):
    program["config"] = {"circle": rules}
    proposal = the_circles(program, Options(steps=12)).to_json()
    assert [circle_faults(program, circle, rules) for circle in proposal["circles"]] == [[]] * len(
        proposal["circles"]
    )
    heard = sorted(
        [id for circle in proposal["circles"] for id in circle["members"]] + [u["id"] for u in proposal["unplaced"]]
    )
    assert heard == [person["id"] for person in program["people"] if not person["paused"]]
    assert all(each["reason"] and each["would_help"] for each in proposal["unplaced"])


@settings(max_examples=12, deadline=None)
@given(programs(most=40), RULES)
def test_the_order_of_the_input_changes_nothing(program, rules):
    program["config"] = {"circle": rules}
    options = Options(steps=12)
    assert written(the_circles(program, options)) == written(the_circles(shuffled(program), options))


def test_a_program_of_24_gets_circles_with_reasons_hours_and_themes():
    proposal = the_circles(a_program(24))
    assert proposal.summary["placed"] == 24
    assert proposal.unplaced == ()
    for circle in proposal.circles:
        assert circle.because.startswith(f"Theme *{circle.theme}*")
        assert "everyone is free" in circle.because
        assert set(circle.when["local"]) <= {"Europe/Warsaw", "Europe/Lisbon"}
        assert sum(circle.worth.values()) == pytest.approx(circle.value, abs=2000)


@pytest.mark.parametrize("people", [100, 300])
def test_a_large_program_across_six_zones_is_placed_whole_and_better_than_by_the_list(people):
    program = a_program(people, zones=ZONES, circle={"no_isolation_groups": ["early-career"]})
    proposal = the_circles(program, Options(steps=150))
    assert all(circle_faults(program, c, program["config"]["circle"]) == [] for c in proposal.to_json()["circles"])
    assert proposal.summary["placed"] == people
    before, after = proposal.summary["before"], proposal.summary["after"]
    assert before["broken"] > after["broken"] == 0
    assert after["mean"] > before["mean"]
    assert after["worst"]["value"] > before["worst"]["value"]


@pytest.mark.parametrize("people", [*range(1, 25), 29, 33, 34, 41, 44])
def test_every_headcount_is_covered_as_far_as_sizes_can(people):
    """All in one zone with the same hours: only the headcount limits."""
    program = a_program(
        0,
        people=[{"id": f"U{n:02}", "languages": ["en"], "circle": {}} for n in range(people)],
        circle={"min": 5, "max": 7},
    )
    proposal = the_circles(program, Options(steps=4))
    assert proposal.summary["placed"] == coverable(people, 5, 7)
    for each in proposal.unplaced:
        assert each.reason == "headcount"
        assert each.would_help == proposal.summary["note"]


def test_two_regions_without_a_common_hour_get_circles_of_their_own():
    tokyo = [{"id": f"T{n}", "tz": "Asia/Tokyo", "languages": ["en"], "circle": {}} for n in range(10)]
    lima = [{"id": f"L{n}", "tz": "America/Lima", "languages": ["en"], "circle": {}} for n in range(9)]
    proposal = the_circles(a_program(0, people=[*tokyo, *lima]))
    assert proposal.summary["placed"] == 19
    assert all(len({id[0] for id in circle.members}) == 1 for circle in proposal.circles)


def one_odd_person(**parts):
    people = [{"id": f"U{n}", "languages": ["en"], "circle": {}} for n in range(6)]
    odd = {"id": "Z", "languages": ["en"], "circle": {}} | parts
    proposal = the_circles(
        a_program(0, people=[*people, odd], circle=parts.pop("rules", {"no_isolation_groups": ["parents"]}))
    )
    assert proposal.summary["placed"] == 6
    return proposal.unplaced[0]


@pytest.mark.parametrize(
    ("parts", "reason", "help"),
    [
        ({"work": {"start": "20:00", "end": "23:00"}}, "overlap", "60 more free minutes around"),
        (
            {"work": {"days": [0], "start": "16:30", "end": "17:30"}},
            "overlap",
            "30 more free minutes around Mon 16:00, UTC, would place them in circle 1.",
        ),
        ({"languages": ["pl"]}, "language", "one more language"),
        ({"languages": []}, "language", "one more language"),
        ({"groups": ["parents"]}, "isolated", "One more participant of the same group"),
    ],
)
def test_whoever_finds_no_circle_hears_why_and_what_would_help(parts, reason, help):
    found = one_odd_person(**parts)
    assert found.reason == reason
    assert help in found.would_help
    assert "parents" not in found.would_help


def test_a_manager_of_everybody_is_told_that_the_line_is_the_reason():
    people = [{"id": f"U{n}", "languages": ["en"], "circle": {}, "manager": "Z"} for n in range(6)]
    boss = {"id": "Z", "languages": ["en"], "circle": {}}
    unplaced = the_circles(a_program(0, people=[*people, boss])).unplaced
    assert [(each.id, each.reason) for each in unplaced] == [("Z", "manager_line")]


def test_a_blocked_pair_is_apart_and_nobody_is_told():
    program = a_program(12, blocks=[["U000", "U001"], ["U002", "U003"]])
    proposal = the_circles(program)
    assert proposal.circle_of("U000") != proposal.circle_of("U001")
    assert "block" not in written(proposal)


def test_former_circle_mates_are_mixed_and_that_is_said():
    program = a_program(24)
    first = the_circles(program)
    pairs = [pair for circle in first.circles for pair in combinations(circle.members, 2)]
    program["history"] = [{"a": a, "b": b, "kind": "circle", "outcome": "ok"} for a, b in pairs]
    second = the_circles(program)
    repeats = [pair for circle in second.circles for pair in combinations(circle.members, 2) if pair in pairs]
    assert len(repeats) < len(pairs) / 4
    said = ["nobody sat in a circle together before" in circle.because for circle in second.circles]
    assert said == [not any(pair in pairs for pair in combinations(circle.members, 2)) for circle in second.circles]


def test_locks_hold_and_a_kept_circle_stays_as_it_is():
    program = a_program(40)
    first = the_circles(program)
    kept = first.circles[0].members
    free = [id for circle in first.circles[1:] for id in circle.members]
    options = Options(keep=(kept,), together=((free[0], free[-1]),), apart=((free[1], free[2]),))
    again = the_circles(program, options)
    assert again.circle_of(kept[0]).members == kept
    assert again.circle_of(free[0]) == again.circle_of(free[-1])
    assert again.circle_of(free[1]) != again.circle_of(free[2])
    assert again.summary["placed"] == 40


def test_locks_hold_in_a_small_draw_too():
    free = the_circles(a_program(10)).circles
    one, other = free[0].members[0], free[1].members[0]
    again = the_circles(a_program(10), Options(together=((one, other),)))
    assert again.circle_of(one) == again.circle_of(other) is not None


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (Options(keep=(("U000", "U001"),)), "4 to 8 members"),
        (Options(keep=(("U000", "NOBODY"),)), "NOBODY does not take part"),
        (Options(together=(("U000", "NOBODY"),)), "NOBODY does not take part"),
    ],
)
def test_a_lock_that_cannot_hold_is_refused_with_its_reason(options, said):
    with pytest.raises(Refused, match=said):
        the_circles(a_program(24), options)


class Impatient:
    """Stops the draw at the third look."""

    def __init__(self):
        self.seen = []

    def progress(self, done, total):
        self.seen.append((done, total))

    def stopped(self):
        return len(self.seen) == 3


def test_a_stopped_draw_is_whole_and_can_be_made_again():
    program, watch = a_program(60, zones=ZONES), Impatient()
    document = parse_document(program)
    stopped = propose_circles(document, watch=watch)
    assert len(watch.seen) == 3
    assert stopped.header.options.stopped_at == stopped.summary["steps"] == 2
    assert all(circle_faults(program, circle, {}) == [] for circle in stopped.to_json()["circles"])
    assert written(propose_circles(document, stopped.header.options)) == written(stopped)


def test_a_draw_that_is_stopped_during_its_proof_can_be_made_again():
    class AfterTheSearch(Impatient):
        def stopped(self):
            return len(self.seen) > 20 and self.seen[-1][0] > self.rounds

    document = parse_document(a_program(16, zones=ZONES[:1]))
    watch = AfterTheSearch()
    watch.rounds = length_of(16, 8, Options()).rounds
    stopped = propose_circles(document, watch=watch)
    assert stopped.header.options.stopped_at == watch.rounds + 1
    assert written(propose_circles(document, stopped.header.options)) == written(stopped)


def test_another_seed_gives_another_draw():
    drawn = {the_circles(a_program(60) | {"seed": seed}, Options(steps=12)).circles[0].members for seed in range(5)}
    assert len(drawn) > 1


def test_a_language_must_be_common_to_all_and_not_only_to_each_two():
    spoken = [["en", "pl"], ["pl", "de"], ["de", "en"]]
    people = [{"id": f"U{n}", "languages": languages, "circle": {}} for n, languages in enumerate(spoken)]
    rules = {"min": 3, "max": 3}
    assert the_circles(a_program(0, people=people, circle=rules)).summary["placed"] == 0
    assert the_circles(a_program(0, people=people, circle=rules | {"common_language": False})).summary["placed"] == 3


def test_circles_stand_in_the_order_of_their_first_member():
    first = [circle.members[0] for circle in the_circles(a_program(40)).circles]
    assert first == sorted(first)


@pytest.mark.parametrize("circle", [EASY, EASY | {"manager_depth": 0}])
def test_a_crowd_too_large_for_a_table_of_distances_is_drawn_alike(circle, monkeypatch):
    ids = [f"U{number:03}" for number in range(40)]
    past = [
        {"a": one, "b": other, "kind": "circle", "outcome": "ok"} for one, other in zip(ids, ids[7:], strict=False)
    ]
    blocks = [[one, other] for one, other in zip(ids, ids[11:], strict=False)]
    program = a_program(40, circle=circle, history=past, blocks=blocks)
    monkeypatch.setattr(search, "AT_ONCE", 1)  # as of a large crowd, one draw at a time
    with_a_table = written(the_circles(program))
    monkeypatch.setattr(columns, "DENSE", 0)
    assert written(the_circles(program)) == with_a_table
