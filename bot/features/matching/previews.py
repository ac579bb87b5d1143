"""A draft as a lead looks at it: what was drawn, and what is said of it."""

from dataclasses import dataclass

from bot.domain.drafts import Draft, DraftKind
from bot.domain.ids import MemberId
from bot.domain.matching import Circles, Pairs
from bot.domain.matching.outline import Outline
from bot.features.matching.drawing_blocks import Progress

Drawn = Circles | Pairs


@dataclass(frozen=True)
class Preview:
    """`drawn` is None while it is being drawn or where it could not be."""

    draft: Draft
    drawn: Drawn | None = None
    outline: Outline | None = None
    progress: Progress | None = None

    @property
    def circles(self) -> Circles | None:
        return self.drawn if isinstance(self.drawn, Circles) else None

    @property
    def pairs(self) -> Pairs | None:
        return self.drawn if isinstance(self.drawn, Pairs) else None

    @property
    def groups(self) -> list[tuple[MemberId, ...]]:
        """Who is put together, in the order of the draft: circles by id, pairs as mentee and mentor."""
        if isinstance(self.drawn, Circles):
            return [tuple(map(MemberId, circle.members)) for circle in self.drawn.circles]
        if isinstance(self.drawn, Pairs):
            return [(MemberId(pair.mentee), MemberId(pair.mentor)) for pair in self.drawn.pairs]
        return []

    @property
    def waiting(self) -> list[MemberId]:
        if isinstance(self.drawn, Circles):
            return [MemberId(one.id) for one in self.drawn.unplaced]
        return [MemberId(one.mentee) for one in self.drawn.unmatched] if self.drawn else []

    @property
    def is_of_pairs(self) -> bool:
        return self.draft.kind is DraftKind.PAIRS
