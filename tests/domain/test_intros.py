"""The rules of asking for a coffee."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain import intros
from bot.domain.errors import Gone, NotYours, Refused
from bot.domain.ids import IntroId
from bot.domain.intros import Fit, Intro, IntroState
from bot.domain.people import Kind
from tests.builders import a_member, a_profile, an_id
from tests.clock import START


def an_intro(asker="Ana", asked="Bo", **overrides):
    ordinary = Intro(IntroId(1), an_id(asker), an_id(asked), Kind.SKILL, START, START + timedelta(days=3))
    return replace(ordinary, **overrides)


@pytest.mark.parametrize(
    ("asked_at", "zone", "expected"),
    [
        (datetime(2026, 3, 2, 9, tzinfo=UTC), "Europe/Berlin", datetime(2026, 3, 5, 17, tzinfo=UTC)),
        # Over a weekend, and over the change of the clocks on the 29th of March.
        (datetime(2026, 3, 26, 9, tzinfo=UTC), "Europe/Berlin", datetime(2026, 3, 31, 16, tzinfo=UTC)),
        # In the evening it can be read on Tuesday only, so the days begin there.
        (datetime(2026, 3, 2, 20, tzinfo=UTC), "Europe/Berlin", datetime(2026, 3, 6, 17, tzinfo=UTC)),
        # On Saturday it can be read on Monday.
        (datetime(2026, 3, 7, 9, tzinfo=UTC), "Asia/Kolkata", datetime(2026, 3, 12, 12, 30, tzinfo=UTC)),
    ],
)
def test_three_working_days_end_in_the_evening_where_the_other_lives(asked_at, zone, expected):
    assert intros.answer_by(asked_at, zone, 3) == expected


@pytest.mark.parametrize("state", [state for state in IntroState if state is not IntroState.ASKED])
def test_what_has_ended_is_not_answered_again(state):
    with pytest.raises(Refused) as refused:
        intros.check_answering(an_intro(state=state), an_id("Bo"))
    assert str(refused.value) == intros.ENDED[state]
    with pytest.raises(Refused, match="nothing to take back"):
        intros.check_withdrawing(an_intro(state=state), an_id("Ana"))


def test_each_side_does_its_own_part():
    intros.check_answering(an_intro(), an_id("Bo"))
    intros.check_withdrawing(an_intro(), an_id("Ana"))
    with pytest.raises(NotYours):
        intros.check_answering(an_intro(), an_id("Ana"))
    with pytest.raises(NotYours):
        intros.check_withdrawing(an_intro(), an_id("Bo"))


@pytest.mark.parametrize(
    ("open_now", "sentence"),
    [
        ([an_intro("Bo", "Ana")], "between the two of you already"),
        ([an_intro("Ana", name) for name in ("Chi", "Dee", "Eve")], "You have 3 requests open"),
        ([an_intro(name, "Bo") for name in ("Chi", "Dee", "Eve")], "several requests to answer"),
    ],
)
def test_nobody_asks_too_much(open_now, sentence):
    with pytest.raises(Refused, match=sentence):
        intros.check_asking(an_id("Ana"), an_id("Bo"), open_now)
    ended = [replace(intro, state=IntroState.DECLINED) for intro in open_now]
    intros.check_asking(an_id("Ana"), an_id("Bo"), ended)


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        (None, "don't know that person"),
        (a_member("Bo", left=True), "account here is closed"),
        (a_member("Bo", paused_until=START + timedelta(days=1)), "taking a break"),
    ],
)
def test_who_cannot_be_reached_is_said_kindly(other, sentence):
    with pytest.raises(Refused, match=sentence):
        intros.check_reachable(other, START)


def test_a_pause_that_is_over_is_over():
    bo = a_member("Bo", paused_until=START)
    assert intros.check_reachable(bo, START) == bo
    with pytest.raises(Gone):
        intros.check_reachable(None, START)


@pytest.mark.parametrize(
    ("intro", "skipped"),
    [
        (an_intro(), True),
        (an_intro(state=IntroState.WITHDRAWN), False),
        (an_intro(state=IntroState.DECLINED, answered_at=START), True),
        (an_intro(state=IntroState.EXPIRED, answered_at=START - intros.RECENT), False),
        (an_intro("Bo", "Ana", state=IntroState.ACCEPTED, answered_at=START), True),
    ],
)
def test_who_is_not_offered_again(intro, skipped):
    assert intros.people_to_skip([intro], an_id("Ana"), START) == ({an_id("Bo")} if skipped else set())


@pytest.mark.parametrize(
    ("capacity", "held", "kind", "free"), [(2, 1, "skill", 1), (2, 3, "skill", 0), (0, 9, "micro", 1)]
)
def test_free_places(capacity, held, kind, free):
    assert intros.free_places(a_profile(capacity=capacity), held, Kind(kind)) == free


def profiles(**managers):
    return {an_id(name): a_profile(name, manager=an_id(boss) if boss else None) for name, boss in managers.items()}


def test_the_line_above_somebody():
    line = profiles(Ana="Bo", Bo="Chi", Chi=None)
    assert intros.line_above(an_id("Ana"), line) == (an_id("Bo"), an_id("Chi"))
    assert intros.line_above(an_id("Chi"), line) == ()
    assert intros.line_above(an_id("Nobody"), line) == ()


def test_a_line_in_a_ring_ends():
    ring = profiles(Ana="Bo", Bo="Chi", Chi="Bo")
    assert intros.line_above(an_id("Ana"), ring) == (an_id("Bo"), an_id("Chi"))
    assert intros.line_above(an_id("Bo"), ring) == (an_id("Chi"), an_id("Bo"))
    assert intros.line_above(an_id("Dee"), profiles(Dee="Dee")) == (an_id("Dee"),)


@pytest.mark.parametrize(("one", "other"), [("Ana", "Chi"), ("Chi", "Ana"), ("Ana", "Bo")])
def test_mentoring_stays_outside_the_reporting_line(one, other):
    line = profiles(Ana="Bo", Bo="Chi", Chi=None, Dee="Chi")
    with pytest.raises(Refused, match="reporting line"):
        intros.check_apart(an_id(one), an_id(other), line)
    intros.check_apart(an_id("Ana"), an_id("Dee"), line)


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        (set(), Fit.OK),
        ({Fit.OK}, Fit.OK),
        ({Fit.NEVER_MET}, Fit.NEVER_MET),
        ({Fit.OK, Fit.NEVER_MET}, Fit.OK),
        ({Fit.MISMATCH, Fit.NEVER_MET}, Fit.MISMATCH),
        ({Fit.OK, Fit.MISMATCH}, Fit.MISMATCH),
    ],
)
def test_what_two_say_is_one_fact(said, outcome):
    assert intros.outcome(said) is outcome


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        # Tuesday 24 March and seven working days, over the change of the clocks on the 29th.
        ("Europe/Berlin", datetime(2026, 4, 2, 7, tzinfo=UTC)),
        # In Auckland it is the 25th already.
        ("Pacific/Auckland", datetime(2026, 4, 2, 20, tzinfo=UTC)),
    ],
)
def test_both_are_asked_how_it_was_in_a_morning_of_theirs(zone, expected):
    assert intros.ask_fit_at(datetime(2026, 3, 24, 18, tzinfo=UTC), zone) == expected
