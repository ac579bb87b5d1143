"""What is looked at often is looked at together."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain import when


@given(st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1)), st.sampled_from([1, 6, 12, 24]))
def test_the_next_beat_is_ahead_by_no_more_than_one_and_on_the_grid(naive, hours):
    now, every = naive.replace(tzinfo=UTC), timedelta(hours=hours)
    beat = when.next_beat(now, every)
    assert now < beat <= now + every
    assert beat.hour % hours == beat.minute == beat.second == 0
