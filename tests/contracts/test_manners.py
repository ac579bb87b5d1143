"""Every kind of letter says what it is to its reader; what has no end of its own use never claims one."""

from pathlib import Path

from bot.domain.manners import Manner, Topic
from bot.repertoire import FEATURES

KINDS = [kind for feature in FEATURES for kind in feature.letters]


def test_every_kind_of_letter_has_its_class():
    assert KINDS
    assert {kind.kind for kind in KINDS if not isinstance(kind.manner, Manner)} == set()


def test_only_what_nobody_asked_for_can_be_turned_off():
    assert {kind.kind for kind in KINDS if kind.topic and kind.manner is not Manner.NUDGE} == set()


def test_each_topic_has_something_to_turn_off():
    assert {kind.topic for kind in KINDS if kind.topic} == set(Topic)


def test_what_belongs_to_a_session_or_is_a_reminder_has_an_end():
    without = {kind.kind for kind in KINDS if (kind.item or kind.manner is Manner.SESSION) and not kind.deadline}
    assert without == set()


def test_no_letter_decides_by_itself_when_it_goes():
    """Hours, holidays and breaks are looked at in `domain.manners`, and nowhere else."""
    forbidden = ("is_quiet", "first_good_moment", "first_morning", "not_yet", "paused_until")
    composers = sorted(Path("bot/features").glob("*/*letters*.py"))
    assert composers
    found = [(str(one), word) for one in composers for word in forbidden if word in one.read_text()]
    assert found == []
