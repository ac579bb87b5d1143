"""How circles look, branch by branch. Names that people chose are hostile where they can be."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.circles import CircleState
from bot.domain.duties import Duty
from bot.domain.hotseat import Turn
from bot.domain.ids import SessionId
from bot.features.circles import blocks, form, home, said
from bot.features.circles.reading import Card
from tests.builders import a_circle, a_rule, a_session, an_id

ANA, BO, EVE, LEA = an_id("Ana"), an_id("Bo"), an_id("Eve"), an_id("Lea")
OAK = a_circle()
HOSTILE = a_circle(
    channel="C0ELM", name="<!channel> & *Oak* 😀", theme="<@U0BO> ‮ " + "x" * 70, because="<!here> " + "y" * 900
)
DRAWN = a_circle(
    because="Theme *Finding my <voice>* (4 of 4 chose it); 3 departments; everyone is free 15:00 in Berlin, 14:00 in London; "
    "nobody sat in a circle together before."
)
OPENING = a_circle("Ana", "Bo", state=CircleState.OPENING, channel=None, made_by=ANA, because="")
CLOSED = a_circle(state=CircleState.CLOSED)
FULL = a_circle("Ana", "Bo", size_max=2)

CARDS = {
    "mine": Card(OAK, ANA, a_session(), may_change=True),
    "mine-with-roles": Card(
        OAK, ANA, a_session(), may_change=True, turn=Turn(SessionId(1), (ANA,), {Duty.SCRIBE: BO}, BO, is_ready=True)
    ),
    "mine-drawn": Card(DRAWN, ANA, a_session(), may_change=True),
    "mine-hostile": Card(HOSTILE, ANA, a_session(), may_change=True),
    "mine-full": Card(FULL, ANA, None, may_change=True),
    "mine-opening": Card(OPENING, ANA, None, may_change=True),
    "mine-closed": Card(CLOSED, ANA, None, may_change=True),
    "a-leads": Card(OAK, LEA, a_session(), may_change=True),
    "another": Card(OAK, EVE, a_session()),
    "another-full": Card(FULL, EVE, None),
    "empty": Card(replace(OAK, seats=()), LEA, None, may_change=True),
}


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_the_page_of_a_circle(card, looks_right):
    looks_right(blocks.page(card))


@pytest.mark.parametrize("count", [0, 1, 2, 12])
def test_my_circles(count, looks_right):
    found = [Card(replace(OAK, id=number), ANA, a_session(), may_change=True) for number in range(1, count + 1)]
    looks_right(blocks.mine(found))


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, ""), (0, "<!channel> " + "x" * 100), (1, ""), (12, "")],
    ids=["none", "none-about", "1", "12"],
)
def test_circles_with_room(count, words, looks_right):
    found = [Card(replace(HOSTILE, id=number), EVE, a_session()) for number in range(1, count + 1)]
    looks_right(blocks.with_room(found, words))


RECEIPTS = {
    "made": blocks.made(OPENING),
    "made-alone": blocks.made(a_circle("Ana", made_by=ANA)),
    "joined": blocks.joined(Card(OAK, ANA, a_session())),
    "joined-opening": blocks.joined(Card(OPENING, ANA)),
    "invited": blocks.invited(OAK, [BO, EVE]),
    "left": blocks.left(HOSTILE),
    "changed": blocks.changed(CARDS["mine"]),
    "ended": blocks.ended(OAK, False),
    "ended-archived": blocks.ended(OAK, True),
}


@pytest.mark.parametrize("message", RECEIPTS.values(), ids=RECEIPTS)
def test_receipts(message, looks_right):
    looks_right(message)


LETTERS = {
    "welcome": said.welcome(OAK, [a_session()]),
    "welcome-hostile": said.welcome(HOSTILE, []),
    "welcome-plain": said.welcome(OPENING, []),
    "not-started": said.not_started(a_circle("Ana", theme="<!channel> *b*")),
    "waits": said.waits(a_circle("Ana")),
    "joined": said.joined(OAK, [EVE], None),
    "joined-brought": said.joined(OAK, [EVE, BO], ANA),
    "left": said.left(BO, "", OAK),
    "left-with-a-line": said.left(BO, "<!channel> thanks 😀 " + "x" * 480, OAK),
    "rhythm": said.rhythm_changed(OAK, BO, [a_session(), a_session(planned_for=date(2026, 3, 19))]),
    "rhythm-without-sessions": said.rhythm_changed(OAK, BO, []),
    "closing": said.closing(HOSTILE, ANA, False),
    "closing-archived": said.closing(OAK, ANA, True),
    "small": said.small(a_circle("Ana", "Bo")),
    "small-alone": said.small(a_circle("Ana")),
    "alone": said.alone(HOSTILE),
    "closed": said.closed(OAK, "closed"),
    "closed-archived": said.closed(HOSTILE, "archived"),
    "ended-to-a-member": said.ended(HOSTILE, "archived"),
    "shut-out": said.shut_out(OAK),
    "not-in": said.not_in(OAK, BO, "user_is_restricted", reader=ANA),
    "not-in-oneself": said.not_in(OAK, ANA, "ura_max_channels", reader=ANA),
    "not-in-oneself-deactivated": said.not_in(OAK, ANA, "user_disabled", reader=ANA),
    "not-in-unknown": said.not_in(OAK, BO, "some_new_code", reader=ANA),
    "no-channel": said.no_channel(HOSTILE),
    "full": said.full(FULL),
}


@pytest.mark.parametrize("message", LETTERS.values(), ids=LETTERS)
def test_letters(message, looks_right):
    looks_right(message)


START = form.Start("Asia/Kolkata", date(2026, 3, 2), 2, 60, ("Finding my voice", "Wellbeing"), 8)
FORMS = {
    "create": form.create(START),
    "create-without-themes": form.create(replace(START, themes=(), zone="UTC")),
    "rhythm": form.rhythm(OAK, date(2026, 3, 2)),
    "rhythm-hostile": form.rhythm(a_circle(rule=a_rule(zone="America/Argentina/ComodRivadavia")), date(2027, 3, 2)),
    "invite": form.invite([OAK]),
    "invite-which": form.invite([OAK, replace(HOSTILE, id=2)], chosen=2),
    "leave": form.leave([HOSTILE]),
    "leave-which": form.leave([OAK, replace(HOSTILE, id=2)]),
    "close": form.close([OAK]),
    "close-which": form.close([OAK, replace(HOSTILE, id=2)]),
}


@pytest.mark.parametrize("view", FORMS.values(), ids=FORMS)
def test_forms(view, looks_right):
    looks_right(view)


@pytest.mark.parametrize("count", [0, 1, 2, 8])
def test_home(count, looks_right):
    looks_right(home.section_of([replace(HOSTILE, id=number) for number in range(1, count + 1)], ANA))


def test_the_page_names_my_buddy(looks_right):
    looks_right(blocks.page(Card(a_circle(), an_id("Ana"), may_change=True, buddy=an_id("Bo"))))
