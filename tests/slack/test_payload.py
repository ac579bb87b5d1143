"""What a button carries, read back with distrust."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import Refused
from bot.slack.payload import Payload, pack

VALUES = st.one_of(st.integers(-(2**31) + 1, 2**31 - 1), st.text())


@given(st.dictionaries(st.text(min_size=1).filter(str.isidentifier), VALUES))
def test_what_was_packed_comes_back(parts):
    payload = Payload.read(pack(**parts))
    for name, value in parts.items():
        assert payload.has(name)
        assert (payload.number(name) if isinstance(value, int) else payload.word(name)) == value


def test_equal_parts_pack_equally():
    assert pack(circle=1, turn=2) == pack(turn=2, circle=1) == '{"circle":1,"turn":2}'


@given(st.one_of(st.none(), st.text(), st.from_type(dict).map(str)))
def test_anything_else_reads_without_raising(forged):
    payload = Payload.read(forged)
    with pytest.raises(Refused):
        payload.number("no such part")


@pytest.mark.parametrize("forged", ["", "17", "[1]", "null", '"x"', "{", "NaN"])
def test_what_is_no_object_reads_as_empty(forged):
    assert Payload.read(forged).parts == {}


@pytest.mark.parametrize("value", ["17", 1.5, True, None, [1], {"a": 1}, 2**31, -(2**31), 10**400])
def test_a_forged_number_is_refused_with_where_to_go_on(value):
    with pytest.raises(Refused, match="Home tab"):
        Payload.read(json.dumps({"circle": value})).number("circle")


@pytest.mark.parametrize("value", [17, True, None, ["x"]])
def test_a_forged_word_is_refused(value):
    with pytest.raises(Refused, match="older message"):
        Payload.read(json.dumps({"day": value})).word("day")
