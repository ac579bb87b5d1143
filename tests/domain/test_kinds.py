"""Kinds of relationship: complete as data, and a word that is none leads to the nearest."""

import pytest

from bot.domain import kinds
from bot.domain.errors import Refused
from bot.domain.matching.config import WEIGHTS
from bot.domain.people import Kind


def test_every_kind_is_described_and_the_matcher_weighs_each():
    assert set(kinds.FACTS) == set(Kind)
    assert set(WEIGHTS) == {kind.value for kind in Kind}


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_has_a_rhythm_and_an_end_or_is_once(kind):
    facts = kinds.FACTS[kind]
    assert facts.is_once == (facts.months == 0) == (kind is Kind.MICRO)
    assert facts.is_equal == (kind is Kind.PEER)
    assert facts.means.endswith(".") and len(facts.choice) <= 75


def test_peers_and_micro_questions_take_no_place():
    assert {Kind.PEER, Kind.MICRO} == kinds.LIGHT


def test_what_people_confuse_is_told_apart_where_it_is_chosen():
    for kind in (Kind.SKILL, Kind.SPONSOR, Kind.COACH):
        assert kinds.DIFFERENCE in kinds.told_apart(kind)
    assert kinds.told_apart(Kind.PEER) == kinds.FACTS[Kind.PEER].means


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("written", ["{}", " {} ", "{}s", "{}X"])
def test_a_kind_is_found_or_suggested(kind, written):
    assert kinds.nearest(written.format(kind.value)) is kind


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sponser", "sponsor"),
        ("coachin", "coach"),
        ("perspectve", "perspective"),
        ("mentor", "skill"),
        ("mikro", "micro"),
    ],
)
def test_the_nearest_is_suggested_as_it_is_typed(typed, meant):
    with pytest.raises(Refused, match=f"Did you mean `/mentor match {meant}`"):
        kinds.named(typed, "/mentor match")


@pytest.mark.parametrize("typed", ["xyzzy", "<!channel>", "x" * 3000, "😀", "\u202esponsor\u202e", "*"])
def test_nothing_that_was_typed_is_repeated(typed):
    with pytest.raises(Refused) as refused:
        kinds.named(typed, "/mentor match")
    assert typed not in refused.value.sentence
    assert "skill, sponsor, perspective, coach, peer, reverse, micro" in refused.value.sentence
