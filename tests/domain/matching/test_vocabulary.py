"""A program's own skills on top of those that ship."""

import json

import pytest

from bot.domain.errors import Refused
from bot.domain.matching.skills import Skills, shipped
from bot.domain.matching.vocabulary import Edits, Vocabulary, add, read_edits, relate, restore, same
from bot.domain.roster.columns import WrongRows
from bot.domain.roster.skills import changed, with_closeness, written

BASE = Skills({"k8s": "kubernetes"}, {("docker", "kubernetes"): 60})
EMPTY = Vocabulary(Edits(), BASE)


def after(*steps):
    """Each step is a function of the vocabulary, as a lead types one after the other."""
    now = EMPTY
    for step in steps:
        now = Vocabulary(step(now), BASE)
    return now


def test_nothing_changed_is_what_ships():
    assert Vocabulary().skills == shipped()
    assert EMPTY.known() == ("docker", "kubernetes")


def test_a_skill_is_added_once_and_suggested_for_a_typo():
    now = after(lambda v: add(v, "Prompt-Engineering"))
    assert "prompt engineering" in now.known()
    assert now.suggest("promt engineering") == "prompt engineering"
    for known in ("prompt engineering", "K8S"):
        with pytest.raises(Refused, match="already"):
            add(now, known)


def test_two_words_for_one_skill_and_back():
    now = after(lambda v: same(v, "Kube", "K8s"))
    assert now.skills.canonical("kube") == "kubernetes"
    assert now.entry("kubernetes").synonyms == ("k8s", "kube")
    own = after(lambda v: same(v, "k8s", "k8s"))
    assert own.skills.canonical("k8s") == "k8s" and "k8s" in own.known()
    with pytest.raises(Refused, match=r"means .kubernetes. already"):
        same(now, "kubernetes", "k8s")


def test_what_is_close_is_so_both_ways_and_can_be_taken_away():
    now = after(lambda v: relate(v, "helm", "k8s", 40))
    assert now.skills.closeness("helm", "kubernetes") == 40
    assert now.entry("kubernetes").related == (("docker", 60), ("helm", 40))
    assert after(lambda v: relate(v, "docker", "kubernetes", 0)).skills.related == {}
    for closeness in (-1, 100, 1000):
        with pytest.raises(Refused, match="whole number"):
            relate(EMPTY, "helm", "k8s", closeness)
    with pytest.raises(Refused, match="one skill"):
        relate(EMPTY, "k8s", "Kubernetes", 10)


def test_restoring_a_word_leaves_the_others():
    now = after(lambda v: add(v, "helm"), lambda v: same(v, "kube", "k8s"), lambda v: relate(v, "docker", "k8s", 10))
    assert restore(now, "kube").synonyms == {} and restore(now, "kube").names == {"helm"}
    assert restore(now, "docker").related == {}
    assert restore(now) == Edits()


@pytest.mark.parametrize("typed", ["", "  ", "x" * 61, "\u200b"])
def test_a_name_is_needed_and_short(typed):
    with pytest.raises(Refused):
        add(EMPTY, typed)


def test_what_is_stored_is_read_back():
    edits = after(lambda v: same(v, "kube", "k8s"), lambda v: relate(v, "helm", "k8s", 40)).edits
    assert read_edits(json.loads(json.dumps(edits.to_json())), 0) == edits


def test_likely_typos_of_a_profile_are_told_and_no_others():
    told = Vocabulary().likely_typos(["kubernets", "kubernetes", "beekeeping"])
    assert told == [("kubernets", "kubernetes")]


CSV = "skill,synonyms,related\nBee-keeping,apiary; hives,gardening 40\n"
JSON = '{"skills": {"Bee-keeping": ["apiary", "hives"]}, "related": [["bee keeping", "gardening", 40]]}'


@pytest.mark.parametrize(("text", "kind"), [(CSV, ".csv"), (JSON, ".json")])
def test_a_file_adds_all_it_holds_and_nothing_when_read_again(text, kind):
    edits = changed(text, kind, Edits())
    now = Vocabulary(edits)
    assert now.entry("hives").name == "bee keeping"
    assert now.entry("hives").related == (("gardening", 40),)
    assert changed(text, kind, edits) == edits
    for other in (".csv", ".json"):
        assert changed(written(now, other), other, edits) == edits
        assert changed(written(Vocabulary(), other), other, Edits()) == Edits()


def test_everything_wrong_with_a_file_is_said_at_once():
    with pytest.raises(WrongRows) as wrong:
        changed("skill,synonyms,related\n,,\nhelm,,kubernetes 100\n" + "x" * 61 + ",,\n", ".csv", Edits())
    assert [problem.place for problem in wrong.value.problems] == ["row 3, column related", "row 4, column skill"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", ".csv"),
        ("name,level\n", ".csv"),
        ('a"b,"c\n', ".csv"),
        ("[]", ".json"),
        ("{", ".json"),
        ('{"skills": []}', ".json"),
        ('{"skills": {"a": [1]}}', ".json"),
        ('{"related": [["a", "b"]]}', ".json"),
        ('{"skills": {}, "people": []}', ".json"),
    ],
)
def test_what_is_no_file_of_skills_is_refused(text, kind):
    with pytest.raises(Refused):
        changed(text, kind, Edits())


@pytest.mark.parametrize(
    ("typed", "read"),
    [("k8s 60", ("k8s", 60)), ("k8s 60%", ("k8s", 60)), ("system design", ("system design", 50)), ("60", ("60", 50))],
)
def test_a_number_at_the_end_is_how_close(typed, read):
    assert with_closeness(typed) == read
