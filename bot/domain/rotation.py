"""A line of members waiting for one duty, and who is next in it.

The line moves by one rule: whoever served goes to the end. What else can happen to a place in it is named here, one
method each; when it happens is `hotseat`'s business.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from bot.domain.ids import MemberId

KEPT_PASSES = 1
"""How many passes in a row keep one's place."""


@dataclass
class Line:
    """Who waits, first to last. `turns` count laps: `makes_up` is how many missed ones somebody may catch up on."""

    makes_up: int = 0
    order: list[MemberId] = field(default_factory=list)
    turns: dict[MemberId, int] = field(default_factory=dict)
    passed: Counter[MemberId] = field(default_factory=Counter)
    owed: Counter[MemberId] = field(default_factory=Counter)

    @property
    def lap(self) -> int:
        return max(self.turns.values(), default=0)

    def is_waiting(self, member: MemberId) -> bool:
        """Whether others had a turn in this lap that the member has not had yet."""
        return self.turns[member] < self.lap

    def join(self, member: MemberId) -> None:
        """A newcomer stands behind those who still wait in this lap, ahead of those who were served in it."""
        if member in self.order:
            return
        places = enumerate(self.order, 1)
        behind = max((place for place, other in places if self.is_waiting(other)), default=len(self.order))
        fewest = max(min(self.turns.values(), default=0), self.lap - 1)
        self.order.insert(behind, member)
        self.turns[member] = fewest

    def leave(self, member: MemberId) -> None:
        if member not in self.order:
            return
        self.order.remove(member)
        del self.turns[member], self.passed[member], self.owed[member]

    def swap(self, one: MemberId, other: MemberId) -> None:
        if one in self.order and other in self.order:
            here, there = self.order.index(one), self.order.index(other)
            self.order[here], self.order[there] = other, one

    def serve(self, member: MemberId) -> None:
        self.turns[member] = max(self.turns[member] + 1, self.lap - self.makes_up)
        self._to_the_end(member)

    def jump_in(self, member: MemberId) -> None:
        """A second turn before the others had theirs: the next one goes by without them."""
        self.owed[member] += 1
        self._to_the_end(member)

    def pay_back(self, member: MemberId) -> None:
        self.owed[member] -= 1
        self.serve(member)

    def decline(self, member: MemberId) -> None:
        """The first pass keeps the place; each further one in a row lets one more go ahead."""
        self.passed[member] += 1
        here = self.order.index(member)
        if self.passed[member] > KEPT_PASSES:
            self.order[here : here + 2] = reversed(self.order[here : here + 2])

    def _to_the_end(self, member: MemberId) -> None:
        self.order.remove(member)
        self.order.append(member)
        del self.passed[member]


@dataclass(frozen=True)
class Offer:
    """What comes of offering a duty from the front of the line until its places are taken."""

    takes: list[MemberId]
    declines: list[MemberId]
    pays_back: list[MemberId]
    reserve: MemberId | None
    """The next in line after those who take it."""


NOBODY: frozenset[MemberId] = frozenset()


def offer(
    line: Line,
    *,
    away: Collection[MemberId],
    passing: Collection[MemberId],
    places: int,
    ready: Collection[MemberId] = NOBODY,
    unready: Collection[MemberId] = NOBODY,
) -> Offer:
    """Who is away is stood in for: by those who are `ready` to, else by the next in line who is not `unready`.

    Nobody stands in for a second turn in this lap while others who would do it still wait for theirs.
    """
    if not places:
        return Offer([], [], [], None)
    there = [who for who in line.order if who not in away]
    able = _able(line, there, passing)
    own = [who for who in _able(line, line.order, passing)[:places] if who not in away]
    others = [who for who in able if who not in own and who not in unready]
    others.sort(key=lambda who: (not line.is_waiting(who), who not in ready))
    takes = sorted([*own, *others[: places - len(own)]], key=line.order.index)
    ordinary = able[:places]
    reached = there[: there.index(ordinary[-1])] if ordinary else there
    return Offer(
        takes=takes,
        declines=[who for who in reached if who in passing],
        pays_back=[who for who in reached if who not in passing and who not in able],
        reserve=next((who for who in others if who not in takes), None),
    )


def _able(line: Line, among: Sequence[MemberId], passing: Collection[MemberId]) -> list[MemberId]:
    """Who may take it, in line order. Who owes a turn gets one only if there is nobody else."""
    willing = [who for who in among if who not in passing]
    return [who for who in willing if not line.owed[who]] or willing
