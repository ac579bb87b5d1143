"""All that a member ever set out to do, a page at a time, by what became of it. For nobody's eyes but theirs."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.domain import when
from bot.domain.circles import Circle
from bot.domain.commitments import OUTCOMES, UNDER_WAY, Commitment, CommitmentState
from bot.domain.ids import CircleId
from bot.domain.kept import KeptRate
from bot.domain.reminders import place_of
from bot.feature import Deps
from bot.features.commitments.blocks import STATE_NAMES, kept_in_words, lines
from bot.slack import blocks
from bot.slack.blocks import Block, Choice, Element, View
from bot.slack.payload import pack
from bot.slack.requests import Request
from bot.slack.text import escape, many

ALL, OPEN = "all", "open"
A_PAGE = 5
FARTHEST_PAGE = 10_000
SHOWN: Sequence[Choice] = (
    ("Everything", ALL),
    ("Still open", OPEN),
    *((STATE_NAMES[state], state.value) for state in OUTCOMES),
)


@dataclass(frozen=True)
class Page:
    """`shown` is what was asked for; `number` counts from 0."""

    commitments: Sequence[Commitment]
    shown: str = ALL
    number: int = 0
    of_all: int = 0
    """How many there are to turn through."""
    circles: dict[CircleId, Circle] = field(default_factory=dict)
    kept: KeptRate = field(default_factory=KeptRate)

    @property
    def is_last(self) -> bool:
        return (self.number + 1) * A_PAGE >= self.of_all


async def read(by: Request, shown: str, number: int, deps: Deps) -> Page:
    """What is not known of a choice reads as everything, a page past the end as an empty one."""
    shown = shown if shown in {value for _, value in SHOWN} else ALL
    number = min(max(number, 0), FARTHEST_PAGE)
    async with deps.store.open_view(by.team) as work:
        found, count = await work.commitments.history(by.member, _states(shown), skip=number * A_PAGE, most=A_PAGE)
        me = await work.members.get(by.member)
        today = when.local(deps.now(), place_of(me).zone).date()
        circles = await work.circles.named({one.circle for one in found})
        return Page(found, shown, number, count, dict(circles), await work.commitments.kept_rate(by.member, today))


def _states(shown: str) -> Sequence[CommitmentState]:
    if shown == ALL:
        return ()
    return sorted(UNDER_WAY) if shown == OPEN else (CommitmentState(shown),)


def view(page: Page) -> View:
    menu = blocks.menu("commitments.history-show", SHOWN, chosen=page.shown)
    shown: list[Block] = [
        blocks.section("*What you set out to do, and what became of it.* This page is yours alone."),
        *kept_in_words(page.kept),
        blocks.actions(menu, block="show"),
    ]
    if not page.commitments:
        shown.append(blocks.section(_nothing(page)))
    for one in page.commitments:
        shown += _one(one, page.circles.get(one.circle))
    return blocks.modal("All of them so far", [*shown, *_turning(page)])


def _nothing(page: Page) -> str:
    if page.shown == ALL and not page.of_all:
        return "*Nothing yet.* After each session of your circle there is room for two. `/mentor commitments` opens them."
    return "*Nothing here.* Choose *Everything* above to see the others."


def _one(commitment: Commitment, circle: Circle | None) -> list[Block]:
    name = f"\n{escape(circle.name)}, {when.say_day(commitment.made_at.date())}" if circle else ""
    correct = None
    if not commitment.is_under_way and commitment.state is not CommitmentState.REPLACED:
        correct = blocks.button("Correct it", f"commitments.done:{commitment.id}", pack(commitment=commitment.id))
    return [blocks.section(lines(commitment, None) + name, correct, block=f"past-{commitment.id}")]


def _turning(page: Page) -> list[Block]:
    ways: list[Element] = []
    if page.number > 0:
        ways.append(_turn("Newer ones", page.shown, page.number - 1))
    if not page.is_last:
        ways.append(_turn("Older ones", page.shown, page.number + 1))
    count = many(page.of_all, "commitment", "commitments")
    told = [blocks.context(f"{count} in all, {A_PAGE} a page.")] if ways else []
    return [*told, *([blocks.actions(*ways, block="turn")] if ways else [])]


def _turn(words: str, shown: str, number: int) -> Element:
    return blocks.button(words, f"commitments.history-page:{number}", pack(show=shown, page=number))
