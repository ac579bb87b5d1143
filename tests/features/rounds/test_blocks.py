"""How the end of a round looks, branch by branch."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.ids import CircleId, CircleRoundId
from bot.domain.rounds import CircleRound, Figures, RoundState, Stays, Wish
from bot.features.rounds import blocks, form
from bot.features.rounds.reading import About, Standing
from tests.builders import a_circle, a_rule, an_id
from tests.clock import START

ANA, BO = an_id("Ana"), an_id("Bo")
OAK = a_circle("Ana", "Bo", "Chi", "Dee", "Eve", name="Oak <!channel> ‮ 😀", channel="C0OAK")
ASKING = CircleRound(
    CircleRoundId(1), CircleId(1), 1, START, 6, RoundState.ASKING, closes=START + timedelta(days=7), look_at=START
)
ABOUT = About(ASKING, OAK)
SOME = About(replace(ASKING, wishes={ANA: Wish(Stays.STAY, 6, 1, "troika-60"), BO: Wish(Stays.LEAVE)}), OAK)
FULL = Figures(5, 6, 4, 22, 75)


@pytest.mark.parametrize(
    ("about", "figures"),
    [(ABOUT, FULL), (SOME, Figures(1, 6, 1)), (About(replace(ASKING, state=RoundState.DONE), OAK), FULL)],
    ids=["asked", "some answered", "opened"],
)
def test_the_celebration(about, figures, looks_right):
    looks_right(blocks.celebration(about, figures))


@pytest.mark.parametrize("member", [ANA, an_id("Chi")])
def test_the_form(member, looks_right):
    looks_right(form.wishes(SOME, member))


def test_the_form_of_a_weekly_circle(looks_right):
    looks_right(form.wishes(About(ASKING, replace(OAK, rule=a_rule(every=1), protocol="troika-60")), ANA))


def test_the_reminder_and_the_receipts(looks_right):
    looks_right(blocks.reminder(ABOUT))
    looks_right(blocks.answered(SOME))
    looks_right(blocks.answered(About(replace(ASKING, state=RoundState.DONE), replace(OAK, seats=()))))


@pytest.mark.parametrize(
    "result",
    [
        blocks.Result(0, 0, "", (), 0, 0),
        blocks.Result(6, 2, "case-clinic-90", (BO,), 1, 4),
    ],
    ids=["as it was", "changed"],
)
def test_what_was_opened(result, looks_right):
    looks_right(blocks.opened(SOME, result))


def test_goodbyes_and_the_way_back(looks_right):
    parting = About(replace(ASKING, state=RoundState.PARTING), OAK)
    looks_right(blocks.goodbye(parting))
    looks_right(blocks.ended(parting, FULL))
    looks_right(blocks.back(parting, BO))


def test_how_it_stands(looks_right):
    running = About(replace(ASKING, state=RoundState.RUNNING), OAK)
    looks_right(blocks.standing(Standing(ANA, [(running, 2), (ABOUT, 6)])))
    looks_right(blocks.standing(Standing(ANA, [])))
