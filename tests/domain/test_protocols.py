"""The six protocols: their minutes add up, and they stretch to a session's length."""

from itertools import pairwise

import pytest

from bot.domain.protocols import for_the_first, stretched
from bot.domain.shipped import HOT_SEAT_60, HOT_SEAT_90, PROTOCOLS, protocol_for, protocol_named

every = pytest.mark.parametrize("protocol", PROTOCOLS, ids=lambda protocol: protocol.key)


@every
def test_the_minutes_add_up(protocol):
    assert sum(stage.minutes for stage in protocol.stages) == protocol.minutes


@every
def test_the_first_time_nothing_looks_back(protocol):
    for stage in map(for_the_first, protocol.stages):
        assert "last time" not in stage.says and "read-back" not in stage.name.casefold()
        assert len(f"{stage.name} {stage.says}") < 130, "it is one line of a message"


@every
def test_each_stage_has_a_name_and_something_to_say(protocol):
    for stage in protocol.stages:
        assert stage.minutes > 0 and stage.name and stage.says
        assert len(f"{stage.name} {stage.says}") < 130, "it is one line of a message"


def test_there_are_six_with_a_name_each():
    assert len(PROTOCOLS) == len({protocol.key for protocol in PROTOCOLS}) == 6
    assert [protocol.minutes for protocol in PROTOCOLS] == [60, 90, 90, 60, 90, 48 * 60]


@every
@pytest.mark.parametrize("minutes", [30, 45, 60, 75, 90])
def test_a_stretched_protocol_begins_at_once_ends_on_time_and_has_no_gap(protocol, minutes):
    stages = stretched(protocol, minutes)
    assert stages[0][0] == 0 and stages[-1][1] == minutes
    assert all(one[1] == other[0] for one, other in pairwise(stages))


def test_at_its_own_length_nothing_changes():
    assert [end - begin for begin, end, _ in stretched(HOT_SEAT_60, 60)] == [5, 8, 5, 7, 2, 15, 5, 9, 4]


def test_an_unknown_protocol_is_the_default_one():
    assert protocol_named("hot-seat-90") is HOT_SEAT_90
    assert protocol_named("of-an-older-release") is HOT_SEAT_60
    assert (protocol_for(60), protocol_for(75), protocol_for(90)) == (HOT_SEAT_60, HOT_SEAT_60, HOT_SEAT_90)
