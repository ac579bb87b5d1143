"""Local hours as UTC half hours, against a count of single minutes."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.matching import parse_document
from bot.domain.matching.slots import available, best_start, listed, local_times, starts
from tests.domain.matching.checks import free_slots
from tests.domain.matching.programs import ODD_ZONES

WEEKS = ["2026-03-09", "2026-03-23", "2026-10-19", "2026-10-26", "2026-04-06", "2026-12-28"]
CLOCKS = st.integers(0, 95).map(lambda quarter: f"{quarter // 4:02}:{quarter % 4 * 15:02}")


def person_and_slots(week_of, **parts):
    program = {"schema": "matching/1", "week_of": week_of, "people": [{"id": "U1", **parts}]}
    person = parse_document(program).people[0]
    return person, set(listed(available(person, date.fromisoformat(week_of))))


@settings(deadline=None)
@given(st.data())
def test_slots_agree_with_a_count_of_single_minutes(data):
    week, zone = data.draw(st.sampled_from(WEEKS)), data.draw(st.sampled_from(ODD_ZONES))
    start, end = data.draw(st.tuples(CLOCKS, CLOCKS).filter(lambda pair: pair[0] != pair[1]))
    busy_from, busy_to = data.draw(st.tuples(CLOCKS, CLOCKS).filter(lambda pair: pair[0] != pair[1]))
    days = data.draw(st.lists(st.integers(0, 6), unique=True))
    parts = {"tz": zone, "work": {"days": days, "start": start, "end": end}, "busy": [[2, busy_from, busy_to]]}
    assert person_and_slots(week, **parts)[1] == free_slots(parts, week)


def test_hours_move_with_summer_time():
    work = {"days": [0], "start": "09:00", "end": "10:00"}
    winter = person_and_slots("2026-03-23", tz="Europe/Warsaw", work=work)[1]
    summer = person_and_slots("2026-03-30", tz="Europe/Warsaw", work=work)[1]
    assert (winter, summer) == ({16, 17}, {14, 15})


def test_a_quarter_hour_zone_loses_the_slots_that_are_only_partly_working_time():
    work = {"days": [0], "start": "09:00", "end": "10:00"}
    assert person_and_slots("2026-03-09", tz="Asia/Kathmandu", work=work)[1] == {7}


def test_a_busy_window_takes_every_slot_it_touches():
    work = {"days": [0], "start": "09:00", "end": "11:00"}
    assert person_and_slots("2026-03-09", work=work, busy=[[0, "09:45", "10:05"]])[1] == {18, 21}


def test_monday_morning_in_auckland_is_sunday_of_the_same_repeating_week():
    work = {"days": [0], "start": "09:00", "end": "10:00"}
    assert person_and_slots("2026-03-09", tz="Pacific/Auckland", work=work)[1] == {328, 329}


def test_night_work_ends_on_the_next_morning():
    work = {"days": [6], "start": "23:00", "end": "01:00"}
    assert person_and_slots("2026-03-09", work=work)[1] == {334, 335, 0, 1}


def test_a_meeting_may_run_from_sunday_night_into_monday():
    assert listed(starts(1 << 335 | 1 | 1 << 1, 2)) == [0, 335]


@pytest.mark.parametrize(("zones", "slot"), [(["UTC"], 26), (["Europe/Warsaw", "America/New_York"], 28)])
def test_the_start_is_the_one_nearest_to_everybodys_midday(zones, slot):
    people = [person_and_slots("2026-03-09", tz=zone)[0] for zone in zones]
    common = (1 << 48) - 1
    assert best_start(common, people, date(2026, 3, 9)) == slot


def test_a_slot_is_told_in_the_local_time_of_each_zone():
    told = local_times(29, ["Europe/Warsaw", "Asia/Kathmandu", "America/Los_Angeles"], date(2026, 3, 9))
    assert told == {"Europe/Warsaw": "Mon 15:30", "Asia/Kathmandu": "Mon 20:15", "America/Los_Angeles": "Mon 07:30"}
