"""What a reader sees of blocks, and how the driver finds its way by labels."""

import pytest

from bot.sandbox.look import Missing, of_message, of_view, raw_answer
from bot.sandbox.visible import Names, alike, readable, text_of
from tests.sandbox.blocks import (
    actions,
    button,
    field,
    line,
    marked,
    modal,
    option,
    plain,
    rich,
    section,
    select,
    table,
)

NAMES = Names({"U1": "Ana Keller", "U2": "Bo Lindqvist", "U3": "Bo Diddley"}, {"C1": "general"})


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Hello <@U1>", "Hello @Ana Keller"),
        ("<#C1|general> and <#C1>", "#general and #general"),
        ("<!date^1772438400^{date}|2 March>", "2 March"),
        ("<https://e.example|here>, <https://e.example>", "here, https://e.example"),
        ("&lt;!channel&gt; &amp; <!channel>", "<!channel> & @channel"),
        ("*bold* _it_ ~s~ `code` 2*3*4 snake_case_name", "bold it s code 2*3*4 snake_case_name"),
    ],
)
def test_markup_is_read_as_it_is_shown(text, seen):
    assert readable(text, NAMES) == seen


@pytest.mark.parametrize(
    ("block", "seen"),
    [
        (section(text=plain("<@U1>")), "<@U1>"),
        ({"type": "section", "fields": [marked("a"), marked("b")]}, "a\nb"),
        (section(accessory=button(text=plain("Go"))), "Text\n[Go]"),
        (actions(button(text=plain("A")), button(text=plain("B"))), "[A]\n[B]"),
        ({"type": "context", "elements": [marked("a"), marked("b")]}, "a b"),
        (rich(line({"type": "user", "user_id": "U1"}, {"type": "text", "text": " <b>"})), "@Ana Keller <b>"),
        (table([["a", "b"], ["c", "d"]]), "a | b\nc | d"),
        (actions({"type": "overflow", "options": [option("1", "Move"), option("2", "Skip")]}), "[Move] [Skip]"),
        ({"type": "divider"}, ""),
    ],
)
def test_blocks_are_read_as_they_are_shown(block, seen):
    assert text_of([block], NAMES) == seen


def test_inputs_show_what_they_hold():
    blocks = [
        field({"type": "plain_text_input", "action_id": "a"}, block_id="b", label=plain("I will")),
        field(select(action_id="a"), block_id="c", label=plain("Kind")),
    ]
    state = {"b": {"a": {"type": "plain_text_input", "value": "write"}}}
    state["c"] = {"a": {"type": "static_select", "selected_option": option("a")}}
    assert text_of(blocks, NAMES, state) == "I will\n[write]\nKind\n[a]"


@pytest.mark.parametrize(
    ("wanted", "label", "mark"),
    [
        ("Done", "done", 3),
        ("Done", ":white_check_mark: Done", 3),
        ("Ask", "Ask for a coffee", 2),
        ("coffee", "Ask for a coffee", 1),
        ("Stuck", "Done", 0),
    ],
)
def test_labels_are_compared_as_people_do(wanted, label, mark):
    assert alike(wanted, label) == mark


def message(*blocks):
    raw = {"channel": "C1", "ts": "1.000001", "text": "fallback", "blocks": list(blocks), "state": {}}
    return of_message(raw, NAMES)


def people(*names):
    blocks = []
    for name in names:
        blocks += [section(text=marked(name)), actions(button(action_id=name, text=plain("Ask")))]
    return message(*blocks)


def test_a_button_is_found_near_a_name_and_else_the_last_one_counts():
    look = people("Ana", "Bo", "Cleo")
    assert look.find("Ask", "Ana").element["action_id"] == "Ana"
    assert look.find("Ask", "Bo").element["action_id"] == "Bo"
    assert look.find("Ask").element["action_id"] == "Cleo"
    assert look.find("Ask", "Dan") is None
    assert look.find("Sing") is None


def test_a_choice_of_an_overflow_menu_is_found_by_its_text():
    choices = [option("m", "Move"), option("s", "Skip")]
    look = message(section(accessory={"type": "overflow", "action_id": "a", "options": choices}))
    assert look.find("Skip").option["value"] == "s"


def test_what_a_message_says_in_text_is_hidden_by_its_blocks():
    assert message(section(text=marked("shown"))).text == "shown"
    assert message().text == "fallback"


def view():
    blocks = [
        field({"type": "users_select", "action_id": "a"}, block_id="b", label=plain("Buddy")),
        field(select(action_id="a"), block_id="c", label=plain("Kind")),
    ]
    return of_view({**modal(*blocks), "id": "V1"}, NAMES)


def test_answers_are_given_by_what_is_visible():
    look = view()
    assert raw_answer(look.field_called("Buddy"), "@Ana Keller", NAMES) == "U1"
    assert raw_answer(look.field_called("Kind"), "b", NAMES) == "b"
    with pytest.raises(Missing, match="not exactly one person"):
        raw_answer(look.field_called("Buddy"), "Bo", NAMES)
    with pytest.raises(Missing, match='does not offer "c"'):
        raw_answer(look.field_called("Kind"), "c", NAMES)
    with pytest.raises(Missing, match='no field called "When"; there are: "Buddy", "Kind"'):
        look.field_called("When")
