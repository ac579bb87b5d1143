"""Drafts: circles or pairs for a whole program, drawn for a lead to look at, before anybody hears of them.

A draft keeps what it was drawn from, what came out, and what the lead asked for by hand, so that it can be drawn again
with the same result. Nobody is told anything until a lead publishes it, and it is published once.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.errors import Refused
from bot.domain.ids import DraftId, MemberId, ProgramId
from bot.domain.people import Kind

Group = tuple[MemberId, ...]
Pair = tuple[MemberId, MemberId]


class DraftKind(StrEnum):
    """What is drawn, by the word that the matcher and the command have for it."""

    CIRCLES = "circles"
    PAIRS = "pairs"


class DraftState(StrEnum):
    DRAWING = "drawing"
    READY = "ready"
    FAILED = "failed"
    PUBLISHED = "published"
    DISCARDED = "discarded"
    STOPPED = "stopped"
    """By a lead, while it was being drawn."""
    CHECKED = "checked"
    """Not a draft of its own: another one was drawn once more, to see whether it comes out the same."""


@dataclass(frozen=True)
class Figures:
    """What the list of drafts shows without opening one."""

    people: int = 0
    placed: int = 0
    circles: int = 0
    served: int = 0
    """Of pairs: how many of the people have somebody of another kind already, or have asked one."""

    @property
    def unplaced(self) -> int:
        return self.people - self.placed


@dataclass(frozen=True)
class ByHand:
    """What a lead asked for: circles or pairs that stay, people who may not meet, and swaps in the order they were made.

    A circle is locked by its members in the order of their ids, a pair by the mentee and then the mentor.
    """

    locked: tuple[Group, ...] = ()
    apart: tuple[Pair, ...] = ()
    swaps: tuple[Pair, ...] = ()


@dataclass(frozen=True)
class Draft:
    id: DraftId
    program: ProgramId
    made_by: MemberId
    made_at: datetime
    state: DraftState
    everyone: bool
    """Drawn from all who have a profile, not only from those who chose a theme for a circle."""
    seed: int
    by_hand: ByHand = ByHand()
    figures: Figures = Figures()
    matcher: int = 0
    """The version of the matcher that drew it; 0 before it was drawn."""
    problem: str = ""
    """Why it could not be drawn, in a sentence for the lead."""
    published_by: MemberId | None = None
    published_at: datetime | None = None
    kind: DraftKind = DraftKind.CIRCLES
    sought: Kind | None = None
    """Of pairs: the one kind of mentor it is about; None for whatever each of them looks for."""
    after: DraftId | None = None
    """The draft it took the place of, which it is held against and of which as much stays as can."""
    checks: DraftId | None = None
    """The draft that is drawn once more in this one, to see whether it comes out the same."""
    version: int = 1

    @property
    def is_ready(self) -> bool:
        return self.state is DraftState.READY


NOT_READY = {
    DraftState.DRAWING: "I'm still drawing this one. It shows up in our conversation as soon as it is ready.",
    DraftState.FAILED: "This draft could not be drawn, so there is nothing to change. Draw a new one.",
    DraftState.PUBLISHED: "This draft has been published already; its {kind} are on their way. Nothing was done twice.",
    DraftState.STOPPED: "This draft was stopped before it was drawn. `/mentor match {kind}` draws a new one.",
    DraftState.DISCARDED: "This draft was discarded. `/mentor match {kind}` draws a new one.",
    DraftState.CHECKED: "That was a draft drawn once more to check it; there is nothing to change in it.",
}


def check_ready(draft: Draft) -> None:
    if not draft.is_ready:
        raise Refused(NOT_READY[draft.state].format(kind=draft.kind.value))


def stop(draft: Draft) -> Draft:
    """No more drawing; the workspace is free for another draft at once."""
    if draft.state is not DraftState.DRAWING:
        raise Refused("This draft isn't being drawn any more, so there is nothing to stop.")
    return replace(draft, state=DraftState.STOPPED)


def lock(by_hand: ByHand, group: Group, *, locked: bool) -> ByHand:
    """Exactly these people stay together when drawn again, or not any more."""
    others = tuple(one for one in by_hand.locked if one != group)
    return replace(by_hand, locked=(*others, group) if locked else others)


def is_locked(by_hand: ByHand, group: Group) -> bool:
    return group in by_hand.locked


def forbid(by_hand: ByHand, one: MemberId, other: MemberId) -> ByHand:
    """These two are never put together in this draft; locked people among whom both are are locked no more."""
    if one == other:
        raise Refused("Pick two different people.")
    pair = (min(one, other), max(one, other))
    if pair in by_hand.apart:
        raise Refused("These two are kept apart already.")
    freed = tuple(group for group in by_hand.locked if not {one, other} <= set(group))
    return replace(by_hand, apart=(*by_hand.apart, pair), locked=freed)


def allow(by_hand: ByHand, one: MemberId, other: MemberId) -> ByHand:
    """The two may be put together again."""
    pair = (min(one, other), max(one, other))
    if pair not in by_hand.apart:
        raise Refused("These two are not kept apart any more.")
    return replace(by_hand, apart=tuple(two for two in by_hand.apart if two != pair))


def swapped(by_hand: ByHand, one: MemberId, other: MemberId) -> ByHand:
    """The swap is kept; circles that the two leave or join are not what was locked any more."""
    return _swapped(by_hand, (one, other), lambda group: set(group))


def swapped_mentees(by_hand: ByHand, one: MemberId, other: MemberId) -> ByHand:
    """The same of pairs: those in which one of the two is the mentee are locked no more."""
    return _swapped(by_hand, (one, other), lambda pair: {pair[0]})


def _swapped(by_hand: ByHand, two: Pair, concerned: Callable[[Group], set[MemberId]]) -> ByHand:
    kept = tuple(group for group in by_hand.locked if concerned(group).isdisjoint(two))
    return replace(by_hand, swaps=(*by_hand.swaps, two), locked=kept)
