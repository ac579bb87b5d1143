"""Stories: nobody reads one before everybody named in it has said yes to that very wording."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import stories
from bot.domain.errors import NotYours, Refused, RefusedFields
from bot.domain.ids import StoryId
from bot.domain.stories import Story, StoryState, Words
from tests.builders import an_id
from tests.clock import START

ANA, BO, CHI, DEE = (an_id(name) for name in ("Ana", "Bo", "Chi", "Dee"))


def a_story(*named):
    return stories.begun(Story("It helped.", tuple(sorted(named)), id=StoryId(1), author=ANA, made_at=START), START)


def test_without_anybody_named_it_is_told_at_once():
    assert a_story().state is StoryState.SHOWN


def test_the_author_needs_no_naming_and_nobody_twice():
    assert stories.check(Words(" It  helped. ", (BO, ANA, BO)), ANA) == Words("It helped.", (BO,))


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (Words(""), {"text"}),
        (Words("x" * 3000), {"text"}),
        (Words("x", tuple(an_id(f"N{number}") for number in range(9))), {"named"}),
    ],
)
def test_what_is_wrong_stands_under_its_field(words, wrong):
    with pytest.raises(RefusedFields) as refused:
        stories.check(words, ANA)
    assert set(refused.value.fields) == wrong


def test_only_those_named_are_asked_and_only_about_the_wording_as_it_is():
    story = a_story(BO)
    with pytest.raises(NotYours):
        stories.answered(story, 1, fine=True, by=CHI, now=START)
    with pytest.raises(NotYours):
        stories.withdrawn(story, BO)
    anew = stories.reworded(story, Words("Otherwise.", (BO,)), by=ANA, now=START)
    with pytest.raises(Refused, match="changed since"):
        stories.answered(anew, 1, fine=True, by=BO, now=START)
    gone = stories.withdrawn(anew, ANA)
    with pytest.raises(Refused, match="taken back"):
        stories.answered(gone, 2, fine=True, by=BO, now=START)


def test_five_may_wait_at_once():
    with pytest.raises(Refused, match="several stories"):
        stories.check_room([a_story(BO)] * 5)
    stories.check_room([a_story()] * 5)


NAMED = st.lists(st.sampled_from([BO, CHI, DEE]), max_size=3, unique=True).map(lambda names: tuple(sorted(names)))
ACTS = st.one_of(
    st.tuples(st.just("answer"), st.sampled_from([BO, CHI, DEE]), st.booleans(), st.integers(0, 1)),
    st.tuples(st.just("reword"), NAMED, st.sampled_from(["It helped.", "Otherwise."])),
)


@given(NAMED, st.lists(ACTS, max_size=25))
def test_it_is_shown_only_while_every_yes_is_for_what_it_says(named, acts):
    story, said = a_story(*named), {}
    for act in acts:
        if act[0] == "reword":
            story_before = story
            story = stories.reworded(story, Words(act[2], act[1]), by=ANA, now=START)
            if story is not story_before:
                said = {}
        else:
            _, who, fine, behind = act
            try:
                story = stories.answered(story, story.edition - behind, fine=fine, by=who, now=START)
                said[who] = fine
            except Refused:
                pass
        everybody = all(said.get(member) for member in story.named)
        assert (story.state is StoryState.SHOWN) is everybody
