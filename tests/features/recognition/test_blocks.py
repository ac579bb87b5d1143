"""How thanks and statements look, branch by branch."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.ids import ReleaseId, ThanksId
from bot.domain.people import Kind
from bot.domain.recognition import Contribution, Release, Statement, Thanks
from bot.features.recognition import blocks
from bot.features.recognition.flows import Own, Shelf
from bot.slack.requests import Request
from tests.builders import an_id
from tests.clock import START

ANA, BO, CHI = an_id("Ana"), an_id("Bo"), an_id("Chi")
WORDS = "You asked <!channel> & listened."
PRIVATE = Thanks(BO, WORDS, id=ThanksId(1), giver=ANA, at=START)
QUOTABLE = replace(PRIVATE, id=ThanksId(2), giver=CHI, quotable=True)
KNOWN = Contribution([(Kind.SKILL, 3), (Kind.SPONSOR, 1)], 4, date(2026, 1, 5), [QUOTABLE])
WRITTEN = Statement(BO, "I was there for four people.", START, 2)
RELEASED = Release(ReleaseId(1), BO, ANA, WRITTEN.text, START)
BACK = replace(RELEASED, id=ReleaseId(2), taken_back=True)
NEW, FULL = Own(Contribution(), Statement(BO)), Own(KNOWN, WRITTEN, [RELEASED, BACK])
LOOKS = {
    "shelf_empty": blocks.shelf(Shelf()),
    "shelf": blocks.shelf(Shelf([PRIVATE, QUOTABLE], [replace(PRIVATE, id=ThanksId(3), receiver=CHI)])),
    "say_form": blocks.say_form(),
    "said": blocks.said(PRIVATE),
    "unsaid": blocks.unsaid(),
    "thanks": blocks.thanks(PRIVATE),
    "thanks_quotable": blocks.thanks(QUOTABLE),
    "own_new": blocks.own(NEW),
    "own": blocks.own(FULL),
    "write_form_new": blocks.write_form(Own(KNOWN, Statement(BO))),
    "write_form": blocks.write_form(FULL),
    "release_form": blocks.release_form(FULL),
    "released": blocks.released(RELEASED),
    "taken_back": blocks.taken_back(),
    "statement": blocks.statement(RELEASED),
    "emptied": blocks.emptied(Request("T1", BO)),
}


@pytest.mark.parametrize("name", LOOKS)
def test_recognition_looks_right(looks_right, name):
    looks_right(LOOKS[name])
