"""What leads see of commitments: how much was kept in each circle, where enough people are in the figure. No word of any."""

from collections.abc import Mapping

from bot.domain.circles import Circle
from bot.domain.ids import CircleId
from bot.domain.kept import ENOUGH_PEOPLE, Figures, figures
from bot.domain.programs import Act, require
from bot.feature import Deps
from bot.slack import blocks
from bot.slack.blocks import Block, Message
from bot.slack.requests import Request
from bot.slack.text import escape, many

MOST = 40
HOW = (
    "Kept and half of partly, of all that was due so far, in steps of 5 %. What was dropped on purpose is not in it. "
    f"A circle has a figure once {ENOUGH_PEOPLE} people have had something due; what anybody set out to do is shown to nobody."
)


async def read(by: Request, deps: Deps) -> tuple[Figures, Mapping[CircleId, Circle]]:
    async with deps.store.open_view(by.team) as work:
        require(Act.RUN_PROGRAM, await work.programs.roles_of(by.member))
        found = figures(await work.commitments.standings(deps.now().date()))
        return found, await work.circles.named({one.circle for one in found.shown})


def message(found: Figures, circles: Mapping[CircleId, Circle]) -> Message:
    if not found.shown:
        words = "*No circle has a figure yet.* " + HOW
        return Message("No circle has a figure yet.", [blocks.section(words), *_hidden(found)])
    lines = [
        f"*{escape(circles[one.circle].name)}*: about {one.percent} % kept, {one.people} people"
        for one in sorted(found.shown, key=lambda one: (one.percent, one.circle))
        if one.circle in circles
    ]
    shown: list[Block] = [blocks.section("*What circles keep of what they set out to do*")]
    shown += [blocks.section("\n".join(lines[place : place + 20])) for place in range(0, min(len(lines), MOST), 20)]
    if len(lines) > MOST:
        shown.append(blocks.context(f"The {MOST} lowest of {len(lines)}: those who could use a hand first."))
    whole = round((found.all_shown.share or 0) * 100)
    told = f"All of these together: {whole} %. {HOW}"
    return Message("What circles keep of what they set out to do.", [*shown, blocks.context(told), *_hidden(found)])


def _hidden(found: Figures) -> list[Block]:
    if not found.hidden:
        return []
    return [
        blocks.context(f"{many(found.hidden, 'circle is', 'circles are')} left out: too few people for a figure.")
    ]
