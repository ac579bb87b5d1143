"""How it looks when something doesn't work, and when circles become one."""

from dataclasses import replace

import pytest

from bot.domain.drafts import DraftState
from bot.domain.ids import CircleId, MergerId
from bot.domain.mergers import Merger, Tally
from bot.domain.people import Kind
from bot.features.matching import (
    merge_blocks,
    place_blocks,
    rematch_blocks,
)
from bot.features.matching.merging import Asked, Proposal, Standing
from bot.features.matching.rematching import OtherCircle, Together
from tests.builders import a_circle, an_id
from tests.clock import START
from tests.features.matching.shown import (
    a_candidate,
    an_intro,
    of_pairs,
)


def test_something_does_not_work(looks_right):
    me = an_id("Ana")
    looks_right(rematch_blocks.together(Together(), me))
    both = Together((an_intro(), an_intro(asker=an_id("Bo"), asked=me, kind=Kind.PEER)), (a_circle(name="<Oak>"),))
    looks_right(rematch_blocks.together(both, me))
    looks_right(rematch_blocks.unfit(an_intro(), me, a_candidate("Chi")))
    looks_right(rematch_blocks.unfit(an_intro(), me, None))
    looks_right(rematch_blocks.unfit(an_intro(), an_id("Bo"), None))
    looks_right(rematch_blocks.told(an_intro(), me))
    looks_right(rematch_blocks.moved_on(an_intro(), an_id("Bo")))
    looks_right(rematch_blocks.another(an_intro(), a_candidate("Chi")))


@pytest.mark.parametrize("found", [None, a_circle(id=CircleId(5), name="Birch & <Co>")], ids=["none", "found"])
def test_another_circle(looks_right, found):
    looks_right(rematch_blocks.other_circle(OtherCircle(a_circle(), found)))
    looks_right(rematch_blocks.moved(a_circle()))


def a_merger(**overrides):
    return replace(Merger(MergerId(2), CircleId(1), CircleId(2), None, BECAUSE, an_id("Lea"), START), **overrides)


BECAUSE = "Theme *Finding my voice* (5 of 6 chose it); 3 departments; everyone is free Tue 15:00 in Berlin."


@pytest.mark.parametrize("slot", [None, 76], ids=["same", "new"])
def test_two_circles_could_become_one(looks_right, slot):
    small, into = (
        a_circle("Ana", "Bo", name="<Oak>"),
        a_circle("Chi", "Dee", "Eve", "Fay", name="Birch", channel="C0B"),
    )
    proposal = Proposal(small, into, into.rule, slot, BECAUSE)
    asked = Asked(a_merger(slot=slot), small, into, into.rule, Tally(6, 3, 1))
    few = replace(asked, tally=Tally(4, 3, 1))
    looks_right(merge_blocks.standing(Standing((proposal,), (asked, few), (small,))))
    looks_right(merge_blocks.asked_both(proposal))
    looks_right(merge_blocks.question(asked.merger, small, into, into.rule))
    looks_right(merge_blocks.merged(small, into))
    looks_right(merge_blocks.done(asked))


def test_no_circle_too_small_and_what_was_answered(looks_right):
    looks_right(merge_blocks.standing(Standing()))
    looks_right(merge_blocks.voted(fine=True))
    looks_right(merge_blocks.voted(fine=False))


@pytest.mark.parametrize("found", [None, a_candidate("Chi")], ids=["nobody", "somebody"])
def test_a_mentor_for_somebody_who_was_left_over(looks_right, found):
    draft = of_pairs(state=DraftState.PUBLISHED)
    looks_right(place_blocks.mentor(draft, an_id("Ida"), Kind.SKILL, found))
    looks_right(place_blocks.told(draft, an_id("Ida")))
    if found:
        looks_right(place_blocks.found_mentor(Kind.SKILL, found))
