"""How much of a span of time lies in working hours."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain import when


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-03-02T10:00", "2026-03-02T12:30", 2.5),
        ("2026-03-02T05:00", "2026-03-02T20:00", 9),
        ("2026-03-06T16:00", "2026-03-09T10:00", 3),  # Friday afternoon, Monday morning
        ("2026-03-07T10:00", "2026-03-08T10:00", 0),
        ("2026-03-02T12:00", "2026-03-02T10:00", 0),
    ],
)
def test_working_time_leaves_out_what_is_quiet(start, end, hours):
    moments = (datetime.fromisoformat(one).replace(tzinfo=ZoneInfo("Europe/Berlin")) for one in (start, end))
    assert when.working_time(*moments, "Europe/Berlin") == timedelta(hours=hours)
