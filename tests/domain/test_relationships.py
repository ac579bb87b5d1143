"""How a relationship begins, goes quiet, ends and begins again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import meetings, relationships
from bot.domain.errors import NotYours, Refused
from bot.domain.ids import DraftId, IntroId, RelationshipId
from bot.domain.intros import Intro, IntroState
from bot.domain.meetings import Agenda, Meeting
from bot.domain.people import Kind
from bot.domain.relationships import RelationshipState, born
from tests.builders import a_relationship, an_id
from tests.clock import START

WEEK = timedelta(days=7)


@pytest.mark.parametrize("kind", Kind)
def test_it_is_born_from_a_coffee_with_the_rhythm_of_its_kind(kind):
    intro = Intro(IntroId(3), an_id("Ana"), an_id("Bo"), kind, START, START, IntroState.ACCEPTED, draft=DraftId(1))
    one = born(intro, START)
    assert one.state is RelationshipState.STARTING and one.is_open
    assert (one.mentee, one.mentor, one.intro) == (an_id("Ana"), an_id("Bo"), 3)
    assert (one.every_weeks, one.minutes) == (one.facts.every_weeks, one.facts.minutes)
    assert (one.ends_on is None) == (kind is Kind.MICRO)
    assert one.look_at == START + WEEK


def test_nobody_else_learns_even_that_it_is_there():
    with pytest.raises(NotYours) as refused:
        relationships.check_part(a_relationship(), an_id("Lea"))
    assert "U0" not in refused.value.sentence


def test_a_plan_counts_as_life_until_its_day_and_a_meeting_until_the_next_is_due():
    one = replace(a_relationship(), asked=2)
    planned = relationships.plan(one, START + 3 * WEEK, now=START)
    assert planned.look_at == START + 4 * WEEK and planned.asked == 0
    held = relationships.met(planned, START + 3 * WEEK)
    assert held.state is RelationshipState.ACTIVE and held.next_at is None
    assert held.look_at == START + 7 * WEEK + WEEK


@pytest.mark.parametrize("days", [0, -1, 184, 100_000])
def test_a_meeting_is_planned_within_the_next_half_year(days):
    with pytest.raises(Refused):
        relationships.plan(a_relationship(), START + timedelta(days=days), now=START)


def test_why_it_ended_goes_with_the_end_and_away_with_a_new_beginning():
    over = relationships.close(a_relationship(), START, by=an_id("Ana"), reason="too busy")
    assert over.look_at is None and not over.is_open
    with pytest.raises(Refused, match="open it again"):
        relationships.check_open(over, an_id("Bo"))
    again = relationships.reopen(over, START + WEEK)
    assert (again.reason, again.ended_by, again.state) == ("", None, RelationshipState.ACTIVE)
    assert relationships.reopen(again, START + 2 * WEEK) is again


@pytest.mark.parametrize(("weeks", "said"), [(1, "60 minutes every week"), (4, "60 minutes every 4 weeks")])
def test_a_rhythm_in_words(weeks, said):
    assert relationships.rhythm_in_words(a_relationship(every_weeks=weeks)) == said


@pytest.mark.parametrize(
    ("meets", "now", "asked"),
    [
        ("2026-03-12T09:00", "2026-03-02T09:00", "2026-03-10T08:00"),
        ("2026-03-09T09:00", "2026-03-02T09:00", "2026-03-05T08:00"),
        ("2026-03-12T09:00", "2026-03-11T15:00", "2026-03-11T15:00"),
        ("2026-03-12T09:00", "2026-03-12T07:30", None),
    ],
    ids=["two working days", "over a weekend", "late", "too late"],
)
def test_an_agenda_is_asked_for_two_working_days_before(meets, now, asked):
    def moment(text):
        return START.fromisoformat(f"{text}+00:00")

    found = meetings.ask_for_agenda_at(moment(meets), "Europe/Berlin", moment(now))
    assert found == (moment(asked) if asked else None)


def test_a_meeting_is_told_of_once_it_has_begun():
    meeting = Meeting(1, RelationshipId(1), START, 60)
    meetings.check_over(meeting, START)
    with pytest.raises(Refused, match="still to come"):
        meetings.check_over(meeting, START - timedelta(minutes=1))
    assert Agenda().is_empty and not Agenda(("Why?",)).is_empty
