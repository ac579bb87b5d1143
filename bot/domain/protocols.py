"""Protocols: how a session is spent, stage by stage, and what each stage says to everybody and to whom in private."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from bot.domain.duties import Duty
from bot.domain.errors import Refused
from bot.domain.templates import lines

HOURS_48 = 48 * 60
HOUR = 60
MOST_STAGES = 20
LINE = re.compile(r"(\d{1,3}) (minutes?|hours?): ([^:]{1,60}): (.{1,200})", re.ASCII)
HOW = 'Write each stage as a line of its own, such as "5 minutes: Arrive: One sentence each."'


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

    @property
    def is_written(self) -> bool:
        """It is no meeting: everybody writes when it suits them."""
        return self.minutes >= HOURS_48

    @property
    def in_threes(self) -> bool:
        """Everybody takes part alike, in groups of three."""
        return self.chairs == 0


def as_text(protocol: Protocol) -> str:
    """A line a stage, as a program reads and changes it."""
    return "\n".join(f"{_time(stage.minutes, protocol)}: {stage.name}: {stage.says}" for stage in protocol.stages)


def _time(minutes: int, protocol: Protocol) -> str:
    count, word = (minutes // HOUR, "hour") if protocol.is_written else (minutes, "minute")
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def from_text(text: str, protocol: Protocol) -> Protocol:
    """The protocol with the stages of this text. A stage that keeps its name keeps what is said in private in it;
    where none of them is the one for everybody's two, the last one is."""
    known = {stage.name.casefold(): stage for stage in protocol.stages}
    stages = [_stage(line, known) for line in lines(text)]
    if len(stages) > MOST_STAGES:
        raise Refused(f"Keep it to {MOST_STAGES} stages; nobody follows more.")
    total = sum(stage.minutes for stage in stages)
    if total != protocol.minutes:
        says, has = _time(total, protocol), _time(protocol.minutes, protocol)
        raise Refused(f"The stages add up to {says}, and this protocol has {has}. Please make them fit.")
    if not any(stage.two for stage in stages):
        stages[-1] = replace(stages[-1], two=True)
    return replace(protocol, stages=tuple(stages))


def _stage(line: str, known: Mapping[str, Stage]) -> Stage:
    found = LINE.fullmatch(line)
    if found is None or int(found[1]) == 0:
        raise Refused(HOW)
    minutes = int(found[1]) * (HOUR if found[2].startswith("hour") else 1)
    name, says = found[3].strip(), found[4].strip()
    shipped = known.get(name.casefold(), Stage(minutes, name, says))
    if says != shipped.says:
        # What a program says is said in the first session too.
        shipped = replace(shipped, first=None)
    return replace(shipped, minutes=minutes, name=name, says=says)


def for_the_first(stage: Stage) -> Stage:
    """The stage as it is where there was no last time."""
    return stage if stage.first is None else replace(stage, name=stage.first[0], says=stage.first[1])


def stretched(protocol: Protocol, minutes: int) -> Sequence[tuple[int, int, Stage]]:
    """The stages with their minutes when the session is longer or shorter than the protocol; they end on time."""
    total = protocol.minutes
    ends = accumulate(stage.minutes for stage in protocol.stages)
    cuts = [0, *(round(end * minutes / total) for end in ends)]
    return [(cuts[place], cuts[place + 1], stage) for place, stage in enumerate(protocol.stages)]
