"""The fair rotation, one rule at a time."""

from collections import Counter
from datetime import date

import pytest

from bot.domain import hotseat
from bot.domain.circles import Seat
from bot.domain.duties import Duty
from bot.domain.errors import Refused
from bot.domain.hotseat import Ledger, Meeting
from bot.domain.sessions import Presence, Session, SessionState
from tests.domain.season import START, WEEK, Season, a_season, times_sat


def test_the_seat_goes_round_in_the_order_of_joining():
    assert a_season("BADC").sitters(8) == "BADCBADC"


def test_who_joined_together_sits_by_id():
    season = Season(seats=[Seat(member, START) for member in "CAB"])
    assert season.sitters() == "ABCABC"


def test_a_session_that_was_not_held_does_not_count():
    season = a_season()
    season.hold()
    season.hold(held=False)
    assert season.sitters() == "BCDABC"


def test_someone_away_keeps_their_place_and_the_first_reserve_sits():
    season = a_season()
    assert season.plan()[0].reserve == "B"
    season.hold(away="A")
    assert season.meetings[0].sat == ("B",)
    assert season.sitters() == "ACDBAC"


def test_a_long_leave_gives_no_row_of_turns_afterwards():
    season = a_season()
    for _ in range(9):
        season.hold(away="A")
    assert season.sitters() == "ABCDAB"


def test_a_pass_keeps_the_place_once_and_a_second_moves_one_down():
    season = a_season("ABCDE")
    season.pass_on("A")
    assert season.sitters() == "BACDEB"
    season.hold()
    season.pass_on("A")
    assert season.sitters() == "CDAEBC"
    season.hold()
    season.hold()
    assert season.sitters() == "AEBCDA"
    season.hold()
    assert season.sitters() == "EBCDAE"


def test_a_turn_taken_wipes_out_earlier_passes():
    season = a_season()
    season.pass_on("A")
    for _ in range(5):
        season.hold()
    assert season.sitters(3) == "ACD"
    season.pass_on("A")
    assert season.sitters(3) == "CAD"


def test_a_pass_for_a_session_that_was_not_held_costs_nothing():
    season = a_season()
    season.pass_on("A")
    season.hold(held=False)
    assert season.sitters() == "ABCDAB"
    season.pass_on("A")
    assert season.sitters() == "BACDBA"


def test_only_who_has_the_seat_can_pass():
    season = a_season()
    for member in "BX":
        with pytest.raises(Refused, match="not yours"):
            season.pass_on(member)
    season.pass_on("A")
    with pytest.raises(Refused, match="not yours"):
        season.pass_on("A")


def test_when_everyone_passes_the_seat_stays_empty_and_the_order_as_it_was():
    season = a_season("AB")
    season.pass_on("A")
    season.pass_on("B")
    turn = season.hold()
    assert turn.sits == ()
    assert season.sitters() == "ABABAB"


def test_a_swap_exchanges_two_places_and_both_sit_once():
    season = a_season("ABCDE")
    season.swap("A", "D")
    assert season.sitters(5) == "DBCAE"


def test_a_swap_survives_absence_and_a_session_not_held():
    season = a_season("ABCDE")
    season.swap("A", "C")
    season.hold(held=False)
    season.hold(away="C")
    assert season.sitters(5) == "CADEB"


@pytest.mark.parametrize(
    ("one", "other", "hint"),
    [
        ("A", "C", "in this round"),
        ("C", "A", "in this round"),
        ("A", "A", "somebody else"),
        ("A", "X", "in this circle"),
    ],
)
def test_a_swap_that_would_be_unfair_or_makes_no_sense_is_refused(one, other, hint):
    season = a_season()
    season.hold()
    with pytest.raises(Refused, match=hint):
        season.swap(one, other)


def test_a_newcomer_comes_after_those_still_waiting_and_before_who_has_sat():
    season = a_season("ABCDE")
    for _ in range(3):
        season.hold()
    season.join("N")
    assert season.sitters() == "DENABC"


def test_a_newcomer_between_two_laps_goes_last():
    season = a_season("ABC")
    for _ in range(3):
        season.hold()
    season.join("N")
    assert season.sitters() == "ABCNAB"


def test_who_leaves_is_out_and_who_comes_back_is_new():
    season = a_season("ABC")
    season.hold()
    season.leave("B")
    assert season.sitters() == "CACACA"
    season.join("B")
    assert season.sitters() == "CBACBA"


def test_a_stay_of_no_time_at_all_leaves_no_trace():
    season = a_season("AB")
    season.seats.append(Seat("X", START, START))
    assert season.sitters(4) == "ABAB"


def test_jumping_in_within_the_lap_is_taking_ones_own_turn_early():
    season = a_season()
    season.hold(sat="C")
    assert season.sitters() == "ABDCAB"


def test_jumping_in_for_a_second_turn_costs_the_next():
    season = a_season()
    season.hold()
    season.hold()
    season.hold(sat="A")
    assert season.sitters(9) == "CDBCDBACD"
    while season.week <= 12:
        season.hold()
    assert set(times_sat(season.ledger()).values()) == {3}


