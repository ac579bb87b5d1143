"""How relationships look, branch by branch."""

from datetime import date, timedelta

import pytest

from bot.domain.ids import MeetingId, RelationshipId
from bot.domain.meetings import Meeting
from bot.domain.people import Kind
from bot.domain.relationships import RelationshipState
from bot.features.relationships import blocks, form
from bot.features.relationships.reading import Shown
from tests.builders import a_relationship, an_id
from tests.clock import START

ANA, BO = an_id("Ana"), an_id("Bo")
PAIR = a_relationship(ends_on=date(2026, 9, 1))
MEETING = Meeting(MeetingId(1), PAIR.id, START + timedelta(days=3), 30)
OVER = a_relationship(
    id=RelationshipId(2), state=RelationshipState.CLOSED, closed_at=START, ended_by=ANA, reason="<!here> too busy"
)
NEW = Shown(PAIR, ANA, START)
PLANNED = Shown(PAIR, BO, START, MEETING, 2)
BEGUN = Shown(PAIR, ANA, START + timedelta(days=4), MEETING, 1)
PEERS = Shown(a_relationship(kind=Kind.PEER, id=RelationshipId(3), group=None, every_weeks=2, minutes=30), BO, START)
MICRO = Shown(a_relationship(kind=Kind.MICRO, id=RelationshipId(4), every_weeks=0, minutes=30), ANA, START)
ENDED, ENDED_FOR_BO = Shown(OVER, ANA, START), Shown(OVER, BO, START)
EVERY = {"new": NEW, "planned": PLANNED, "begun": BEGUN, "peers": PEERS, "micro": MICRO, "ended": ENDED}


@pytest.mark.parametrize("every", [[], [NEW, PEERS, MICRO, ENDED], [ENDED]], ids=["none", "several", "over"])
def test_the_list(every, looks_right):
    looks_right(blocks.overview(every))


@pytest.mark.parametrize("name", EVERY)
def test_the_page(name, looks_right):
    looks_right(blocks.page(EVERY[name]))


def test_the_page_of_what_the_other_one_ended(looks_right):
    looks_right(blocks.page(ENDED_FOR_BO))


@pytest.mark.parametrize("one", [NEW, PLANNED], ids=["new", "move"])
def test_the_form_of_a_meeting(one, looks_right):
    looks_right(form.plan(one))


def test_the_form_of_an_end(looks_right):
    looks_right(form.end(NEW))


@pytest.mark.parametrize("one", [PLANNED, PEERS], ids=["with a group", "without"])
def test_a_plan_is_told(one, looks_right):
    looks_right(blocks.planned(one, MEETING))


@pytest.mark.parametrize("one", [PLANNED, PEERS], ids=["mentee", "peers"])
def test_a_plan_is_told_to_both(one, looks_right):
    looks_right(blocks.planned_for_both(one, MEETING))


@pytest.mark.parametrize(
    "one",
    [Shown(a_relationship(state=RelationshipState.ACTIVE), ANA, START, None, 1), Shown(PAIR, ANA, START, None, 2)],
    ids=["the first", "another"],
)
def test_that_they_met(one, looks_right):
    looks_right(blocks.met(one))


def test_that_they_did_not_meet(looks_right):
    looks_right(blocks.missed(NEW))


ANSWERED = Shown(MICRO.relationship, ANA, START, None, 1)


def test_one_question_one_meeting_then_thanks(looks_right):
    looks_right(blocks.met(ANSWERED))


def test_the_page_of_a_question_that_was_answered(looks_right):
    looks_right(blocks.page(ANSWERED))


def test_the_form_of_thanks(looks_right):
    looks_right(form.thanks(ANSWERED))


def test_thanks_are_told(looks_right):
    looks_right(blocks.thanked(ANSWERED))


def test_thanks_arrive(looks_right):
    looks_right(blocks.thanks(Shown(MICRO.relationship, BO, START), "You <!here> saved my talk 😀"))


def test_an_end_is_told(looks_right):
    looks_right(blocks.ended(ENDED))


def test_an_end_is_told_to_the_other(looks_right):
    looks_right(blocks.ended_for_other(ENDED_FOR_BO))


def test_home(looks_right):
    assert blocks.at_home([]) == []
    looks_right(blocks.at_home([PEERS, BEGUN]))


def test_in_brief_only_what_waits(looks_right):
    looks_right(blocks.in_brief([NEW, BEGUN]))
