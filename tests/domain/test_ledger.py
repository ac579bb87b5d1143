"""A ledger: searched by its owner's words, taken along whole, and safe to open anywhere."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import ledger
from bot.domain.errors import Refused, RefusedFields
from bot.domain.ids import NoteId
from bot.domain.ledger import Entry, Note
from tests.builders import an_id
from tests.clock import START

ANA, BO = an_id("Ana"), an_id("Bo")


def a_note(number=1, **entry):
    return Note(NoteId(number), ANA, Entry(date(2026, 3, 2), **entry), START)


NOTES = [
    a_note(1, topics="First Talk", takeaways="Begin with the map"),
    a_note(2, follow_ups="Ask Bo for slides", about=BO),
]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("map", [1]),
        ("MAP talk", [1]),
        ("map slides", []),
        ("slides", [2]),
        ("", [1, 2]),
        ("<!channel>", []),
        ("%", []),
    ],
)
def test_all_words_are_looked_for(words, found):
    assert [note.id for note in ledger.search(NOTES, words)] == found


def test_a_note_needs_a_word():
    with pytest.raises(RefusedFields):
        ledger.check(Entry(date(2026, 3, 2), about=BO))


def test_sharing_marks_with_whom_and_when():
    [shared] = ledger.share(NOTES[:1], BO, START)
    assert shared.shared_with == (BO,) and NOTES[0].shared_with == ()
    with pytest.raises(RefusedFields):
        ledger.share([], BO, START)
    with pytest.raises(Refused, match="10 at most"):
        ledger.share([NOTES[0]] * 11, BO, START)


def test_the_csv_holds_all_and_no_formula():
    nasty = a_note(3, topics="=HYPERLINK(1)", takeaways='line "one"\nline, two', about=BO)
    [heading, row] = csv.reader(io.StringIO(ledger.as_csv([nasty], {BO: "@Bo"}).decode("utf-8-sig")))
    assert heading == list(ledger.HEADINGS)
    assert row == ["2026-03-02", "'@Bo", "'=HYPERLINK(1)", 'line "one"\nline, two', "", ""]


def test_the_markdown_holds_all_and_marks_what_was_shared():
    [shared] = ledger.share(NOTES[:1], BO, START)
    text = ledger.as_markdown(
        [shared, a_note(2, takeaways="# no heading\n<script>", about=BO)], {BO: "Bo *x*"}
    ).decode()
    assert "**Takeaways**\n\n> Begin with the map" in text and "*Shared with Bo \\*x\\**" in text
    assert "> \\# no heading\n> \\<script\\>" in text and "## 2026-03-02, with Bo \\*x\\*" in text


@given(st.lists(st.tuples(st.text(), st.text(), st.text()), max_size=5))
def test_whatever_was_written_can_be_taken_along(every):
    notes = [a_note(topics=one, takeaways=two, follow_ups=three) for one, two, three in every]
    text = ledger.as_csv(notes, {}).decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(text, newline="")))) == len(notes) + 1
    assert ledger.as_markdown(notes, {}).startswith(b"# My mentoring ledger")
