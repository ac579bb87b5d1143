"""Reading the profile form back: everything wrong is said at once, and nothing from outside is believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import Refused, RefusedFields
from bot.domain.people import Availability, Kind, Profile, Wish
from bot.domain.programs import Rules
from bot.features.onboarding import form
from bot.features.onboarding.flows import ProfileFacts
from bot.slack.payload import Payload
from tests.builders import a_member, a_profile, an_id
from tests.features.answers import chosen, picked_person, picked_time, typed

ORDINARY = {
    "wants": "giving feedback (starting), system design",
    "offers": "SQL (teach)",
    "goals": "Lead a project.",
    "seniority": chosen("3"),
    "languages": ["en", "de"],
    "start": picked_time("08:30"),
    "end": picked_time("16:00"),
    "days": ["0", "2"],
    "zone": chosen("slack"),
    "capacity": "2",
}


def read(version=0, **changed):
    return form.read_profile(an_id("Ana"), typed(**{**ORDINARY, **changed}), Payload({"version": version}))


def test_a_whole_form_is_read():
    profile, zone = read(
        kinds=["peer"], seeks=["sponsor"], manager=picked_person("U0BO"), themes=["Finding my voice"]
    )
    assert profile.wants == (Wish("giving feedback", 1), Wish("system design", 2))
    assert profile.offers == (Wish("SQL", 3),)
    assert profile.availability == Availability((0, 2), "08:30", "16:00")
    assert (profile.seniority, profile.languages, profile.capacity) == (3, ("en", "de"), 2)
    assert (profile.seeks, profile.offers_kinds, profile.manager) == ((Kind.SPONSOR,), (Kind.PEER,), "U0BO")
    assert zone == ""


def test_a_language_from_a_file_is_shown_and_kept():
    facts = ProfileFacts(a_member(), a_profile(languages=("en", "ta"), version=3), Rules())
    view = form.profile(facts)
    menu = next(block["element"] for block in view["blocks"] if block.get("block_id") == "languages")
    assert [one["value"] for one in menu["initial_options"]] == ["en", "ta"]
    notes = Payload.read(view["private_metadata"])
    kept, _zone = form.read_profile(an_id("Ana"), typed(**{**ORDINARY, "languages": ["en", "ta"]}), notes)
    assert kept.languages == ("en", "ta")
    dropped, _zone = form.read_profile(an_id("Ana"), typed(**{**ORDINARY, "languages": ["en"]}), notes)
    assert dropped.languages == ("en",)


def test_a_zone_of_ones_own_is_kept():
    assert read(zone=chosen("Asia/Tokyo"))[1] == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"end": picked_time("08:00")}, "end"),
        ({"capacity": "eleven"}, "capacity"),
        ({"capacity": "99"}, "capacity"),
        ({"wants": ", ".join(f"skill {n}" for n in range(11))}, "wants"),
        ({"offers": "x" * 61}, "offers"),
        ({"goals": "x" * 1001}, "goals"),
        ({"manager": picked_person("U0ANA")}, "manager"),
        ({"department": "x" * 3000}, "department"),
    ],
)
def test_what_is_wrong_is_said_under_its_field(changed, field):
    with pytest.raises(RefusedFields) as refused:
        read(**changed)
    assert set(refused.value.fields) == {field}
    assert len(refused.value.fields[field]) < 200


def test_everything_wrong_is_said_at_once():
    with pytest.raises(RefusedFields) as refused:
        read(end=picked_time("01:00"), capacity="-1", goals="y" * 2000)
    assert set(refused.value.fields) == {"end", "capacity", "goals"}


def test_a_choice_that_was_not_on_offer_is_not_believed():
    profile, zone = read(seniority=chosen("9"), seeks=["king"], languages=["tlh"], zone=chosen("Mars/Olympus"))
    assert (profile.seniority, profile.seeks, profile.languages, zone) == (2, (), (), "")


def test_a_forged_version_is_refused():
    with pytest.raises(Refused):
        form.read_profile(an_id("Ana"), typed(**ORDINARY), Payload({"version": "many"}))


words = st.text(st.characters(exclude_characters=",;\n()", exclude_categories=["C", "Z"]), min_size=1, max_size=20)


@given(st.lists(st.builds(Wish, words, st.integers(1, 3)), max_size=10, unique_by=lambda wish: wish.skill.casefold()))
def test_what_the_form_shows_is_read_back_the_same(wishes):
    known = a_profile(wants=tuple(Wish(_as_kept(wish.skill), wish.level) for wish in wishes))
    view = form.profile(ProfileFacts(a_member(), known, Rules()))
    given_text = next(block for block in view["blocks"] if block.get("block_id") == "wants")["element"]
    if len(given_text.get("initial_value", "")) < 400:
        assert _wants(given_text.get("initial_value", "")) == known.wants


def _as_kept(skill):
    kept = _wants(skill)
    return kept[0].skill if kept else "SQL"


def _wants(text) -> tuple[Wish, ...]:
    profile: Profile = read(wants=text)[0]
    return profile.wants
