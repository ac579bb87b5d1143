"""How stories look, branch by branch."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.ids import ChannelId, CircleId, StoryId, Timestamp
from bot.domain.stories import LIMIT, MOST_NAMED, Story, StoryState
from bot.features.stories import blocks
from bot.features.stories.flows import Desk, Saved, Shelf
from bot.store.messages import Place
from tests.builders import a_circle, an_id
from tests.clock import START

ANA, BO, CHI = an_id("Ana"), an_id("Bo"), an_id("Chi")
WAITING = Story(
    "I asked <!channel> & dared.", (BO, CHI), id=StoryId(1), author=ANA, made_at=START, answers={CHI: True}
)
DECLINED = replace(WAITING, answers={BO: False})
TOLD = replace(WAITING, state=StoryState.SHOWN, answers={BO: True, CHI: True}, shown_at=START + timedelta(days=1))
ALONE = replace(TOLD, id=StoryId(2), named=(), answers={})
GONE = replace(TOLD, state=StoryState.WITHDRAWN)
WHERE = Place(ChannelId("C1"), Timestamp("1.1"))
LOOKS = {
    "shelf_empty": blocks.shelf(Shelf(ANA)),
    "shelf_of_the_author": blocks.shelf(
        Shelf(ANA, [TOLD], [WAITING, replace(DECLINED, id=StoryId(3)), replace(TOLD, id=StoryId(4))])
    ),
    "shelf_of_one_named": blocks.shelf(Shelf(BO, [TOLD, ALONE], about_me=[WAITING, replace(TOLD, id=StoryId(4))])),
    "shelf_of_one_who_said": blocks.shelf(Shelf(CHI, about_me=[WAITING])),
    "form": blocks.form(Desk([a_circle(), a_circle(id=CircleId(2), name="Elm")], CircleId(2))),
    "form_without_a_circle": blocks.form(Desk([])),
    "form_of_a_change": blocks.form(Desk([a_circle()], None, WAITING)),
    "saved": blocks.saved(Saved(WAITING)),
    "saved_and_told": blocks.saved(Saved(ALONE)),
    "question": blocks.question(WAITING),
    "thanked": blocks.thanked(WAITING, fine=True),
    "thanked_last": blocks.thanked(TOLD, fine=True),
    "thanked_no": blocks.thanked(DECLINED, fine=False),
    "in_channel": blocks.in_channel(TOLD),
    "all_said_yes": blocks.all_said_yes(TOLD),
    "declined": blocks.declined(DECLINED, BO),
    "taken_back": blocks.taken_back(),
}


@pytest.mark.parametrize("name", LOOKS)
def test_stories_look_right(looks_right, name):
    looks_right(LOOKS[name])


def test_the_longest_shelf_fits_into_a_message():
    long = [replace(WAITING, text="x" * LIMIT, named=tuple(an_id(f"N{n}") for n in range(MOST_NAMED)))] * 20
    told = [replace(one, state=StoryState.SHOWN, shown_at=START) for one in long[:10]]
    mine = [replace(one, author=BO) for one in long]
    assert len(blocks.shelf(Shelf(BO, told, mine, long)).blocks) <= 50


def test_what_was_taken_back_leaves_its_channel_and_the_questions():
    saved = Saved(GONE, WHERE, [(BO, WHERE)])
    assert [edit.message for edit in blocks.edits(saved)] == [blocks.taken_back()] * 2
    assert blocks.edits(replace(saved, story=TOLD))[0].message == blocks.in_channel(TOLD)
    assert blocks.edits(Saved(TOLD)) == ()
