"""Names of skills: the same ones meet, similar ones do not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.matching.skills import Skills, fold, resolved, shipped


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("System  Design", "system-design"),
        ("ＳＱＬ", "sql"),
        ("CI/CD", "ci/cd"),
        ("front–end", "Front_End"),
        ("py\u200bthon", "python"),
    ],
)
def test_spellings_of_one_name_are_folded_together(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("java", "javascript"), ("c", "c#"), ("c", "c++"), ("go", "mongodb")])
def test_skills_that_only_look_alike_stay_apart(one, other):
    assert shipped().canonical(one) != shipped().canonical(other)
    assert shipped().closeness(shipped().canonical(one), shipped().canonical(other)) < 100


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(name):
    assert fold(fold(name)) == fold(name)


def test_the_shipped_table_knows_synonyms_and_relations_both_ways():
    skills = shipped()
    assert skills.canonical("K8s") == "kubernetes"
    assert skills.closeness("docker", "kubernetes") == skills.closeness("kubernetes", "docker") == 70
    assert skills.closeness("sql", "sql") == 100
    assert len(skills.known()) >= 150


def test_no_shipped_synonym_is_itself_a_canonical_name():
    skills = shipped()
    assert not set(skills.synonyms) & set(skills.synonyms.values())
    assert all(skills.canonical(name) == name for pair in skills.related for name in pair)


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("kubernets", "kubernetes"),
        ("pyhton", "python"),
        ("public speeking", "public speaking"),
        ("k8", "kubernetes"),
        ("python", None),
        ("beekeeping", None),
    ],
)
def test_a_typo_gets_a_suggestion_and_a_new_word_gets_none(typed, suggested):
    assert shipped().suggest(typed) == suggested


def test_a_program_may_bring_words_of_its_own_into_the_suggestions():
    assert Skills().suggest("beekeping", among=["Beekeeping"]) == "beekeeping"


def test_synonyms_that_go_in_a_circle_are_found():
    with pytest.raises(ValueError, match=r"a|b"):
        resolved({"a": "b", "b": "a"})
