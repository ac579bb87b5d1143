"""Block Kit stays within Slack's limits, whatever people wrote."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.blockkit import message_faults, view_faults
from bot.slack import blocks
from bot.slack.text import escape

NASTY = [
    "<!channel> & <@U0BO>",
    "👩🏽‍🔬" * 60,
    "عَنَا بِخَيْر",
    "\u202eabc",
    "a" * 3001,
    "x",
    "*_~`",
    "line\nline",
    "&" * 800,
]
WORDS = st.one_of(
    st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)
)
MANY = st.lists(WORDS, min_size=1, max_size=120)
CHOICES = st.lists(WORDS, min_size=2, max_size=130).map(
    lambda names: [(name, str(n)) for n, name in enumerate(names)]
)


def menus(choices: list[blocks.Choice], hint: str) -> list[dict[str, Any]]:
    one, some = choices[0][1], [value for _, value in choices[:3]]
    return [
        blocks.menu("a", choices, chosen=one, hint=hint),
        blocks.menu("b", choices, chosen="none of them"),
        blocks.many_menu("c", choices, chosen=some, most=3),
        blocks.radio("d", choices, chosen=one),
        blocks.ticks("e", choices, chosen=some),
        blocks.overflow("f", choices),
        blocks.person_menu("g", chosen="U0ANA", hint=hint),
        blocks.people_menu("h", chosen=["U0ANA"], most=2),
        blocks.searched_menu("i", hint=hint, least=2),
        blocks.day_picker("j", chosen="2026-03-05"),
        blocks.time_picker("k", chosen="15:00"),
        blocks.moment_picker("l", chosen=1772719200),
    ]


@settings(max_examples=60, deadline=None)
@given(WORDS, CHOICES, MANY)
def test_a_message_is_within_the_limits_whatever_its_words_are(words, choices, many):
    sure = blocks.confirm(words, words, yes=words, no=words, style="danger")
    parts = [
        blocks.header(words),
        blocks.section(escape(words), blocks.button(words, "open", "1"), block="one"),
        blocks.fields(*many),
        blocks.context(*many),
        blocks.divider(),
        blocks.quote(words),
        blocks.bullets(*many[:40]),
        blocks.actions(blocks.button(words, "done", words[:50], style="primary", confirm=sure)),
        *[blocks.actions(menu, block=str(number)) for number, menu in enumerate(menus(choices, words))],
        blocks.table([[words] * 30] * 4),
    ]
    for part in parts:
        fault = message_faults([part])
        assert fault is None or fault.error == "msg_blocks_too_long", fault


@settings(max_examples=60, deadline=None)
@given(WORDS, CHOICES)
def test_a_form_is_within_the_limits_whatever_its_words_are(words, choices):
    inputs = [
        blocks.line("a", given=words, most=80, hint=words),
        blocks.paragraph("b", given=words, most=3000, hint=words),
        blocks.number("c", given=3, least=0, most=10),
        *[menu for menu in menus(choices, words) if menu["type"] != "overflow"],
    ]
    form = blocks.modal(
        words,
        [
            blocks.field_input(words, one, block=str(number), optional=True, hint=words)
            for number, one in enumerate(inputs)
        ],
        callback="form",
        submit=words,
        notes="{}",
    )
    assert view_faults(form, "modal") is None


def test_a_page_has_no_submit_and_a_form_has_one():
    page = blocks.modal("Read this", [blocks.section("Hello.")])
    form = blocks.modal("Say", [blocks.field_input("Name", blocks.line("n"), block="n")], submit="Send")
    assert "submit" not in page and page["close"]["text"] == "Close"
    assert form["submit"]["text"] == "Send" and form["close"]["text"] == "Cancel"
    assert view_faults(page, "modal") is None


def test_a_view_is_cut_at_a_hundred_blocks():
    many = [blocks.section(str(number)) for number in range(150)]
    assert len(blocks.home(many)["blocks"]) == len(blocks.modal("Many", many)["blocks"]) == blocks.VIEW_BLOCKS
    assert view_faults(blocks.home(many), "home") is None


def test_a_row_of_buttons_is_cut_at_twenty_five():
    row = blocks.actions(*[blocks.button("Go", f"go:{number}") for number in range(30)])
    assert len(row["elements"]) == 25
    assert message_faults([row]) is None


@pytest.mark.parametrize("made", [blocks.menu, blocks.radio])
def test_what_is_chosen_at_first_equals_its_option(made):
    menu = made("a", [("One", "1"), ("Two", "2")], chosen="2")
    assert menu["initial_option"] in menu["options"]
    assert "initial_option" not in made("a", [("One", "1"), ("Two", "2")])


@pytest.mark.parametrize("made", [blocks.many_menu, blocks.ticks])
def test_all_that_is_chosen_at_first_equals_options(made):
    menu = made("a", [("One", "1"), ("Two", "2"), ("Three", "3")], chosen=["3", "1", "gone"])
    assert [option["value"] for option in menu["initial_options"]] == ["1", "3"]
    assert all(option in menu["options"] for option in menu["initial_options"])


def test_a_quotation_takes_words_raw_so_that_nothing_in_it_rings():
    [piece] = blocks.quote("<!channel> & co")["elements"][0]["elements"]
    assert piece == {"type": "text", "text": "<!channel> & co"}


def test_optional_parts_are_absent_and_never_null():
    made = [blocks.section("x"), blocks.button("x", "y"), blocks.line("x"), blocks.day_picker("x"), blocks.home([])]
    made += [blocks.confirm("a", "b", yes="c"), blocks.number("n", least=0, most=1), blocks.people_menu("p")]
    assert all(None not in one.values() for one in made)
