"""An agreement: proposed, signed by both, changed, and kept to."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import agreements, when
from bot.domain.agreements import Agreement, Terms, changes, good_moment, lines, standing, touched
from bot.domain.errors import NotYours, Refused, RefusedFields
from bot.domain.ids import AgreementId, MeetingId, RelationshipId
from bot.domain.meetings import Meeting
from tests.builders import an_id
from tests.clock import START

TERMS = Terms("A first talk", "It is held by June", zone="Europe/Berlin", off_limits=("salary", "My team's re-org"))
ANA, BO = an_id("Ana"), an_id("Bo")


def an_agreement(number=1, *, signed=False, terms=TERMS, by=ANA):
    made = Agreement(AgreementId(number), RelationshipId(1), number, terms, by, START)
    return replace(made, signed_by=BO, signed_at=START) if signed else made


@pytest.mark.parametrize(
    ("every", "current", "proposal"),
    [
        ([], None, None),
        ([(1, False)], None, 1),
        ([(1, True)], 1, None),
        ([(1, True), (2, False)], 1, 2),
        ([(3, True), (1, True), (2, False)], 3, None),
        ([(1, False), (2, False)], None, 2),
        ([(1, True), (2, False), (3, False)], 1, 3),
    ],
)
def test_what_holds_and_what_is_proposed(every, current, proposal):
    found = standing(an_agreement(number, signed=signed) for number, signed in every)
    assert (found.current and found.current.number) == current
    assert (found.proposal and found.proposal.number) == proposal
    assert found.number == max((number for number, _ in every), default=0)


def test_the_other_one_signs_once_and_nobody_else():
    proposed = an_agreement()
    for name, error in (("Ana", Refused), ("Lea", NotYours)):
        with pytest.raises(error):
            agreements.sign(proposed, an_id(name), (ANA, BO), START)
    signed = agreements.sign(proposed, BO, (ANA, BO), START)
    assert signed.holds and signed.signed_by == BO
    assert agreements.sign(signed, BO, (ANA, BO), START + timedelta(days=1)) is signed


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("purpose", ""),
        ("outcomes", ""),
        ("days", ()),
        ("until", "09:00"),
        ("most_minutes", 14),
        ("most_minutes", 601),
        ("help", ()),
    ],
)
def test_what_is_missing_is_said_at_its_field(field, value):
    with pytest.raises(RefusedFields) as refused:
        agreements.check(replace(TERMS, **{field: value}))
    assert set(refused.value.fields) == {field}
    assert agreements.check(TERMS) is TERMS


def test_only_what_differs_is_a_change():
    after = replace(TERMS, most_minutes=60, off_limits=())
    assert changes(TERMS, after) == {
        "What we leave out": "salary, My team's re-org",
        "Minutes a month at most": "120",
    }
    assert changes(None, after) == changes(TERMS, TERMS) == {}
    assert len(lines(TERMS)) == 10 and lines(TERMS)["When we may be reached"].startswith(
        "Monday to Friday, 09:00 to 18:00"
    )


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("What about my SALARY?", "salary"),
        ("Is my team’s re-org fair?", "My team's re-org"),
        ("my team's re org: what now", "My team's re-org"),
        ("salaryman, a word of its own", ""),
        ("", ""),
        ("<!here> salary\u202e", "salary"),
    ],
)
def test_a_topic_is_known_by_whole_words(text, topic):
    assert touched(TERMS, text) == topic
    assert touched(None, text) == ""


MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "start", "until", "at", "expected"),
    [
        ((0, 1, 2, 3, 4), "09:00", "18:00", MONDAY, MONDAY),
        ((2,), "09:00", "18:00", MONDAY, MONDAY + timedelta(days=2)),
        ((0, 1, 2, 3, 4), "13:00", "15:00", MONDAY, MONDAY + timedelta(hours=4)),
        ((0, 1, 2, 3, 4), "19:00", "21:00", MONDAY, MONDAY + timedelta(hours=10)),
        ((5,), "10:00", "12:00", MONDAY, MONDAY + timedelta(days=5, hours=1)),
    ],
    ids=["now", "on their day", "in their hours", "in the evening, as they asked", "on a Saturday, as they asked"],
)
def test_nobody_is_written_to_outside_what_was_agreed(days, start, until, at, expected):
    terms = replace(TERMS, days=days, start=start, until=until)
    assert good_moment(terms, at, "Europe/Berlin") == expected


@given(
    days=st.sets(st.integers(0, 6), min_size=1),
    hours=st.tuples(st.integers(0, 23), st.integers(0, 23)).filter(lambda pair: pair[0] < pair[1]),
    zone=st.sampled_from(["Europe/Berlin", "Asia/Tokyo", "America/Los_Angeles", "Asia/Kolkata"]),
    reader=st.sampled_from(["Europe/Berlin", "Pacific/Auckland", "America/New_York"]),
    later=st.integers(0, 60 * 24 * 400),
)
def test_a_moment_is_always_found_and_always_agreed(days, hours, zone, reader, later):
    terms = replace(TERMS, days=tuple(sorted(days)), start=f"{hours[0]:02}:00", until=f"{hours[1]:02}:00", zone=zone)
    at = MONDAY + timedelta(minutes=later)
    found = good_moment(terms, at, reader)
    assert at <= found < at + timedelta(days=24)
    assert agreements.is_reachable(terms, found) or when.to_utc(at.date(), when.MORNING, zone) is None
    assert good_moment(terms, found, reader) == found


def test_the_minutes_of_a_month_are_counted_where_the_two_are():
    held = [Meeting(MeetingId(number), RelationshipId(1), at, 60) for number, at in enumerate([
        datetime(2026, 2, 28, 22, 59, tzinfo=UTC), datetime(2026, 2, 28, 23, 0, tzinfo=UTC), START,
    ])]  # fmt: skip
    assert agreements.left_this_month(TERMS, held, START) == 0
    assert agreements.left_this_month(replace(TERMS, most_minutes=60), held, START) == -60
    assert agreements.left_this_month(None, held, START) is None
