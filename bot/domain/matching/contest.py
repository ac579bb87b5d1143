"""Who competes for which places: for each mentee left over, the people and the places within reach of one another.

From a mentee left over one gets to the mentors who are possible, from these to the mentees who have them, and on to the mentors
who would be possible for those. All places on the way are taken, or the draw could be better.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bot.domain.matching.edges import Flags, Whole
from bot.domain.matching.market import KEPT_PAIRS, PairMarket


@dataclass(frozen=True)
class Contest:
    people: int
    places: int
    mentors: int


def contests(market: PairMarket, match: Whole) -> Mapping[str, Contest]:
    """By mentee left over, where a mentor is possible; nothing for a program too large to look at each pair again."""
    if market.rows * len(market.mentors) > KEPT_PAIRS:
        return {}
    wishes = _wishes(market, match < 0)
    found: dict[str, Contest] = {}
    for row in wishes:
        if market.mentees[row] not in found:
            rivals, rows, columns = _within_reach(market, match, wishes, row)
            contest = Contest(len(rivals) + int(rows.sum()), int(market.capacity[columns].sum()), int(columns.sum()))
            found |= {market.mentees[rival]: contest for rival in rivals}
    return found


def _wishes(market: PairMarket, rows: Flags) -> dict[int, Flags]:
    """The possible mentors of each of these rows, where there are any."""
    found = {}
    for block in market.blocks(rows=rows):
        for row, scores in zip(block.rows, block.scores, strict=True):
            possible = np.zeros(len(market.mentors), dtype=bool)
            possible[block.columns[scores >= 0]] = True
            if possible.any():
                found[int(row)] = possible
    return found


def _within_reach(
    market: PairMarket, match: Whole, wishes: dict[int, Flags], row: int
) -> tuple[set[int], Flags, Flags]:
    """Those left over, those matched, and the mentors among whom the places would have to be shared out anew."""
    rivals, rows, columns = {row}, np.zeros(market.rows, dtype=bool), wishes[row].copy()
    while True:
        joining = [other for other in wishes if other not in rivals and (wishes[other] & columns).any()]
        fresh = (match >= 0) & columns[match] & ~rows
        if not joining and not fresh.any():
            return rivals, rows, columns
        rivals.update(joining)
        for other in joining:
            columns |= wishes[other]
        rows |= fresh
        for block in market.blocks(rows=fresh) if fresh.any() else ():
            columns[block.columns[(block.scores >= 0).any(axis=0)]] = True
