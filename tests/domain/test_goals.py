"""Goals and milestones: what is taken, what is refused, and how often anybody hears of them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import goals, when
from bot.domain.commitments import Cause
from bot.domain.errors import NotYours, Refused, RefusedFields
from bot.domain.goals import GoalState, Plan, Replan, Step
from bot.domain.reminders import Place
from tests.builders import a_goal, a_milestone, an_id
from tests.clock import START

ANA, BO = an_id("Ana"), an_id("Bo")
BERLIN = Place("Europe/Berlin")
TODAY = date(2026, 3, 2)
PLAN = Plan("I lead our customer meetings", "I have run four of them alone", date(2026, 9, 1))


def fields_of(act):
    with pytest.raises(RefusedFields) as refused:
        act()
    return set(refused.value.fields)


def test_a_goal_says_what_and_how_it_shows_and_by_when():
    assert goals.check_goal(PLAN, TODAY) == PLAN
    assert fields_of(lambda: goals.check_goal(Plan(" ", "", TODAY), TODAY)) == {"goal", "sign", "by"}
    assert fields_of(lambda: goals.check_goal(replace(PLAN, words="a" * 3000), TODAY)) == {"goal"}
    assert fields_of(lambda: goals.check_goal(replace(PLAN, by=date(2099, 1, 1)), TODAY)) == {"by"}


def test_three_goals_are_enough_and_closed_ones_take_no_place():
    three = [a_goal(id=number) for number in (1, 2, 3)]
    with pytest.raises(Refused, match="3 goals under way"):
        goals.check_room(three)
    goals.check_room([*three[1:], replace(three[0], state=GoalState.LET_GO)])


def test_where_somebody_stands_is_kept_from_the_start_on():
    started = goals.rated(a_goal(), 2, note="", by=ANA, now=START, place=BERLIN)
    later = START + timedelta(days=91)
    once = goals.rated(started, 3, note="half", by=ANA, now=later, place=BERLIN)
    twice = goals.rated(once, 4, note="", by=ANA, now=later + timedelta(minutes=5), place=BERLIN)
    assert [one.step for one in twice.standings] == [2, 4]
    assert twice.change == (started.standings[0], twice.standings[1])
    assert twice.ask_at is not None and twice.ask_at > later + timedelta(days=90)


def test_a_word_on_the_first_day_leaves_that_of_the_start():
    started = goals.rated(a_goal(), 2, note="", by=ANA, now=START, place=BERLIN)
    again = goals.rated(started, 3, note="", by=ANA, now=START + timedelta(minutes=1), place=BERLIN)
    assert [one.step for one in again.standings] == [2, 3]


def test_nobody_else_can_do_anything_with_a_goal():
    goal, step = a_goal(), a_milestone()
    acts = [
        lambda: goals.rated(goal, 2, note="", by=BO, now=START, place=BERLIN),
        lambda: goals.changed(goal, PLAN, BO),
        lambda: goals.closed(goal, GoalState.REACHED, learned="", by=BO, now=START),
        lambda: goals.reopened(goal, by=BO, now=START, place=BERLIN),
        lambda: goals.reached(step, evidence="", link="", by=BO, now=START),
        lambda: goals.replanned(step, Replan(Cause.TIME), goal, by=BO, now=START, today=TODAY),
        lambda: goals.taken_up(step, by=BO, now=START),
        lambda: goals.moved(step, Step("x", date(2026, 4, 1)), by=BO, now=START),
    ]
    for act in acts:
        with pytest.raises(NotYours):
            act()


def test_a_milestone_lies_before_the_day_of_its_goal_while_that_is_ahead():
    goal = a_goal(by=date(2026, 6, 1))
    assert fields_of(lambda: goals.check_step(Step("", date(2026, 6, 2)), goal, TODAY)) == {"milestone", "by"}
    late = date(2026, 7, 1)
    assert goals.check_step(Step("the first", late + timedelta(days=3)), goal, late).by > goal.by


def test_a_missed_day_leads_to_a_cause_and_a_plan():
    goal, step = a_goal(), a_milestone(by=date(2026, 3, 20))
    late, now = date(2026, 3, 23), datetime(2026, 3, 23, 9, tzinfo=UTC)
    again = goals.replanned(
        step, Replan(Cause.TOO_BIG, "ask Sam", date(2026, 4, 3), "half"), goal, by=ANA, now=now, today=late
    )
    assert (again.words, again.by, again.is_open) == ("half", date(2026, 4, 3), True)
    assert [(one.was_for, one.cause, one.plan) for one in again.misses] == [(step.by, Cause.TOO_BIG, "ask Sam")]
    gone = goals.replanned(step, Replan(Cause.CHANGED_MIND), goal, by=ANA, now=now, today=late)
    assert gone.state is GoalState.LET_GO and goals.reminder_days(gone, BERLIN) == ()
    assert goals.taken_up(gone, by=ANA, now=now).is_open


def test_evidence_is_words_or_a_web_address():
    done = goals.reached(a_milestone(), evidence="Four meetings", link="https://a.b/c", by=ANA, now=START)
    assert done.has_evidence and done.state is GoalState.REACHED
    corrected = goals.reached(done, evidence="", link="", by=ANA, now=START + timedelta(days=1))
    assert not corrected.has_evidence and corrected.settled_at == START
    with pytest.raises(RefusedFields):
        goals.reached(a_milestone(), evidence="", link="javascript:alert(1)", by=ANA, now=START)


def test_what_was_let_go_is_not_due():
    reached = a_milestone(id=1, state=GoalState.REACHED, evidence="seen")
    bare = a_milestone(id=2, state=GoalState.REACHED)
    late = a_milestone(id=3, by=TODAY - timedelta(days=1))
    gone = a_milestone(id=4, by=TODAY - timedelta(days=1), state=GoalState.LET_GO)
    ahead = a_milestone(id=5, by=TODAY)
    assert goals.attainment([reached, bare, late, gone, ahead], TODAY) == goals.Attainment(shown=1, reached=2, due=3)


DAYS = st.dates(date(2026, 3, 3), date(2028, 12, 31))


MOVES = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 400)), max_size=4)
ZONES = st.sampled_from(["Europe/Berlin", "Pacific/Kiritimati", "America/Los_Angeles"])


@given(by=DAYS, moves=MOVES, zone=ZONES)
def test_a_day_brings_at_most_two_reminders_and_each_morning_one(by, moves, zone):
    """However often the day is moved: for each day that stands, at most one before it and one after it."""
    place, step, told = Place(zone), a_milestone(by=by, made_at=START), []
    now = START
    for wait, later in [(0, 0), *moves]:
        now += timedelta(days=wait)
        if later:
            step = goals.moved(step, Step(step.words, step.by + timedelta(days=later)), by=ANA, now=now)
        while (at := goals.next_reminder(step, place)) is not None:
            on = when.local(at, zone).date()
            step = goals.promised(step, on)
            told.append((step.by, on))
            assert when.is_working_day(on)
    assert len(set(told)) == len(told) and len({on for _, on in told}) == len(told)
    assert all(sum(of == day for of, _ in told) <= 2 for day, _ in told)
    settled = goals.reached(step, evidence="", link="", by=ANA, now=now)
    assert goals.next_reminder(settled, place) is None
