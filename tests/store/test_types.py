"""Column types: exact moments, sealed texts."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, select, text

from bot.store.audit import audit
from bot.store.tables import every_table
from bot.store.types import Json, Moment, Sealed, keyring_of
from tests.builders import an_entry

HALF_PAST = timezone(timedelta(hours=5, minutes=30))
MOMENTS = [
    datetime(1, 1, 1, tzinfo=UTC),
    datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(2026, 3, 2, 9, 0, 0, 1, tzinfo=UTC),
    datetime(2026, 3, 2, 9, 0, 0, 2, tzinfo=UTC),
    datetime(2026, 10, 25, 1, 30, 0, 123_456, tzinfo=UTC),
    datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
]


@given(st.datetimes(timezones=st.just(UTC)))
def test_every_moment_comes_back_to_the_microsecond(moment):
    stored = Moment().process_bind_param(moment, None)
    assert Moment().process_result_value(stored, None) == moment


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_stored_moments_sort_as_the_moments_do(first, second):
    one, other = (Moment().process_bind_param(moment, None) for moment in (first, second))
    assert (one < other) == (first < second)


async def test_moments_come_back_from_the_database_in_order_and_to_the_microsecond(store, team):
    async with store.open_work(team) as work:
        for moment in reversed(MOMENTS):
            await work.audit.add(an_entry(at=moment))
        found = await work.connection.execute(select(audit.c.at).order_by(audit.c.at))
        assert [row.at for row in found] == MOMENTS


async def test_a_moment_of_another_zone_is_stored_in_utc(store, team):
    async with store.open_work(team) as work:
        await work.audit.add(an_entry(at=datetime(2026, 3, 2, 14, 30, tzinfo=HALF_PAST)))
        [entry] = await work.audit.latest()
    assert entry.at == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    assert entry.at.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        Moment().process_bind_param(datetime(2026, 3, 2), None)


@pytest.mark.parametrize("kind", [Moment(), Json(), Sealed("a.b")])
def test_nothing_stays_nothing(kind):
    assert kind.process_bind_param(None, None) is None
    assert kind.process_result_value(None, None) is None


def test_equal_values_are_equal_json():
    assert Json().process_bind_param({"b": 1, "a": "é"}, None) == '{"a":"é","b":1}'


def test_a_sealed_column_needs_a_keyring():
    with pytest.raises(RuntimeError, match="no keyring"):
        keyring_of(create_engine("sqlite://").dialect)


def test_every_sealed_column_is_bound_to_its_own_place():
    sealed = {
        f"{table.name}.{column.name}": column.type.column
        for table in every_table().sorted_tables
        for column in table.c
        if isinstance(column.type, Sealed)
    }
    assert sealed
    assert all(place == bound for place, bound in sealed.items())


async def test_the_raw_column_holds_whole_microseconds(store, team):
    async with store.open_work(team) as work:
        await work.audit.add(an_entry(at=datetime(1970, 1, 1, 0, 0, 1, 5, tzinfo=UTC)))
        assert (await work.connection.execute(text("SELECT at FROM audit"))).scalar_one() == 1_000_005
