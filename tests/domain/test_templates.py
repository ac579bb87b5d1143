"""Texts that ship and that a program makes its own: what ships holds, what does not work is refused with a sentence."""

import pytest

from bot.domain.errors import Refused
from bot.domain.guides import AGENDAS, GUIDES
from bot.domain.templates import Template, adds_up_to, at_most, fill, lines

EVERY = [*GUIDES.values(), *AGENDAS.values()]


@pytest.mark.parametrize("template", EVERY, ids=lambda one: one.key)
def test_what_ships_would_be_taken_as_it_is(template):
    assert template.read(template.shipped) == template.shipped
    assert "{" not in template.example(template.shipped)
    assert len(template.key) <= 80 and template.key.isascii()


def test_no_two_have_one_key():
    assert len({one.key for one in EVERY}) == len(EVERY) == 21


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "empty"),
        (" \u202e \n", "empty"),
        ("10 minutes: hello\n4 minutes: bye", "add up to 14 minutes"),
        ("15 minutes: {boss} speaks", "{mentee}, {mentor}"),
        ("15 minutes: {} speaks", "blank"),
        ("First: who you are", "Begin every line with its time"),
        ("15 minutes: " + "x" * 3000, "too long"),
        ("15 minutesx: hello", "Begin every line"),
    ],
)
def test_a_guide_that_would_not_work_is_refused(typed, said):
    with pytest.raises(Refused) as refused:
        next(one for one in EVERY if one.key == "relationships.guide.skill.15").read(typed)
    assert said in refused.value.sentence


def test_what_is_odd_but_works_is_taken():
    guide = Template("a.b", "A", "B", "1 minute: x", adds_up_to(15), {"mentee": "Ana"})
    assert (
        guide.read("1 minute: <!here> 😀\n\n\n 14 minutes: {mentee}, go!")
        == "1 minute: <!here> 😀\n\n14 minutes: {mentee}, go!"
    )


def test_a_list_stays_short():
    at_most(2)("one\n\ntwo")
    with pytest.raises(Refused, match="Keep it to 2 lines"):
        at_most(2)("one\ntwo\nthree")


def test_blanks_are_filled_in_and_unknown_ones_stay():
    assert fill("{mentee} and {mentor}, {x}", {"mentee": "<@U1>", "mentor": "{mentee}"}) == "<@U1> and {mentee}, {x}"
    assert lines(" a \n\n b") == ["a", "b"]
    assert "curly brackets" in Template("a.b", "A", "B", "x").blanks_in_words()
