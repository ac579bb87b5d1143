"""Charters: drafts from templates, versions, and what a clause may hold."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.charters import (
    CLAUSE_LIMIT,
    FACTS,
    SHIPPED,
    TITLES,
    Charter,
    Clause,
    changed,
    check_member,
    check_signing,
    clean,
    drafted,
    renewed,
    revised,
)
from bot.domain.errors import Refused, Stale
from bot.domain.programs import Rules
from bot.domain.sessions import BY_TAP
from tests.builders import a_circle, a_rule, an_id
from tests.clock import START

OAK, RULES = a_circle(), Rules()
WORDS = drafted(SHIPPED, OAK, RULES)
FIRST = Charter(OAK.id, 1, WORDS, BY_TAP, START)


def test_there_are_eight_clauses_each_with_a_title_and_words_of_its_own():
    assert len(Clause) == len(TITLES) == len(SHIPPED) == 8
    assert all(len(words) <= CLAUSE_LIMIT for words in SHIPPED.values())


def test_a_draft_has_the_facts_of_the_circle():
    assert WORDS[Clause.RHYTHM] == (
        "Every second Thursday at 15:00, Berlin time, 60 minutes. This round has 6 sessions and ends around "
        "Thursday 14 May."
    )
    assert "We are 4 to 8." in WORDS[Clause.PEOPLE]
    assert "finding my voice" in WORDS[Clause.PURPOSE]
    assert not any(f"{{{fact}}}" in text for fact in FACTS for text in WORDS.values())


@pytest.mark.parametrize("theme", ["", "{rhythm}", "<!channel> {x} %s ‮", "😀" * 80])
def test_a_draft_of_a_hostile_theme_is_a_draft(theme):
    words = drafted(SHIPPED, replace(OAK, theme=theme), RULES)
    assert set(words) == set(Clause)


@given(st.text(max_size=200), st.integers(1, 26), st.integers(1, 8))
def test_any_template_gives_words_that_fit(text, sessions, every):
    circle = replace(OAK, rule=a_rule(every=every))
    words = drafted(dict.fromkeys(Clause, text * 5), circle, replace(RULES, sessions=sessions))
    assert all(len(one) <= CLAUSE_LIMIT for one in words.values())


def test_a_change_is_the_next_version_with_nobody_signed():
    new = {**WORDS, Clause.EXIT: "Say goodbye."}
    signed = replace(FIRST, signed=frozenset(OAK.members))
    after = revised(signed, new, by=an_id("Bo"), seen=1, now=START)
    assert (after.number, after.by, after.signed) == (2, an_id("Bo"), frozenset())
    assert changed(signed.words, after.words) == (Clause.EXIT,)


def test_two_who_write_at_once_and_who_changes_nothing_are_told():
    with pytest.raises(Stale):
        revised(replace(FIRST, number=2), WORDS, by=an_id("Bo"), seen=1, now=START)
    with pytest.raises(Refused, match="Nothing is changed"):
        revised(FIRST, WORDS, by=an_id("Bo"), seen=1, now=START)
    with pytest.raises(Stale):
        check_signing(replace(FIRST, number=2), 1)


def test_after_a_year_the_same_words_are_signed_once_more():
    again = renewed(replace(FIRST, signed=frozenset(OAK.members)), START + timedelta(days=365))
    assert (again.number, again.words, again.signed) == (2, WORDS, frozenset())
    assert not again.is_draft


@pytest.mark.parametrize("text", ["", " \u200b ", "x" * 3000])
def test_what_a_clause_cannot_be(text):
    with pytest.raises(Refused):
        clean(Clause.EXIT, text)


def test_only_members_of_the_circle():
    with pytest.raises(Refused):
        check_member(OAK, an_id("Zoe"))
