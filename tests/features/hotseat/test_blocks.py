"""How the hot seat looks, branch by branch."""

from datetime import date, timedelta

import pytest

from bot.domain.briefs import Boxes, Brief, BriefState
from bot.domain.hotseat import Jump, Ledger, Reserve, as_meeting, look_ahead
from bot.domain.ids import SessionId
from bot.features.hotseat import blocks, form
from bot.features.hotseat.flows import Draft, Partners, Passed, SwapOutcome
from bot.features.hotseat.reading import Order
from bot.store.briefs import SwapRequest, SwapState
from tests.builders import a_circle, a_session, an_id
from tests.clock import START

SESSIONS = [
    a_session(id=SessionId(number), planned_for=date(2026, 3, 5) + timedelta(weeks=2 * (number - 1)))
    for number in range(1, 4)
]
FULL = Boxes("How do I <!channel> say no?", "A big launch", "Saying yes", "Saying later", "Experience", "Advice")


def an_order(*names, **asked):
    circle = a_circle(*names)
    ledger = Ledger(circle.seats, tuple(as_meeting(session) for session in SESSIONS), **asked)
    return Order(circle, SESSIONS, ledger, look_ahead(ledger))


def a_draft(state=BriefState.DRAFT, boxes=FULL):
    return Draft(Brief(SessionId(1), an_id("Ana"), boxes, state, version=1), SESSIONS[0], a_circle())


def a_request(state):
    return SwapRequest(7, a_circle().id, an_id("Ana"), an_id("Bo"), SessionId(1), START, state)


def test_the_order_with_my_turn_in_it(looks_right):
    looks_right(blocks.orders([an_order()], an_id("Ana"), START))


def test_the_order_of_a_circle_of_one(looks_right):
    looks_right(blocks.orders([an_order("Bo")], an_id("Ana"), START))


def test_nobody_to_wait_for(looks_right):
    looks_right(blocks.orders([], an_id("Ana"), START))


def test_home_without_a_turn():
    assert blocks.my_turns([]) == []


def test_home_with_a_turn(looks_right):
    looks_right(blocks.my_turns([(a_circle(), SESSIONS[0])]))


@pytest.mark.parametrize("has_draft", [False, True])
def test_the_brief_is_asked_for(looks_right, has_draft):
    looks_right(blocks.brief_asked(a_circle(), SESSIONS[0], has_draft=has_draft))


def test_the_form_of_an_empty_brief(looks_right):
    looks_right(form.brief(a_draft(boxes=Boxes())))


def test_the_form_of_a_brief_the_circle_has(looks_right):
    looks_right(form.brief(a_draft(BriefState.SENT)))


def test_a_saved_draft(looks_right):
    looks_right(blocks.brief_saved(a_draft()))


def test_a_saved_brief_the_circle_has(looks_right):
    looks_right(blocks.brief_saved(a_draft(BriefState.SENT)))


def test_a_sent_brief(looks_right):
    looks_right(blocks.brief_sent(a_draft()))


def test_the_brief_in_the_channel(looks_right):
    looks_right(blocks.brief_shared(an_id("Ana"), SESSIONS[0], FULL))


def test_a_brief_of_one_sentence(looks_right):
    looks_right(blocks.brief_shared(an_id("Ana"), SESSIONS[0], Boxes("How do I say no?")))


def test_the_question_for_a_brief_once_the_seat_is_gone(looks_right):
    looks_right(blocks.seat_gone(SESSIONS[0], [an_id("Bo")]))


def test_the_question_for_a_brief_once_the_circle_has_it(looks_right):
    looks_right(
        blocks.brief_with_circle(Draft(Brief(SESSIONS[0].id, an_id("Ana"), Boxes("Why?")), SESSIONS[0], a_circle()))
    )


def test_a_pass(looks_right):
    looks_right(blocks.passed(Passed(SESSIONS[0], [an_id("Bo")], True)))


def test_a_pass_with_nobody_next(looks_right):
    looks_right(blocks.passed(Passed(SESSIONS[0], [], True)))


def test_the_choice_of_a_partner(looks_right):
    names = [(an_id("Bo"), "Bo", SESSIONS[1]), (an_id("Chi"), "Chi", None)]
    looks_right(form.swap(Partners(SESSIONS[0], names)))


def test_a_partner_was_asked(looks_right):
    looks_right(blocks.swap_requested(an_id("Bo")))


@pytest.mark.parametrize("yours", [SESSIONS[1], None])
def test_the_question_to_the_partner(looks_right, yours):
    looks_right(blocks.swap_asked(an_id("Ana"), SESSIONS[0], yours, 7))


@pytest.mark.parametrize("state", list(SwapState))
def test_what_the_partner_sees_afterwards(looks_right, state):
    looks_right(blocks.swap_settled(SwapOutcome(a_request(state), state, SESSIONS[0])))


@pytest.mark.parametrize("state", list(SwapState))
def test_what_the_asker_hears(looks_right, state):
    looks_right(blocks.swap_answered(SwapOutcome(a_request(state), state, SESSIONS[0])))


@pytest.mark.parametrize("sits", [["Bo"], ["Bo", "Chi"], []])
def test_the_circle_hears_of_a_change(looks_right, sits):
    looks_right(blocks.order_changed(SESSIONS[0], [an_id(name) for name in sits]))


URGENT = {"jumps": (Jump(START, an_id("Dee"), SessionId(1)),)}
READY = {"reserves": (Reserve(an_id("Bo"), SessionId(1), True),)}


@pytest.mark.parametrize("who", ["Bo", "Chi"])
def test_the_order_for_who_could_stand_in_and_for_others(looks_right, who):
    looks_right(blocks.orders([an_order()], an_id(who), START))


@pytest.mark.parametrize("who", ["Ana", "Dee"])
def test_the_order_with_something_urgent(looks_right, who):
    looks_right(blocks.orders([an_order(**URGENT)], an_id(who), START))


def test_the_order_with_somebody_ready(looks_right):
    looks_right(blocks.orders([an_order(**READY)], an_id("Chi"), START))


def test_something_urgent_has_the_seat(looks_right):
    looks_right(blocks.jumped(an_order(**URGENT), an_id("Dee"), START))


@pytest.mark.parametrize("sits", [["Ana"], ["Ana", "Chi"]])
def test_the_question_to_the_next_in_line(looks_right, sits):
    looks_right(blocks.reserve_asked(a_circle(), SESSIONS[0], [an_id(name) for name in sits]))


@pytest.mark.parametrize("ready", [True, False])
def test_who_was_asked_to_stand_in_has_answered(looks_right, ready):
    looks_right(blocks.stands_by(SESSIONS[0], ready=ready))


def test_the_seat_came_at_short_notice(looks_right):
    looks_right(blocks.yours(a_circle(), SESSIONS[0]))


@pytest.mark.parametrize("mine", [SESSIONS[1], None])
def test_something_urgent_put_off_my_seat(looks_right, mine):
    looks_right(blocks.put_off(SESSIONS[0], an_id("Dee"), mine))


def test_a_brief_is_kept_until_the_day(looks_right):
    looks_right(blocks.brief_kept(a_draft(BriefState.KEPT)))


@pytest.mark.parametrize("state", [None, *BriefState])
def test_the_question_for_a_brief_when_the_seat_is_mine_again(looks_right, state):
    brief = Brief(SESSIONS[0].id, an_id("Ana"), FULL, state) if state else None
    looks_right(blocks.brief_again(a_circle(), SESSIONS[0], brief))
