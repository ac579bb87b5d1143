"""How feedback and the later questions look."""

import pytest

from bot.domain.feedback import Feedback, FollowUp
from bot.features.feedback import blocks
from bot.features.feedback.flows import Back, Desk
from tests.builders import a_circle, a_session, an_id
from tests.clock import START

HOSTILE = "<!channel> & *bold* \u202e \U0001f600 "
ANA, BO, CHI = an_id("Ana"), an_id("Bo"), an_id("Chi")
OAK = a_circle(name="<!here> Oak", channel="C0OAK")
SESSION = a_session()


def a_back(question=HOSTILE, **said):
    return Back(SESSION, OAK, FollowUp(SESSION.id, ANA, **said), question)


def a_given(author=BO, text=HOSTILE):
    return Feedback(SESSION.id, ANA, author, example=text + "x" * 700, experiment=text, due=START)


@pytest.mark.parametrize("to", [[(ANA, "Ana <b>")], [(ANA, "Ana <b>"), (CHI, "Chi")]], ids=["one", "two"])
def test_the_form(to, looks_right):
    looks_right(blocks.give(Desk(SESSION, OAK, to)))


def test_it_is_given(looks_right):
    looks_right(blocks.gave("Ana <b>"))


@pytest.mark.parametrize("count", [1, 7])
def test_the_presenter_gets_it(count, looks_right):
    looks_right(blocks.given([a_given()] * count, a_back()))


def test_the_form_to_report_back(looks_right):
    looks_right(blocks.tell(a_back()))


def test_the_circle_hears_it(looks_right):
    looks_right(blocks.told(ANA, a_back(told=HOSTILE)))


@pytest.mark.parametrize("question", [HOSTILE, ""], ids=["with-a-question", "without"])
def test_a_week_and_a_month_later(question, looks_right):
    looks_right(blocks.week(a_back(question)))
    looks_right(blocks.month(a_back(question)))
    looks_right(blocks.happened(a_back(question, happened=HOSTILE)))


@pytest.mark.parametrize("tell", [True, False])
def test_it_is_kept(tell, looks_right):
    looks_right(blocks.kept(a_back(), tell=tell))


def test_how_it_stands(looks_right):
    looks_right(blocks.live(a_back()))
    looks_right(blocks.settled(a_back()))
