"""Circles: who may join, what a channel is called, who shares a reporting line."""

from datetime import date, timedelta

import pytest

from bot.domain.circles import (
    CircleState,
    Seat,
    channel_name,
    check_first,
    check_joining,
    check_membership,
    check_open,
    check_size,
    first_day,
    on_one_line,
    shares_a_line,
)
from bot.domain.errors import Refused
from tests.builders import a_circle, a_profile, an_id
from tests.clock import START

TODAY = date(2026, 3, 2)


def test_members_are_those_who_have_not_left_longest_first():
    seats = (
        Seat(an_id("Ana"), START, left=START + timedelta(days=1)),
        Seat(an_id("Bo"), START + timedelta(days=2)),
        Seat(an_id("Ana"), START + timedelta(days=3)),
    )
    circle = a_circle(seats=seats)
    assert circle.members == (an_id("Bo"), an_id("Ana"))
    assert circle.seat_of(an_id("Ana")) == seats[2]
    assert circle.seat_of(an_id("Chi")) is None


@pytest.mark.parametrize(
    ("circle", "sentence"),
    [
        (a_circle(state=CircleState.CLOSED), "has ended"),
        (a_circle("Eve"), "in this circle already"),
        (a_circle("Ana", "Bo", size_max=2), "full with 2 members"),
    ],
)
def test_joining_is_refused_with_what_to_do_instead(circle, sentence):
    with pytest.raises(Refused, match=sentence):
        check_joining(circle, an_id("Eve"))


def test_joining_an_opening_circle_with_room_is_fine():
    check_joining(a_circle("Ana", state=CircleState.OPENING), an_id("Eve"))


def test_only_members_can_leave_and_only_open_circles_change():
    with pytest.raises(Refused, match="not a member"):
        check_membership(a_circle("Ana"), an_id("Bo"))
    with pytest.raises(Refused, match="has ended"):
        check_open(a_circle(state=CircleState.CLOSED))


def test_a_circle_takes_as_many_as_it_has_room_for():
    circle = a_circle("Ana", "Bo", size_max=4)
    check_size(circle, 2)
    with pytest.raises(Refused, match=r"room for 2 more\. You picked 3"):
        check_size(circle, 3)


def test_too_few_members_are_seen():
    assert a_circle("Ana", "Bo", "Chi").is_small
    assert not a_circle("Ana", "Bo", "Chi", "Dee").is_small


@pytest.mark.parametrize(
    ("weekday", "day"), [(0, date(2026, 3, 2)), (3, date(2026, 3, 5)), (6, date(2026, 3, 8)), (1, date(2026, 3, 3))]
)
def test_a_rhythm_begins_on_its_first_weekday(weekday, day):
    assert first_day(TODAY, weekday) == day


@pytest.mark.parametrize("first", [TODAY - timedelta(days=1), TODAY + timedelta(days=184)])
def test_a_rhythm_begins_neither_in_the_past_nor_years_ahead(first):
    with pytest.raises(Refused):
        check_first(first, TODAY)
    check_first(TODAY, TODAY)


@pytest.mark.parametrize(
    ("name", "attempt", "expected"),
    [
        ("Oak", 1, "circle-oak"),
        ("Oak", 3, "circle-oak-3"),
        ("Circle Oak", 1, "circle-oak"),
        ("Finding my voice!", 1, "circle-finding-my-voice"),
        ("Ölweiß & Söhne", 1, "circle-olwei-sohne"),
        ("<!channel>", 1, "circle-channel"),
        ("🌳", 1, "circle-1"),
        ("دائرة", 2, "circle-1-2"),
        ("x" * 200, 1, "circle-" + "x" * 60),
    ],
)
def test_the_same_circle_and_attempt_give_the_same_channel_name(name, attempt, expected):
    assert channel_name(a_circle(name=name), attempt) == expected


def test_a_reporting_line_is_seen_from_both_ends_up_to_its_steps():
    profiles = {
        an_id("Ana"): a_profile("Ana", manager=an_id("Bo")),
        an_id("Bo"): a_profile("Bo", manager=an_id("Chi")),
        an_id("Chi"): a_profile("Chi", manager=an_id("Dee")),
        an_id("Eve"): a_profile("Eve", manager=an_id("Bo")),
    }
    assert on_one_line(an_id("Ana"), an_id("Chi"), profiles, 2)
    assert on_one_line(an_id("Chi"), an_id("Ana"), profiles, 2)
    assert not on_one_line(an_id("Ana"), an_id("Dee"), profiles, 2)
    assert not on_one_line(an_id("Ana"), an_id("Eve"), profiles, 2), "colleagues are not above each other"
    assert not on_one_line(an_id("Ana"), an_id("Bo"), profiles, 0)
    assert shares_a_line(a_circle("Dee", "Chi"), an_id("Ana"), profiles, 2)


def test_managers_in_a_ring_do_not_go_round_for_ever():
    profiles = {
        an_id("Ana"): a_profile("Ana", manager=an_id("Bo")),
        an_id("Bo"): a_profile("Bo", manager=an_id("Ana")),
    }
    assert not on_one_line(an_id("Ana"), an_id("Chi"), profiles, 30)
