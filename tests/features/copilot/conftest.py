"""Oak at its hour: Ana sits, Bo facilitates, Chi keeps time, Dee writes."""

from dataclasses import dataclass

import pytest

from bot.features.copilot import chores, letters
from bot.slack.payload import Payload
from bot.slack.requests import Click, Submission, View
from bot.store.messages import Place
from tests.asked import answered
from tests.builders import an_id, saved_circle, saved_installation, saved_member, saved_people, saved_program
from tests.features.answers import typed
from tests.letters import letters_of

THREAD = "1772719200.000100"


@dataclass
class Stage:
    """What a test does with a session under way."""

    deps: object
    store: object
    team: str
    clock: object
    session: int

    def click(self, who="Bo", **payload):
        return Click(self.team, an_id(who), payload=Payload({"session": self.session, **payload}))

    def form(self, who="Bo", **answers):
        view = View("V1", notes=Payload({"session": self.session}))
        return Submission(self.team, an_id(who), view=view, answers=typed(**answers))

    async def tick(self):
        await chores.move_on(self.deps, self.team)

    async def run(self):
        async with self.store.open_view(self.team) as work:
            return await work.runs.get(self.session)

    async def look_at(self):
        async with self.store.open_view(self.team) as work:
            return await answered(work, work.runs.earliest_look())

    async def promised(self, kind="copilot.line"):
        return await letters_of(self.store, self.team, kind=kind)

    async def composed(self, letter):
        kinds = {kind.kind: kind.compose for kind in letters.LETTERS}
        async with self.store.open_work(self.team) as work:
            return await kinds[letter.kind](work, letter, self.clock.now())


@pytest.fixture
async def stage(deps, store, team, clock):
    async with store.open_work(team) as work:
        await saved_installation(work)
        await saved_people(work, "Ana", "Bo", "Chi", "Dee")
        await saved_member(work, "Eve")
        program = await saved_program(work)
        circle = await saved_circle(work, program=program.id)
        await work.sessions.plan_ahead(circle, clock.now())
        session = (await work.sessions.of_circle(circle.id))[0]
        await work.messages.remember("sessions.thread", str(session.id), Place(circle.channel, THREAD))
    clock.to(session.starts)
    return Stage(deps, store, team, clock, session.id)
