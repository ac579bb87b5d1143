"""How a member gets their sessions into their own calendar, branch by branch."""

import pytest

from bot.domain.calendars import Feed
from bot.domain.ids import CircleId, FeedId
from bot.features.calendar import blocks
from bot.features.calendar.flows import Calendar
from tests.builders import a_circle, an_id
from tests.clock import START

OAK, ELM = a_circle(id=CircleId(1), name="Oak"), a_circle(id=CircleId(2), name="Elm <!here>")
MINE = Feed(FeedId(1), an_id("Ana"), None, "t" * 43, START)
ELMS = Feed(FeedId(2), an_id("Ana"), ELM.id, "e" * 43, START)
HERE = "https://mentor.example.org"


@pytest.mark.parametrize(
    "shown",
    [
        Calendar(HERE, [], {}),
        Calendar(HERE, [OAK], {}),
        Calendar(HERE, [OAK], {None: MINE}),
        Calendar(HERE, [OAK, ELM], {None: MINE, ELM.id: ELMS}),
        Calendar("", [OAK], {None: MINE}),
        Calendar(HERE, [OAK], {}, {OAK.id: ELMS}),
    ],
    ids=["no circle", "no address", "an address", "two circles", "not reached from outside", "one for all"],
)
def test_the_calendar(shown, looks_right):
    looks_right(blocks.calendar(shown))


@pytest.mark.parametrize("sessions", [1, 6])
def test_the_file_is_told(sessions, looks_right):
    looks_right(blocks.sent(sessions))


def test_that_a_circle_has_an_address(looks_right):
    looks_right(blocks.told(ELM, an_id("Bo")))
