"""Names for circles that a lead publishes: trees, so that no circle sounds better than another."""

from collections.abc import Collection, Iterator
from itertools import count, islice

TREES = (
    "Oak", "Birch", "Maple", "Willow", "Cedar", "Rowan", "Alder", "Hazel", "Linden", "Juniper", "Elm", "Spruce", "Acacia",
    "Aspen", "Laurel", "Olive", "Cypress", "Chestnut", "Beech", "Magnolia", "Sequoia", "Tamarind", "Baobab", "Larch",
    "Hawthorn", "Mulberry", "Poplar", "Banyan", "Walnut", "Myrtle", "Holly", "Almond", "Elder", "Plane", "Mahogany",
    "Jacaranda", "Ginkgo", "Medlar", "Quince", "Sycamore",
)  # fmt: skip


def fresh_names(wanted: int, taken: Collection[str]) -> list[str]:
    """So many names that nobody has; past the trees they are numbered: "Oak 2"."""
    known = {name.casefold() for name in taken}
    return list(islice((name for name in _names() if name.casefold() not in known), wanted))


def _names() -> Iterator[str]:
    yield from TREES
    for turn in count(2):
        yield from (f"{tree} {turn}" for tree in TREES)
