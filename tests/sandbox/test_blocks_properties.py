"""Whatever comes, the checks answer, and they hold the limits to the character."""

from hypothesis import given
from hypothesis import strategies as some

from bot.sandbox.blockkit import message_faults, view_faults
from bot.sandbox.blockkit.blocks import BLOCKS
from bot.sandbox.blockkit.checks import characters
from bot.sandbox.blockkit.elements import ELEMENTS

NAMES = some.sampled_from(
    ["type", "text", "elements", "element", "label", "options", "value", "blocks", "accessory", "fields", "rows"]
)
KINDS = some.sampled_from([*BLOCKS, *ELEMENTS, "plain_text", "mrkdwn", "modal", "home", "text"])
SCALARS = (
    some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False) | some.text(max_size=5) | KINDS
)
ANYTHING = some.recursive(
    SCALARS, lambda inner: some.lists(inner, max_size=4) | some.dictionaries(NAMES, inner, max_size=5), max_leaves=20
)


@given(some.lists(ANYTHING, max_size=4))
def test_any_blocks_are_answered_never_raised(blocks):
    fault = message_faults(blocks)
    assert fault is None or fault.error


@given(ANYTHING, some.sampled_from(["modal", "home"]))
def test_any_view_is_answered_never_raised(view, kind):
    fault = view_faults(view, kind)
    assert fault is None or fault.error


@given(some.text(max_size=3100) | some.text(alphabet="😀a", min_size=2990, max_size=3010))
def test_a_section_passes_exactly_when_its_text_fits(text):
    fits = 1 <= characters(text) <= 3000
    fault = message_faults([{"type": "section", "text": {"type": "mrkdwn", "text": text}}])
    assert (fault is None) == fits


@given(some.lists(some.sampled_from("abcde"), min_size=1, max_size=5))
def test_block_ids_pass_exactly_when_they_differ(ids):
    fault = message_faults([{"type": "divider", "block_id": block_id} for block_id in ids])
    assert (fault is None) == (len(set(ids)) == len(ids))


@given(some.integers(0, 105))
def test_a_view_passes_exactly_with_one_to_a_hundred_blocks(count):
    view = {"type": "home", "blocks": [{"type": "divider"}] * count}
    assert (view_faults(view, "home") is None) == (1 <= count <= 100)


@given(some.sampled_from(sorted(BLOCKS)), some.text(min_size=1, max_size=8))
def test_no_block_takes_a_property_it_does_not_know(kind, name):
    fault = message_faults([{"type": kind, f"_{name}": 1}])
    assert fault is not None
