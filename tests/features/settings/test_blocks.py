"""How settings, the program's manners and the welcome after a break look."""

from dataclasses import replace
from datetime import date, time

import pytest

from bot.domain.ids import CircleId
from bot.domain.manners import House, Own, Topic
from bot.features.settings import blocks, form
from bot.features.settings.blocks import Standing
from bot.features.settings.flows import Choice, HouseChange
from tests.builders import a_circle, a_member, a_program, a_session
from tests.clock import START


def a_choice(own: Own = Own(), house: House = House(), location: str = "Lisbon") -> Choice:  # noqa: B008
    member = a_member("Ana", zone="Europe/Lisbon")
    return Choice.of(member, own, house, location)


CHOSEN = Own(opens=time(10), closes=time(16), country="DE", weekly=1, muted=frozenset({Topic.CHECKINS, Topic.PEOPLE}))
AWAY = House(opens=time(8, 30), weekly=2, weeks_off=frozenset({date(2026, 12, 21), date(2026, 12, 28)}))


@pytest.mark.parametrize("own", [Own(), CHOSEN, Own(country="-")], ids=["as-usual", "chosen", "no-holidays"])
def test_the_settings(looks_right, own):
    looks_right(form.settings(a_choice(own)))


def test_the_settings_from_a_message(looks_right):
    looks_right(form.settings(a_choice(), Topic.COMMITMENTS))


@pytest.mark.parametrize("own", [Own(), CHOSEN], ids=["as-usual", "chosen"])
def test_saved(looks_right, own):
    looks_right(blocks.saved(a_choice(own)))


def test_the_programs_manners(looks_right):
    program = a_program()
    looks_right(form.house(replace(program, rules=AWAY.written_in(program.rules)), START))


@pytest.mark.parametrize("change", [HouseChange(House()), HouseChange(AWAY, 14)], ids=["usual", "away"])
def test_the_programs_manners_saved(looks_right, change):
    looks_right(blocks.house_saved(change))


@pytest.mark.parametrize("count", [0, 1, 5])
def test_the_welcome_after_a_break(looks_right, count):
    circles = [
        Standing(replace(a_circle(), id=CircleId(number), name=f"Oak {number}"), a_session())
        for number in range(count)
    ]
    looks_right(blocks.back(circles, "Back after the move <!channel>" if count else ""))
