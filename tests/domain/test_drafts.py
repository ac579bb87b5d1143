"""What a lead asks of a draft by hand."""

from dataclasses import replace

import pytest

from bot.domain import drafts
from bot.domain.drafts import ByHand, Draft, DraftKind, DraftState, Figures
from bot.domain.errors import Refused
from bot.domain.ids import DraftId, ProgramId
from tests.builders import an_id
from tests.clock import START

A, B, C, D = map(an_id, ("Ana", "Bo", "Chi", "Dee"))


def a_draft(**overrides):
    return replace(Draft(DraftId(1), ProgramId(1), A, START, DraftState.READY, False, 1), **overrides)


@pytest.mark.parametrize("state", [state for state in DraftState if state is not DraftState.READY])
def test_only_a_draft_that_is_ready_is_changed(state):
    drafts.check_ready(a_draft())
    with pytest.raises(Refused) as refused:
        drafts.check_ready(a_draft(state=state))
    assert str(refused.value) == drafts.NOT_READY[state].format(kind="circles")


def test_a_circle_is_locked_once():
    locked = drafts.lock(drafts.lock(ByHand(), (A, B), locked=True), (A, B), locked=True)
    assert locked.locked == ((A, B),) and drafts.is_locked(locked, (A, B))
    assert drafts.lock(locked, (A, B), locked=False).locked == ()


def test_of_pairs_a_swap_frees_those_whose_mentees_change():
    by_hand = drafts.swapped_mentees(ByHand(locked=((A, B), (C, A))), A, D)
    assert by_hand.locked == ((C, A),) and by_hand.swaps == ((A, D),)


def test_a_draft_of_pairs_says_how_to_draw_another():
    with pytest.raises(Refused, match="match pairs"):
        drafts.check_ready(a_draft(state=DraftState.DISCARDED, kind=DraftKind.PAIRS))


def test_a_ban_frees_a_locked_circle_that_breaks_it():
    by_hand = ByHand(locked=((A, B), (C, D)))
    assert drafts.forbid(by_hand, B, A) == ByHand(locked=((C, D),), apart=((A, B),))
    assert drafts.forbid(by_hand, A, C).locked == by_hand.locked


def test_a_ban_needs_two_people_and_is_set_once():
    with pytest.raises(Refused, match="two different people"):
        drafts.forbid(ByHand(), A, A)
    with pytest.raises(Refused, match="already"):
        drafts.forbid(drafts.forbid(ByHand(), A, B), B, A)


def test_a_swap_frees_the_circles_it_touches():
    by_hand = drafts.swapped(ByHand(locked=((A, B), (C, D))), A, an_id("Eve"))
    assert by_hand.locked == ((C, D),) and by_hand.swaps == ((A, an_id("Eve")),)


def test_figures_add_up():
    assert Figures(9, 8, 2).unplaced == 1
