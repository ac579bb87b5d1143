"""How a charter looks, branch by branch."""

from dataclasses import replace

import pytest

from bot.domain.charters import SHIPPED, Charter, Clause, Template, drafted
from bot.domain.circles import CircleState
from bot.domain.ids import ProgramId
from bot.domain.programs import Rules
from bot.domain.sessions import BY_TAP
from bot.features.charter import blocks, form, templates
from bot.features.charter.reading import History, Shown
from tests.builders import a_circle, a_program, an_id
from tests.clock import START

ANA, BO = an_id("Ana"), an_id("Bo")
HOSTILE = "<!channel> & *bold* ‮ 😀 "
OAK = a_circle()
DRAFT = Charter(OAK.id, 1, drafted(SHIPPED, OAK, Rules()), BY_TAP, START)
SECOND = Charter(OAK.id, 2, {**DRAFT.words, Clause.EXIT: HOSTILE + "x" * 600}, BO, START, frozenset({BO}))
SHOWN = {
    "draft": Shown(OAK, DRAFT),
    "draft-signed-by-two": Shown(OAK, replace(DRAFT, signed=frozenset({ANA, BO}))),
    "changed": Shown(OAK, SECOND, DRAFT),
    "changed-signed-by-all": Shown(OAK, replace(SECOND, signed=frozenset(OAK.members)), DRAFT),
    "a-year-old": Shown(OAK, replace(SECOND, number=3, by=BY_TAP, signed=frozenset()), SECOND),
}


@pytest.mark.parametrize("about", SHOWN.values(), ids=SHOWN)
def test_the_message_to_sign(about, looks_right):
    looks_right(blocks.to_sign(about))


@pytest.mark.parametrize("about", SHOWN.values(), ids=SHOWN)
def test_the_page(about, looks_right):
    looks_right(blocks.page(about, BO))


def test_the_page_of_an_earlier_version_shows_what_it_changed(looks_right):
    looks_right(blocks.page(replace(SHOWN["changed"], is_newest=False), ANA))


def test_the_page_of_a_circle_that_ended(looks_right):
    looks_right(blocks.page(Shown(replace(OAK, state=CircleState.CLOSED), DRAFT), ANA))


@pytest.mark.parametrize("name", ["draft", "changed"])
def test_the_reminder(name, looks_right):
    looks_right(blocks.reminder(replace(SHOWN[name], circle=replace(OAK, name=HOSTILE))))


def test_the_versions(looks_right):
    looks_right(blocks.history(History(OAK, [SHOWN["a-year-old"], SHOWN["changed"], SHOWN["draft"]])))


def test_which_circle(looks_right):
    looks_right(blocks.which([OAK, a_circle(name="Elm", channel=None)]))


def test_that_it_is_signed(looks_right):
    looks_right(blocks.signed(SHOWN["draft"]))


def test_the_form(looks_right):
    looks_right(form.charter(SHOWN["changed"]))


@pytest.mark.parametrize("restored", [False, True])
def test_the_template_of_a_program(restored, looks_right):
    looks_right(form.template(ProgramId(1), Template(version=2), restored=restored))


def test_the_preview_and_the_receipt(looks_right):
    example = templates.an_example(a_program(), START.date())
    looks_right(blocks.preview(example, drafted(SHIPPED, example, Rules())))
    looks_right(blocks.template_saved())
