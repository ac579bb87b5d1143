"""How goals look, branch by branch."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.commitments import Cause
from bot.domain.goals import Attainment, GoalState, Miss, Standing
from bot.features.goals import blocks, form
from bot.features.goals.flows import GoalDesk, Saved, StepDesk
from bot.features.goals.reading import Overview, Part
from tests.builders import a_goal, a_milestone
from tests.clock import START

TODAY = date(2026, 6, 10)
LATER = START + timedelta(days=95)
GOAL = a_goal(words="lead <!channel> *meetings*", standings=(Standing(START, 2), Standing(LATER, 4, "Two went well")))
FRESH = a_goal(id=2, words="Speak at the meetup", standings=(Standing(START, 1),))
AHEAD = a_milestone(by=date(2026, 7, 1))
LATE = a_milestone(id=2, by=date(2026, 6, 1), misses=(Miss(date(2026, 5, 1), Cause.TIME, "ask Sam"),))
DONE = a_milestone(id=3, state=GoalState.REACHED, evidence="Sam was there", link="https://a.b/c", settled_at=LATER)
BARE = a_milestone(id=4, state=GoalState.REACHED, settled_at=LATER)
GONE = a_milestone(id=5, state=GoalState.LET_GO, settled_at=LATER)
CLOSED = replace(GOAL, id=3, state=GoalState.REACHED, closed_at=LATER, learned="Begin with <@U1>", ask_at=None)
DROPPED = replace(FRESH, id=4, state=GoalState.LET_GO, closed_at=LATER, standings=())
SHOWN = Overview(
    TODAY,
    [Part(GOAL, [LATE, AHEAD, DONE, BARE, GONE]), Part(FRESH), Part(CLOSED, [DONE]), Part(DROPPED)],
    Attainment(shown=1, reached=2, due=3),
    LATER - timedelta(days=1),
)


@pytest.mark.parametrize("look", [blocks.overview, blocks.behind, blocks.home, blocks.in_brief])
def test_goals_look_right(looks_right, look):
    looks_right(look(SHOWN))


@pytest.mark.parametrize("look", [blocks.overview, blocks.behind, blocks.home])
def test_without_any_it_says_what_a_goal_is(looks_right, look):
    looks_right(look(Overview(TODAY)))


def test_three_goals_leave_no_room_and_six_milestones_none():
    steps = [replace(AHEAD, id=number) for number in range(6)]
    full = blocks.overview(Overview(TODAY, [Part(replace(GOAL, id=number), steps) for number in range(3)]))
    assert "Set a goal" not in str(full.blocks) and "Add a milestone" not in str(full.blocks)
    assert len(full.blocks) <= 50


def test_nothing_near_is_nothing_in_brief():
    assert blocks.in_brief(Overview(TODAY, [Part(GOAL, [AHEAD])])) == []


RECEIPTS = {
    "saved": blocks.goal_saved(GOAL),
    "changed": blocks.goal_changed(GOAL),
    "rated_first": blocks.rated(FRESH),
    "rated_up": blocks.rated(GOAL),
    "rated_down": blocks.rated(replace(GOAL, standings=GOAL.standings[::-1])),
    "rated_same": blocks.rated(replace(GOAL, standings=GOAL.standings[:1] * 2)),
    "reached": blocks.goal_closed(Part(CLOSED)),
    "let_go": blocks.goal_closed(Part(DROPPED)),
    "reopened": blocks.reopened(GOAL),
    "planned": blocks.planned(Saved(AHEAD, GOAL)),
    "milestone_reached": blocks.settled(Saved(DONE, GOAL)),
    "milestone_bare": blocks.settled(Saved(BARE, GOAL)),
    "milestone_let_go": blocks.settled(Saved(GONE, GOAL)),
    "milestone_anew": blocks.letter_settled(Saved(LATE, GOAL)),
    "letter_ahead": blocks.ahead(AHEAD, GOAL),
    "letter_after": blocks.after(LATE, GOAL),
    "letter_stand": blocks.where_do_you_stand(GOAL),
    "letter_stand_unrated": blocks.where_do_you_stand(DROPPED),
}
FORMS = {
    "new": form.new_goal(TODAY),
    "change": form.change_goal(GoalDesk(GOAL, TODAY)),
    "rate": form.rate(GOAL),
    "close": form.close_goal(GOAL),
    "milestone": form.new_step(GoalDesk(GOAL, TODAY)),
    "milestone_of_an_old_goal": form.new_step(GoalDesk(replace(GOAL, by=TODAY), TODAY)),
    "move": form.change_step(StepDesk(GOAL, TODAY, AHEAD)),
    "reach": form.reach(DONE),
    "anew": form.plan_anew(StepDesk(GOAL, TODAY, LATE)),
}


@pytest.mark.parametrize("name", RECEIPTS)
def test_receipts_and_letters_look_right(looks_right, name):
    looks_right(RECEIPTS[name])


@pytest.mark.parametrize("name", FORMS)
def test_forms_look_right(looks_right, name):
    looks_right(FORMS[name])
