"""Circles explained to each person: why this one, what was given up, and what would help those served least."""

from bot.domain.matching import Options, parse_document, read_circles, written
from bot.domain.matching.engine import replay
from bot.domain.matching.groups import propose_circles
from bot.domain.matching.personal import LEAST_SERVED
from tests.domain.matching.programs import ZONES, a_program

EXPLAIN = Options(steps=60, explain=True)
PLAIN = {"languages": ["en"], "tz": "UTC", "country": "PL", "background": None, "level": 2}


def explained(program):
    return {one.id: one for one in propose_circles(parse_document(program), EXPLAIN).people}


def people(*given):
    return [
        {"id": f"U{place}", "dept": f"D{place}", "circle": {"themes": ["chess"]}} | PLAIN | one
        for place, one in enumerate(given)
    ]


def test_everybody_with_a_circle_is_told_why_and_the_least_served_what_would_help():
    program = a_program(40, zones=ZONES, circle={"no_isolation_groups": ["early-career"]})
    document = parse_document(program)
    proposal = propose_circles(document, EXPLAIN)
    seated = {id: number for number, circle in enumerate(proposal.circles, start=1) for id in circle.members}
    assert {one.id: one.circle for one in proposal.people} == seated
    assert all(one.because and one.gave_up for one in proposal.people)
    helped = [one for one in proposal.people if one.would_help]
    assert len(helped) == LEAST_SERVED
    assert max(one.worth for one in helped) <= min(one.worth for one in proposal.people if not one.would_help)
    assert all(each.reason and each.would_help for each in proposal.unplaced)
    assert read_circles(written(proposal)) == proposal and replay(document, written(proposal))


def test_without_being_asked_nobody_is_explained():
    result = propose_circles(parse_document(a_program(12)), Options(steps=10)).to_json()
    assert "people" not in result


def test_a_wish_that_was_met_is_named_and_one_that_was_not_was_given_up():
    other = {"circle": {"themes": ["jazz", "chess"]}}
    found = explained(a_program(0, people=people({}, {}, {}, other), circle={"min": 4, "max": 4, "target": 4}))
    assert "Theme *chess*, your first choice" in found["U0"].because
    assert "3 of 3 others are from another department" in found["U0"].because
    assert "theme *chess*, your second choice" in found["U3"].because.replace("Theme", "theme")
    assert "our first choice was *jazz*" in found["U3"].gave_up


def test_the_least_served_hear_which_hours_would_open_a_better_circle():
    def at(start, end):
        return {"work": {"days": [0], "start": start, "end": end}, "busy": []}

    early, late = at("09:00", "10:00"), at("15:00", "16:00")
    lone = late | {"circle": {"themes": ["jazz"]}}
    waiting = [late | {"circle": {"themes": ["tea"]}}] * 3
    jazz = [early | {"circle": {"themes": ["jazz"]}}] * 4
    found = explained(a_program(0, people=people(*jazz, *waiting, lone), circle={"min": 4, "max": 5, "target": 4}))
    assert "60 more free minutes around Mon 09:00, UTC, would open circle 1 to them" in found["U7"].would_help


def test_circle_mates_of_before_are_given_up_fresh_company():
    history = [{"a": "U0", "b": "U1", "kind": "circle", "outcome": "ok"}]
    rules = {"min": 4, "max": 4, "target": 4}
    found = explained(a_program(0, people=people({}, {}, {}, {}), circle=rules, history=history))
    assert "you have met U1 before" in found["U0"].gave_up
    assert "no circle with any of them before" in found["U2"].because
