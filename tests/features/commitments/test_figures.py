"""What leads see of commitments, and nobody else."""

import pytest

from bot.domain.commitments import CommitmentState
from bot.domain.errors import Refused
from bot.domain.kept import CircleRate, Figures, KeptRate
from bot.features.commitments import figures, handlers
from bot.slack.requests import Command
from tests.builders import a_circle, an_id, saved_circle, saved_commitment, saved_lead
from tests.features.commitments.forms import shown

SIX = ("Eli", "Fay", "Gus", "Hal", "Ida", "Jo")


def test_no_figure_yet(looks_right):
    looks_right(figures.message(Figures(), {}))


def test_the_figures(looks_right):
    rates = (CircleRate(1, 6, KeptRate(7, 2, 11)), CircleRate(2, 5, KeptRate(1, 0, 9)), CircleRate(3, 5, KeptRate()))
    circles = {1: a_circle(), 2: a_circle(id=2, name="<!channel> & Elm")}
    looks_right(figures.message(Figures(rates, hidden=2), circles))


def test_of_many_circles_the_lowest_are_shown(looks_right):
    rates = tuple(CircleRate(n, 5, KeptRate(n, 0, 60)) for n in range(1, 51))
    looks_right(figures.message(Figures(rates), {n: a_circle(id=n, name=f"Oak {n}") for n in range(1, 51)}))


async def test_a_lead_sees_circles_of_five_and_no_word_of_anybody(deps, team, oak):
    async with deps.store.open_work(team) as work:
        await saved_lead(work)
        elm = await saved_circle(work, *SIX, id=2, name="Elm")
        for name in SIX:
            await saved_commitment(work, name, circle=elm.id, session=9, will="Magnolia", state=CommitmentState.KEPT)
        for name in ("Ana", "Bo", "Chi", "Dee"):
            await saved_commitment(work, name, circle=oak.circle.id, session=1, state=CommitmentState.KEPT)
    told = shown(await handlers.show_figures(Command(team, an_id("Lea")), deps))
    assert "Elm" in told and "about 100 % kept, 6 people" in told and "1 circle is left out" in told
    assert "Oak" not in told and "Magnolia" not in told
    with pytest.raises(Refused, match="Only program leads"):
        await handlers.show_figures(Command(team, an_id("Ana")), deps)
