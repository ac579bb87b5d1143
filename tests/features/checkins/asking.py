"""What happens to a check-in in these tests: time passes, people answer, letters are read."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.domain.checkins import Round, RoundState
from bot.domain.circles import CircleState
from bot.domain.ids import RoundId
from bot.features.checkins import feature, handlers, nudges
from bot.slack.payload import Payload
from bot.slack.requests import Click, Submission, View
from tests.builders import an_id
from tests.features.answers import typed
from tests.letters import letters_of

TUESDAY_AT_TEN = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
"""In Berlin, where the circle of these tests lives."""
THURSDAY_AT_TEN = TUESDAY_AT_TEN + timedelta(days=2)


def a_round(circle, prompt, family="silent"):
    return Round(
        id=RoundId(0),
        circle=circle,
        week=date(2026, 3, 2),
        opens_at=TUESDAY_AT_TEN,
        closes_at=THURSDAY_AT_TEN,
        family=family,
        prompt=prompt,
        state=RoundState.OPEN,
    )


async def tick(deps, team):
    """What every replica does each minute."""
    async with deps.store.open_work(team) as work:
        await nudges.plan_rounds(work, deps.now())
        await nudges.look_after_rounds(work, deps.now())


async def waiting(deps, team, kind):
    return await letters_of(deps.store, team, kind=kind)


async def composed(deps, team, letter):
    [kind] = [one for one in feature.letters if one.kind == letter.kind]
    async with deps.store.open_work(team) as work:
        return await kind.compose(work, letter, deps.now())


def click(team, name, **parts):
    return Click(team, an_id(name), payload=Payload(parts))


def filled(team, name, this, text="Half of it.", wanted=""):
    view = View("V1", notes=Payload({"round": this}))
    return Submission(team, an_id(name), view=view, answers=typed(text=text, help=wanted))


async def say(deps, team, name, this, **said):
    return await handlers.save_answer(filled(team, name, this.id, **said), deps)


async def answers_of(deps, team, this):
    async with deps.store.open_view(team) as work:
        return (await work.checkins.answers_of([this.id]))[this.id]


async def end(deps, team, circle):
    async with deps.store.open_work(team) as work:
        await work.circles.save(replace(await work.circles.get(circle.id), state=CircleState.CLOSED))


async def leave(deps, team, circle, name, now):
    async with deps.store.open_work(team) as work:
        await work.circles.unseat(circle.id, an_id(name), now)