def test_who_owes_a_turn_still_sits_when_nobody_else_is_there():
    season = a_season("AB")
    season.hold()
    season.hold(sat="A")
    season.hold()
    assert season.hold(away="B").sits == ("A",)


def test_two_chairs_take_the_first_two():
    season = a_season("ABCDE", chairs=2)
    assert [turn.sits for turn in season.plan()[:3]] == [("A", "B"), ("C", "D"), ("E", "A")]
    assert season.plan(away="B")[0].sits == ("A", "C")
    assert season.plan()[0].reserve == "C"


def test_three_others_share_the_three_roles():
    turns = a_season().plan()
    assert turns[0].roles == {Duty.FACILITATOR: "B", Duty.TIMEKEEPER: "C", Duty.SCRIBE: "D"}
    assert all({*turn.sits, *turn.roles.values()} == set("ABCD") for turn in turns)


@pytest.mark.parametrize(("away", "loads"), [("", [1, 1, 1]), ("D", [1, 2]), ("CD", [3]), ("BCD", []), ("ABCD", [])])
def test_roles_are_doubled_only_when_too_few_are_there(away, loads):
    turn = a_season().plan(away=away)[0]
    assert sorted(Counter(turn.roles.values()).values()) == loads


def test_a_circle_of_nobody_has_empty_turns():
    turns = hotseat.look_ahead(Ledger(seats=()), 3)
    assert [(turn.session, turn.sits, turn.roles, turn.reserve) for turn in turns] == [(None, (), {}, None)] * 3


def test_sessions_not_planned_yet_follow_after_the_planned_ones():
    turns = hotseat.look_ahead(a_season().ledger(ahead=2), 4)
    assert [turn.session for turn in turns] == [1, 2, None, None]
    assert hotseat.turn_in(2, turns) == turns[1]
    assert hotseat.turn_in(3, turns) is None


@pytest.mark.parametrize(
    ("state", "held"),
    [
        (SessionState.PLANNED, None),
        (SessionState.OPEN, None),
        (SessionState.HELD, True),
        (SessionState.PARTLY, True),
        (SessionState.NOT_HELD, False),
        (SessionState.SKIPPED, False),
    ],
)
def test_a_session_as_the_ledger_sees_it(state, held):
    presence = {"A": Presence.AWAY, "B": Presence.MISSED, "C": Presence.PRESENT, "D": Presence.COMING}
    session = Session(
        id=7, circle=1, planned_for=date(2026, 1, 5), starts=START, minutes=60, state=state, presence=presence
    )
    meeting = hotseat.as_meeting(session, sat=["C"], roles={Duty.SCRIBE: "D"})
    assert meeting == Meeting(7, START, held, ("C",), {Duty.SCRIBE: "D"}, frozenset("AB"))


def test_who_is_ready_stands_in_before_the_next_in_line():
    season = a_season()
    season.stand_by("C", ready=True)
    assert (season.plan()[0].reserve, season.plan()[0].is_ready) == ("C", True)
    season.hold(away="A")
    assert season.meetings[0].sat == ("C",)
    assert season.sitters() == "ABDCAB"


def test_who_would_rather_not_stand_in_is_left_out_and_loses_nothing():
    season = a_season()
    season.stand_by("B", ready=False)
    assert season.plan()[0].reserve == "C"
    season.hold(away="A")
    assert season.meetings[0].sat == ("C",) and season.sitters(3) == "ABD"


def test_who_sits_is_no_reserve():
    season = a_season()
    with pytest.raises(Refused, match="is yours"):
        season.stand_by("A", ready=True)


def test_an_urgent_question_in_ones_own_lap_is_ones_turn():
    season = a_season()
    season.jump_in("C")
    turn = season.hold()
    assert (turn.sits, turn.jumped, turn.reserve) == (("C",), "C", "A")
    assert season.sitters() == "ABDCAB"


def test_an_urgent_question_after_ones_turn_costs_the_next():
    season = a_season()
    season.hold()
    season.jump_in("A")
    season.hold()
    assert season.sitters(6) == "BCDBCD"


def test_urgent_once_and_only_for_the_next_session():
    season = a_season()
    season.hold()
    with pytest.raises(Refused, match="is yours"):
        season.jump_in("B")
    season.jump_in("A")
    with pytest.raises(Refused, match="Somebody else"):
        season.jump_in("C")
    season.hold()
    with pytest.raises(Refused, match="paid back"):
        season.jump_in("A")
    with pytest.raises(Refused, match="not a member"):
        season.jump_in("X")


def test_a_session_that_has_begun_is_as_it_was_written_down():
    season = a_season()
    begun = Meeting(1, START, sat=("D",), roles={Duty.SCRIBE: "A"})
    first, *rest = hotseat.look_ahead(Ledger(tuple(season.seats), (begun,)))
    assert (first.sits, first.roles) == (("D",), {Duty.SCRIBE: "A"})
    assert [turn.sits for turn in rest][:3] == [("A",), ("B",), ("C",)]


def test_one_session_may_have_other_chairs_than_the_rest():
    season = a_season()
    two = Meeting(1, START + WEEK, chairs=2)
    assert [turn.sits for turn in hotseat.look_ahead(Ledger(tuple(season.seats), (two,)))][:2] == [("A", "B"), ("C",)]
