"""How the sponsor's ledger looks to each of the two, branch by branch."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.ids import OutcomeId
from bot.domain.sponsoring import Act, OutcomeState
from bot.features.sponsoring import blocks
from bot.features.sponsoring.flows import Ledger, Part
from tests.clock import START
from tests.domain.test_sponsoring import ANA, BO, OPEN, a_sponsorship

PAIR = a_sponsorship()
QUIET = replace(OPEN, id=OutcomeId(2), act=Act.PROJECT, what="<!channel> & more", quiet=True, by=None)
DONE = replace(
    OPEN,
    id=OutcomeId(3),
    act=Act.VISIBILITY,
    state=OutcomeState.DONE,
    came="She was asked",
    settled_at=START + timedelta(days=9),
)
SEEN = replace(DONE, id=OutcomeId(4), state=OutcomeState.SEEN, came="")
GONE = replace(OPEN, id=OutcomeId(5), state=OutcomeState.LET_GO)
ALL = [OPEN, QUIET, DONE, SEEN, GONE]
SEASONS = [date(2026, 6, 1), date(2026, 12, 1)]
LOOKS = {
    "none": blocks.ledger(Ledger()),
    "of_the_sponsor": blocks.ledger(Ledger([Part(PAIR, BO, ALL)])),
    "of_the_other": blocks.ledger(Ledger([Part(PAIR, ANA, [one for one in ALL if one.shown_to(ANA)])])),
    "of_a_lead": blocks.ledger(Ledger([], SEASONS, leads=True)),
    "take_on_form": blocks.take_on_form(PAIR, date(2026, 3, 2)),
    "done_form": blocks.done_form(DONE),
    "news_form": blocks.news_form(PAIR),
    "season_form": blocks.season_form(),
    "taken_on": blocks.taken_on(OPEN),
    "taken_on_quietly": blocks.taken_on(QUIET),
    "said_done": blocks.said_done(DONE),
    "gone": blocks.gone(GONE),
    "noted_as_seen": blocks.noted_as_seen(SEEN),
    "news_sent": blocks.news_sent(PAIR),
    "letter_done": blocks.done_for_you(DONE),
    "letter_done_bare": blocks.done_for_you(SEEN),
    "letter_news": blocks.news(PAIR, "The pilot went <!channel> well"),
    "letter_reminder": blocks.reminder(OPEN),
    "letter_season": blocks.season([OPEN, QUIET], SEASONS[0]),
}


@pytest.mark.parametrize("name", LOOKS)
def test_sponsorship_looks_right(looks_right, name):
    looks_right(LOOKS[name])


def test_many_sponsorships_fit_into_a_message():
    many = Ledger([Part(PAIR, BO, [replace(OPEN, id=OutcomeId(n)) for n in range(8)])] * 9, SEASONS * 9, leads=True)
    assert len(blocks.ledger(many).blocks) <= 50
