"""What people type, made clean."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import words
from bot.domain.errors import Refused


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("  two   words ", "two words"),
        ("one\ntwo\tthree", "one two three"),
        ("\u202eevil\u202c", "evil"),
        ("a\x00b\x1b[31m", "ab[31m"),
        ("e\u0301", "é"),
        ("👩\u200d🚀 🎉", "👩\u200d🚀 🎉"),
        ("مرحبا", "مرحبا"),
        ("<!channel> & <b>", "<!channel> & <b>"),
        ("", ""),
        ("\ud800x", "x"),
    ],
)
def test_a_line_is_one_line_without_what_cannot_be_seen(typed, line):
    assert words.clean_line(typed, 40, "The name") == line


def test_what_is_too_long_is_refused_with_both_figures():
    assert words.clean_line(" " + "x" * 40, 40, "The name") == "x" * 40
    with pytest.raises(Refused, match=r"The name is too long: 3000 characters, where 40 fit\."):
        words.clean_line("x" * 3000, 40, "The name")


def test_a_text_keeps_its_lines_and_one_empty_one_between():
    assert words.clean_text(" a  b\r\n\n\n\n c \n", 40, "The note") == "a b\n\nc"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("Go, go; GO\nRust,", ["Go", "Rust"]), ("", []), (" ,;\n ", []), ("b, a", ["b", "a"])],
)
def test_a_list_has_each_word_once_in_its_order(typed, kept):
    assert words.clean_list(typed, most=3, limit=20, what="your skills") == kept


def test_a_list_with_too_many_is_refused():
    with pytest.raises(Refused, match="3 entries; you gave 4"):
        words.clean_list("a,b,c,d", most=3, limit=20, what="your skills")


def test_an_empty_text_is_refused_where_one_is_needed():
    assert words.needed("x", "The name") == "x"
    with pytest.raises(Refused, match="The name is empty"):
        words.needed("", "The name")


@given(st.text(max_size=80))
def test_cleaning_twice_is_cleaning_once(typed):
    line = words.clean_line(typed, 400, "The name")
    assert words.clean_line(line, 400, "The name") == line
    assert not any(unicodedata.category(one) in ("Cc", "Cs") for one in line)
    text = words.clean_text(typed, 400, "The note")
    assert words.clean_text(text, 400, "The note") == text
