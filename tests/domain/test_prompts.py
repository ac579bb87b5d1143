"""What is asked: ten families that ship, and a program's own words in their place or beside them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import checkins, prompts
from bot.domain.errors import Refused, RefusedFields
from bot.domain.prompts import FAMILIES, OWN, Form

KEYS = [family.key for family in FAMILIES]


def test_there_are_ten_families_with_wording_of_their_own():
    assert len(set(KEYS)) == len(FAMILIES) == 10
    asked = [prompt for family in FAMILIES for prompt in family.prompts]
    assert len(set(asked)) == len(asked) >= 20
    assert all("?" in prompt or prompt.endswith(".") for prompt in asked)
    assert max(map(len, asked)) < 120
    assert "streak" not in " ".join(asked).lower()


def test_a_programs_own_words_take_the_place_of_ours():
    changed = prompts.families({"stuck": ("What is in the way?",), "silent": ("Just emoji?",)})
    by = {family.key: family for family in changed}
    assert by["stuck"].prompts == ("What is in the way?",) and by["stuck"].name == "Stuck"
    assert by["silent"].form is Form.EMOJI
    assert by["win"] in FAMILIES and OWN.key not in by and len(changed) == 10
    assert prompts.families({}) == FAMILIES


def test_questions_of_its_own_come_beside_the_ten():
    assert [family.key for family in prompts.families({"own": ("Why us?",)})] == [*KEYS, "own"]
    assert prompts.family_named("own").prompts == ()
    with pytest.raises(Refused, match="no such questions"):
        prompts.family_named("forged")


own_words = st.dictionaries(st.sampled_from([*KEYS, "own"]), st.tuples(st.just("One?"), st.just("Two?")), max_size=11)


@given(st.integers(1, 10**6), st.lists(own_words, min_size=30, max_size=30))
def test_none_comes_back_within_six_weeks_however_often_leads_change_them(circle, changes):
    asked = []
    for own in changes:
        asked.append(checkins.next_family(circle, asked, prompts.families(own)).key)
    assert asked[0] != "silent"
    for place, key in enumerate(asked):
        assert key not in asked[max(0, place - 6) : place]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("One?", ("One?",)),
        (" One?  \n\n  Two <!channel>\u202e? \nOne?\n", ("One?", "Two <!channel>?")),
        ("\n".join(f"{n}?" for n in range(6)), ("0?", "1?", "2?", "3?", "4?", "5?")),
    ],
)
def test_questions_are_read_a_line_each(text, read):
    assert prompts.read_questions(text) == read


@pytest.mark.parametrize(
    "text", ["", " \n \n", "\u200b", "x" * 201, "\n".join(f"{n}?" for n in range(7)), "y" * 3000]
)
def test_questions_nobody_could_use_are_refused_with_a_sentence(text):
    with pytest.raises(RefusedFields) as refused:
        prompts.read_questions(text)
    assert set(refused.value.fields) == {"questions"}
