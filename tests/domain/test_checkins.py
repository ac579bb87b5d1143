"""One question a week: which, when, for how long, and what comes of it."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import checkins, when
from bot.domain.checkins import Answer, Round, RoundState
from bot.domain.circles import Circle, CircleState
from bot.domain.errors import Refused, RefusedFields
from bot.domain.prompts import FAMILIES, Form

WEEK = date(2026, 3, 2)
KEYS = [family.key for family in FAMILIES]


def a_circle(weekday=0, at=time(10), zone="Europe/Berlin", number=1):
    rule = when.Rule(zone=zone, at=time(15), weekdays=(3,), starts=date(2026, 3, 5))
    return Circle(
        id=number,
        program=1,
        name="oak",
        theme="",
        state=CircleState.ACTIVE,
        rule=rule,
        checkin_weekday=weekday,
        checkin_time=at,
    )


def a_round(family="stuck", state=RoundState.OPEN):
    opens = datetime(2026, 3, 2, 9, tzinfo=UTC)
    return Round(1, 1, WEEK, opens, opens + timedelta(hours=48), family, "What now?", state)


def families(circle, rounds, past=()):
    asked = list(past)
    for _ in range(rounds):
        asked.append(checkins.next_family(circle, asked).key)
    return asked[len(past) :]


@given(st.integers(1, 10**9), st.lists(st.sampled_from([*KEYS, "retired"]), max_size=15))
def test_none_comes_back_within_six_weeks_whatever_went_before(circle, past):
    asked = [*past, *families(circle, 30, past)]
    for place in range(len(past), len(asked)):
        assert asked[place] not in asked[max(0, place - 6) : place]


@given(st.integers(1, 10**9))
def test_all_ten_come_up_before_any_comes_back(circle):
    asked = families(circle, 40)
    for start in range(0, 40, 10):
        assert set(asked[start : start + 10]) == set(KEYS)
    assert asked == families(circle, 40)
    assert asked[0] != "silent"


def test_circles_do_not_all_go_the_same_way():
    ways = {tuple(families(circle, 10)) for circle in range(1, 51)}
    assert len(ways) == 50
    assert len(Counter(way[0] for way in ways)) == 9


@pytest.mark.parametrize(
    ("weekday", "holidays", "day"),
    [
        (0, [], 2),
        (2, [], 4),
        (0, [2], 3),
        (0, [2, 3, 4], 5),
        (4, [6], 5),
        (3, [5, 6], 4),
        (4, [6, 5, 4, 3], 2),
        (0, [2, 3, 4, 5, 6], None),
        (6, [], 6),
    ],
)
def test_a_round_opens_on_the_circles_day_or_the_nearest_working_day_of_the_week(weekday, holidays, day):
    off = frozenset(date(2026, 3, number) for number in holidays)
    opening = checkins.opening_day(a_circle(weekday), date(2026, 3, 5), off)
    assert opening == (day and date(2026, 3, day))
    assert (checkins.plan(a_circle(weekday), WEEK, [], holidays=off) is None) == (day is None)


@pytest.mark.parametrize(
    ("weekday", "working", "holidays", "day"),
    [
        (0, [(0, 1), (0, 1), (1, 2)], [], 2),
        (0, [(1, 2), (1, 2), (0,)], [], 3),
        (0, [(1, 2), (1, 2), (0,)], [3], 4),
        (4, [(0, 1, 2), (1, 2), (2,)], [], 4),
        (2, [(0,), (1,), (1,)], [], 3),
        (2, [(0,), (1,), (3,), (4,), (5,)], [], 5),
        (0, [(5, 6), (5, 6)], [], 2),
        (0, [], [], 2),
        (0, [(0,)], [2, 3, 4, 5, 6], None),
    ],
)
def test_a_round_opens_on_a_day_that_suits_most(weekday, working, holidays, day):
    off = frozenset(date(2026, 3, number) for number in holidays)
    opening = checkins.opening_day(a_circle(weekday), WEEK, off, working)
    assert opening == (day and date(2026, 3, day))


@pytest.mark.parametrize(
    ("weekday", "holidays", "closes"),
    [
        (0, [], "2026-03-04"),
        (2, [], "2026-03-06"),
        (3, [], "2026-03-09"),
        (4, [], "2026-03-10"),
        (0, [3], "2026-03-05"),
    ],
)
def test_a_round_stays_open_for_48_hours_of_working_days(weekday, holidays, closes):
    off = frozenset(date(2026, 3, number) for number in holidays)
    planned = checkins.plan(a_circle(weekday), WEEK, ["stuck"], holidays=off)
    assert planned.opens_at == when.to_utc(WEEK + timedelta(days=weekday), time(10), "Europe/Berlin")
    assert planned.closes_at == when.to_utc(date.fromisoformat(closes), time(10), "Europe/Berlin")
    assert planned.closes_at - planned.opens_at >= timedelta(hours=48)
    assert planned.week == WEEK


def test_a_family_that_comes_back_asks_another_way():
    past = families(1, 10)
    planned = checkins.plan(a_circle(), WEEK, past)
    family = FAMILIES[KEYS.index(planned.family)]
    assert planned.prompt == family.prompts[1]
    first = checkins.plan(a_circle(), WEEK, [])
    assert first.prompt == FAMILIES[KEYS.index(first.family)].prompts[0]


@pytest.mark.parametrize(
    ("zone", "local_hour"),
    [
        ("Europe/Berlin", "2026-03-03T10:00"),
        ("America/New_York", "2026-03-03T09:00"),
        ("America/Los_Angeles", "2026-03-03T09:00"),
        ("Asia/Kolkata", "2026-03-04T09:00"),  # 13:30 there when a day has passed: the next morning
        ("Asia/Dubai", "2026-03-03T13:00"),  # the next morning would leave four hours: the day before
        ("Australia/Sydney", "2026-03-04T09:00"),
    ],
)
def test_the_silent_hear_once_in_their_own_morning(zone, local_hour):
    planned = checkins.plan(a_circle(), WEEK, [])
    at = checkins.nudge_at(planned, zone)
    assert when.local(at, zone).replace(tzinfo=None) == datetime.fromisoformat(local_hour)
    assert planned.opens_at + timedelta(hours=24) <= at < planned.closes_at


def test_who_is_on_holiday_until_it_closes_hears_nothing():
    planned = checkins.plan(a_circle(), WEEK, [])
    off = frozenset({date(2026, 3, 3), date(2026, 3, 4)})
    assert checkins.nudge_at(planned, "Europe/Berlin", off) is None


@given(
    st.integers(0, 4),
    st.times(time(9), time(17, 59)),
    st.sampled_from(["Europe/Berlin", "America/Los_Angeles", "Asia/Tokyo"]),
    st.sampled_from(["Pacific/Auckland", "Europe/London", "America/Anchorage", "Asia/Kathmandu"]),
)
def test_everyone_anywhere_can_be_told_before_it_closes(weekday, at, zone, own):
    planned = checkins.plan(a_circle(weekday, at.replace(second=0, microsecond=0), zone), WEEK, [])
    assert not when.is_quiet(planned.opens_at, zone)
    assert not when.is_quiet(planned.closes_at, zone)
    nudge = checkins.nudge_at(planned, own)
    assert planned.opens_at < nudge and not when.is_quiet(nudge, own)
    assert when.working_time(nudge, planned.closes_at, own) >= timedelta(hours=4, minutes=30)
    in_time = when.first_morning(planned.opens_at + timedelta(hours=24), own)
    assert nudge == in_time or when.working_time(in_time, planned.closes_at, own) < timedelta(hours=4, minutes=30)


@pytest.mark.parametrize(
    ("state", "hours", "hint"),
    [
        (RoundState.OPEN, 0, None),
        (RoundState.OPEN, 47.9, None),
        (RoundState.OPEN, 48, "closed"),
        (RoundState.CLOSED, 1, "closed"),
        (RoundState.PLANNED, 1, "not open yet"),
        (RoundState.OPEN, -1, "not open yet"),
    ],
)
def test_answers_are_taken_while_it_is_open(state, hours, hint):
    this = a_round(state=state)
    now = this.opens_at + timedelta(hours=hours)
    if hint is None:
        checkins.check_open(this, now)
    else:
        with pytest.raises(Refused, match=hint):
            checkins.check_open(this, now)


def test_an_answer_is_made_tidy():
    said = checkins.answer(a_round(), "ANA", "  The  report.\n\n\n\nSoon. ", " the   budget ")
    assert said == Answer(1, "ANA", "The report.\n\nSoon.", "the budget")


@pytest.mark.parametrize("text", ["", " \n ", "\u202e"])
def test_an_empty_answer_is_no_answer(text):
    with pytest.raises(RefusedFields) as refused:
        checkins.answer(a_round(), "ANA", text)
    assert set(refused.value.fields) == {"text"}


@pytest.mark.parametrize("text", ["x" * 1501, "x" * 3000])
def test_a_novel_is_refused(text):
    with pytest.raises(Refused, match="1500"):
        checkins.answer(a_round(), "ANA", text)


@pytest.mark.parametrize(
    ("text", "emoji"),
    [
        ("🎉", True),
        ("🎉 👩‍🚀 ❤️", True),
        (":tada:", True),
        (":+1::skin-tone-2: 🎈", True),
        ("fine 🎉", False),
        ("fine", False),
        ("10", False),
        ("...", False),
        ("", False),
    ],
)
def test_a_silent_week_is_answered_in_emoji(text, emoji):
    assert checkins.is_emoji(text) is emoji
    silent = a_round("silent")
    assert silent.form is Form.EMOJI
    if emoji:
        assert checkins.answer(silent, "ANA", text).text == text
    else:
        with pytest.raises(RefusedFields):
            checkins.answer(silent, "ANA", text)


def test_help_is_picked_up_by_one_and_twice_is_once():
    asked = Answer(1, "ANA", "Stuck.", help="the budget")
    picked = checkins.pick_up(asked, "BO")
    assert picked.helper == "BO"
    assert checkins.pick_up(picked, "BO") == picked
    for answered, helper, hint in (
        (picked, "CHI", "already"),
        (asked, "ANA", "your own"),
        (Answer(1, "ANA", "Fine."), "BO", "Nobody asked"),
    ):
        with pytest.raises(Refused, match=hint):
            checkins.pick_up(answered, helper)


def test_a_summary_counts_who_is_in_and_names_who_would_like_help():
    answers = [
        Answer(1, "ANA", "Fine."),
        Answer(1, "BO", "Stuck.", help="the budget"),
        Answer(1, "GONE", "Bye.", help="x"),
    ]
    members = ("ANA", "BO", "CHI")
    summary = checkins.summarise(members, answers)
    assert (summary.answered, summary.of, summary.help_wanted) == (2, 3, (answers[1],))
    assert checkins.silent(members, answers) == ("CHI",)
