"""Protocols: how a session is spent, stage by stage, and what each stage says to everybody and to whom in private."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from bot.domain.duties import Duty

HOURS_48 = 48 * 60


@dataclass(frozen=True)
class Stage:
    minutes: int
    name: str
    says: str
    """What everybody should know as it begins; `{seat}` stands for who sits."""
    first: tuple[str, str] | None = None
    """Its name and words in a circle's first session, where it speaks of a last time."""
    lines: Mapping[Duty, str] = field(default_factory=dict)
    """What is said in private to whoever has that duty."""
    seat: int | None = None
    """Whose question it is about, where it is about one: the first or the second who sits."""
    two: bool = False
    """Everybody makes their two commitments now."""


@dataclass(frozen=True)
class Protocol:
    key: str
    name: str
    minutes: int
    chairs: int
    """How many sit in the hot seat in one session; with none, everybody takes part alike and the order rests."""
    stages: tuple[Stage, ...]
    about: str = ""
    """What it is good for, in a sentence or two."""


def for_the_first(stage: Stage) -> Stage:
    """The stage as it is where there was no last time."""
    return stage if stage.first is None else replace(stage, name=stage.first[0], says=stage.first[1])


def stretched(protocol: Protocol, minutes: int) -> Sequence[tuple[int, int, Stage]]:
    """The stages with their minutes when the session is longer or shorter than the protocol; they end on time."""
    total = protocol.minutes
    ends = accumulate(stage.minutes for stage in protocol.stages)
    cuts = [0, *(round(end * minutes / total) for end in ends)]
    return [(cuts[place], cuts[place + 1], stage) for place, stage in enumerate(protocol.stages)]
