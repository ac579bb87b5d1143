"""What the tests of matching share: people with profiles who look for something and offer something."""

from dataclasses import replace

import pytest

from bot.domain.people import Kind, Wish
from bot.features.matching import drafting
from bot.slack.payload import Payload
from bot.slack.requests import Click, Submission, View
from tests.builders import an_id, saved_lead, saved_profile, saved_program
from tests.features.answers import typed
from tests.features.matching import remembered

FEEDBACK = Wish("Giving feedback", 3)
NAMES = ("Ana", "Bo", "Chi", "Dee", "Eve", "Fay", "Gus", "Hal", "Ida")
DEPARTMENTS = ("Design", "Sales", "Legal")
LEARNERS, TEACHERS = ("Ana", "Bo", "Chi", "Dee", "Eve"), ("Fay", "Gus", "Hal")
TEACHES = {"offers": (FEEDBACK,), "offers_kinds": (Kind.SKILL,), "wants": (), "seniority": 4, "capacity": 2}
LEARNS = {"seeks": (Kind.SKILL,), "seniority": 2}


@pytest.fixture(autouse=True)
def remembered_draws(monkeypatch):
    """What was drawn in this run already is not drawn again; `test_worker` and the stories draw each time."""
    monkeypatch.setattr(drafting, "draw_by_child", remembered.draw_by_child)


@pytest.fixture
def people(deps, team):
    """Ana looks for a skill mentor in giving feedback; Bo, Chi and Dee offer it, Bo from another department."""

    async def saved(**changes):
        async with deps.store.open_work(team) as work:
            await saved_program(work)
            await saved_profile(work, "Ana", seeks=(Kind.SKILL,), **changes.get("Ana", {}))
            for name, seniority in (("Bo", 3), ("Chi", 2), ("Dee", 4)):
                offered = {"offers": (FEEDBACK,), "offers_kinds": (Kind.SKILL,), "seniority": seniority}
                await saved_profile(work, name, **offered | changes.get(name, {}))

    return saved


@pytest.fixture
def click(team):
    def made(name, action="", **payload):
        chosen = str(payload.pop("chosen", ""))
        view = payload.pop("view", None)
        return Click(team, an_id(name), action=action, payload=Payload(payload), chosen=chosen, view=view)

    return made


@pytest.fixture
def asking(team):
    """Somebody sends the form for an intro coffee."""

    def made(name, other, kind="skill", **lines):
        notes = Payload({"member": an_id(other), "kind": kind})
        return Submission(team, an_id(name), view=View("V1", notes=notes), answers=typed(**lines))

    return made


@pytest.fixture
def program(deps, team):
    """Nine people who want a circle, and Lea who leads."""

    async def saved(**changes):
        async with deps.store.open_work(team) as work:
            await saved_program(work)
            await saved_lead(work)
            for place, name in enumerate(NAMES):
                own = {"department": DEPARTMENTS[place % 3]} | changes.get(name, {})
                await saved_profile(work, name, **own)

    return saved


@pytest.fixture
def lead(team):
    def clicks(name="Lea", view=None, answers=None, **payload):
        made = Click(team, an_id(name), payload=Payload(payload), view=view or View("V1"))
        return made if answers is None else replace(made, answers=answers)

    return clicks


@pytest.fixture
def pairs(deps, team):
    """Five who look for a skill mentor, three who are one, with two places each; Lea leads."""

    async def saved(**changes):
        async with deps.store.open_work(team) as work:
            await saved_program(work)
            await saved_lead(work)
            for ordinary, names in ((LEARNS, LEARNERS), (TEACHES, TEACHERS)):
                for name in names:
                    await saved_profile(work, name, **ordinary | changes.get(name, {}))

    return saved
