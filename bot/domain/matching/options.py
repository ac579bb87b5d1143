"""What a program lead asks of one draw beyond the document: what stays, who goes together, who stays apart."""

from dataclasses import asdict, dataclass, fields
from typing import Any, Protocol

from bot.domain.matching.reading import Node

FAIR = ("none", "floor")
MOST_WEEKS = 520
MOST_SECONDS = 86_400


@dataclass(frozen=True)
class Options:
    """`keep` holds circles that stay as they are, or (mentee, mentor) pairs that are settled. `stay` holds pairs of an earlier
    draw of which as many stay as the rules allow once everybody who can be matched is; for circles, all couples of each.

    `match_worth` is the dial: None leaves it to the document, a number is what one more match may cost in score. `absent`
    holds (week, id). `steps` is the length of the search and `seconds` its time; `stopped_at` is the step at which it was
    ended early, noted in the result so that such a draw can be replayed too. `explain` adds to the result what an auditor asks.
    """

    keep: tuple[tuple[str, ...], ...] = ()
    stay: tuple[tuple[str, str], ...] = ()
    together: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    fair: str = "none"
    match_worth: int | None = None
    weeks: int = 12
    absent: tuple[tuple[int, str], ...] = ()
    steps: int | None = None
    seconds: int | None = None
    stopped_at: int | None = None
    explain: bool = False

    def __post_init__(self) -> None:
        """The order in which a lead set locks must not matter; the order inside a (mentee, mentor) pair does."""
        object.__setattr__(self, "keep", tuple(sorted(self.keep)))
        object.__setattr__(self, "stay", tuple(sorted(set(self.stay))))
        object.__setattr__(self, "together", tuple(sorted({(min(pair), max(pair)) for pair in self.together})))
        object.__setattr__(self, "apart", tuple(sorted({(min(pair), max(pair)) for pair in self.apart})))
        object.__setattr__(self, "absent", tuple(sorted(set(self.absent))))

    def to_json(self) -> dict[str, Any]:
        return {
            key: [list(entry) for entry in value] if isinstance(value, tuple) else value
            for key, value in asdict(self).items()
        }


class Watch(Protocol):
    """Who looks on while a draw is made, and may end it early with the best answer so far."""

    def progress(self, done: int, total: int) -> None: ...

    def stopped(self) -> bool: ...


class Unwatched:
    """Nobody looks on."""

    def progress(self, done: int, total: int) -> None:
        """Nobody to tell."""

    def stopped(self) -> bool:
        return False


def read_options(value: object) -> Options:
    given = Node("options", value).record(*(each.name for each in fields(Options)))
    fair, worth, weeks = given.find("fair"), given.find("match_worth"), given.find("weeks")
    absent, steps, stopped_at = given.find("absent"), given.find("steps"), given.find("stopped_at")
    seconds, explain = given.find("seconds"), given.find("explain")
    return Options(
        keep=tuple(tuple(id.id() for id in entry.nodes()) for entry in _nodes(given.find("keep"))),
        stay=tuple(_pair(entry) for entry in _nodes(given.find("stay"))),
        together=tuple(_pair(entry) for entry in _nodes(given.find("together"))),
        apart=tuple(_pair(entry) for entry in _nodes(given.find("apart"))),
        fair=fair.one_of(*FAIR) if fair else "none",
        match_worth=worth.whole(-1_000_000, 1_000_000) if worth else None,
        weeks=weeks.whole(1, MOST_WEEKS) if weeks else Options.weeks,
        absent=tuple(_absence(entry) for entry in _nodes(absent)),
        steps=steps.whole(0, 10**12) if steps else None,
        seconds=seconds.whole(1, MOST_SECONDS) if seconds else None,
        explain=explain.flag() if explain else False,
        stopped_at=stopped_at.whole(0, 10**12) if stopped_at else None,
    )


def _nodes(node: Node | None) -> list[Node]:
    return node.nodes() if node else []


def _pair(node: Node) -> tuple[str, str]:
    one, other = (entry.id() for entry in node.tuple_of(2, "two ids"))
    if one == other:
        raise node.refusal("two different ids")
    return one, other


def _absence(node: Node) -> tuple[int, str]:
    week, id = node.tuple_of(2, "[week, id]")
    return week.whole(1, MOST_WEEKS), id.id()
