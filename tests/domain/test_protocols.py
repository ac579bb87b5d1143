"""The six protocols: their minutes add up, and they stretch to a session's length."""

from itertools import pairwise

import pytest

from bot.domain.duties import Duty
from bot.domain.errors import Refused
from bot.domain.protocols import as_text, for_the_first, from_text, stretched
from bot.domain.shipped import ASYNC_48, HOT_SEAT_60, HOT_SEAT_90, PROTOCOLS, TEXTS, protocol_for, protocol_named

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


@every
def test_as_a_text_and_back_nothing_changes(protocol):
    assert from_text(as_text(protocol), protocol) == protocol
    assert TEXTS[protocol.key].read(as_text(protocol)) == TEXTS[protocol.key].shipped


@every
def test_everybody_makes_their_two_somewhere(protocol):
    assert sum(stage.two for stage in protocol.stages) == 1


def test_a_program_changes_minutes_and_words_and_adds_a_stage():
    text = as_text(HOT_SEAT_60).replace("5 minutes: Arrive: One", "3 minutes: Arrive: Welcome. One")
    own = from_text(f"2 minutes: Music: A song of {{seat}}'s choice.\n{text}", HOT_SEAT_60)
    assert [stage.name for stage in own.stages][:3] == ["Music", "Arrive", "Read-back"]
    assert own.stages[1].minutes == 3 and own.stages[1].says.startswith("Welcome. ")
    assert own.stages[1].lines == HOT_SEAT_60.stages[0].lines and own.stages[0].lines == {}
    assert sum(stage.minutes for stage in own.stages) == 60 and own.stages[3].seat == 0


def test_without_the_stage_for_everybodys_two_the_last_one_is():
    own = from_text("59 minutes: Talk: Just talk.\n1 minute: Bye: Say bye.", HOT_SEAT_60)
    assert [stage.two for stage in own.stages] == [False, True]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("59 minutes: Talk: Just talk.", "add up to 59 minutes, and this protocol has 60 minutes"),
        ("60 minutes", "line of its own"),
        ("60 minutes: Talk", "line of its own"),
        ("0 minutes: Talk: x\n60 minutes: Talk: x", "line of its own"),
        ("-5 minutes: Talk: x\n65 minutes: Talk: x", "line of its own"),
        ("\u0666\u0660 minutes: Talk: x", "line of its own"),
        ("60 minutes: Talk: " + "x" * 300, "line of its own"),
        ("\n".join(["3 minutes: Talk: x"] * 21), "20 stages"),
    ],
)
def test_what_would_not_work_is_refused_with_what_to_do(text, why):
    with pytest.raises(Refused, match=why):
        from_text(text, HOT_SEAT_60)


def test_in_writing_it_goes_by_hours():
    assert as_text(ASYNC_48).startswith("16 hours: Clarify: ")
    with pytest.raises(Refused, match="add up to 47 hours, and this protocol has 48 hours"):
        from_text(as_text(ASYNC_48).replace("16 hours", "15 hours"), ASYNC_48)


def test_nobody_has_a_line_who_holds_no_duty_in_threes():
    [troika] = [protocol for protocol in PROTOCOLS if protocol.in_threes]
    assert all(Duty.SEAT not in stage.lines for stage in troika.stages)
