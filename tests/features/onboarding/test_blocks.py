"""How profiles and pauses look."""

import pytest

from bot.domain.people import Kind, Wish
from bot.domain.programs import Rules
from bot.features.onboarding import blocks, form
from bot.features.onboarding.flows import ProfileFacts
from tests.builders import a_member, a_profile
from tests.clock import START

HOSTILE = ["<!channel> & <@U1>", "🦉" * 60, "\u202eright to left", "x" * 3000]


def test_the_form_of_somebody_new(looks_right):
    looks_right(form.profile(ProfileFacts(a_member(), None, Rules())))


def test_the_form_of_somebody_known(looks_right):
    known = a_profile(
        offers=(Wish("SQL", 3), Wish("Chairing")),
        seeks=(Kind.SPONSOR,),
        themes=("A theme that is no longer offered",),
        boundaries="No calls on Fridays.",
    )
    looks_right(form.profile(ProfileFacts(a_member(own_zone="Asia/Tokyo"), known, Rules())))


def test_a_saved_profile(looks_right):
    looks_right(blocks.saved(a_profile()))


def test_a_saved_profile_without_skills_or_themes(looks_right):
    looks_right(blocks.saved(a_profile(offers=(), wants=(), themes=())))


def test_the_form_of_a_pause(looks_right):
    looks_right(form.pause(a_member(pause_note="Back after the move"), START))


def test_a_pause_has_begun(looks_right):
    looks_right(blocks.paused(START))


def test_a_pause_has_ended(looks_right):
    looks_right(blocks.resumed(True))


def test_there_was_no_pause(looks_right):
    looks_right(blocks.resumed(False))


def test_home_of_somebody_new(looks_right):
    looks_right(blocks.no_profile())


def test_home_of_somebody_known(looks_right):
    looks_right(blocks.with_profile(a_member()))


def test_home_of_somebody_on_a_pause(looks_right):
    looks_right(blocks.on_a_pause(a_member(pause_note="Back after the move"), START))


@pytest.mark.parametrize("words", HOSTILE)
def test_what_people_wrote_rings_nobody(words):
    shown = str(blocks.saved(a_profile(wants=(Wish(words),))).blocks)
    assert "<!channel>" not in shown and "<@U1>" not in shown
