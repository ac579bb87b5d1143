"""What a match may depend on, and what stays out of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.intros import Fit
from bot.domain.matching import candidates, read_document
from bot.domain.matching.circling import participants
from bot.domain.matching.crowd import Crowd
from bot.domain.matching.document import canonical
from bot.domain.matching.facts import Facts
from bot.domain.people import Availability, Kind, Wish
from bot.domain.programs import Rules
from bot.features.matching.document_of import Gathered, Look, for_candidates, for_circles
from tests.builders import a_member, a_profile, an_id
from tests.clock import START


def gathered(*profiles, **more):
    members = {profile.member: a_member(profile.member[2:].title()) for profile in profiles}
    return Gathered(members | more.pop("members", {}), {one.member: one for one in profiles}, Rules(), **more)


def circles(everything, **more):
    return for_circles(everything, **{"everyone": False, "seed": 1, "now": START} | more)


def waiting(document):
    return [person.id for person in document.people if person.circle is not None]


def test_goals_and_boundaries_stay_out():
    profile = a_profile(goals="SECRET goals", boundaries="SECRET boundaries")
    for document in (
        circles(gathered(profile)),
        for_candidates(gathered(profile), Look(profile.member, Kind.SKILL), START),
    ):
        assert "SECRET" not in canonical(document.to_json())


def test_the_document_reads_back_as_it_was_written():
    nasty = a_profile(
        department="\u202eDe\u200bsign \u0000" + "x" * 500,
        location="  ",
        offers=(Wish("<!channel> 😀👩\u200d🔬"), Wish("a" * 300)),
        interests=("\ufeff", "chess"),
        themes=("\u2028Finding", "Finding"),
        availability=Availability((), "09:00", "09:00"),
    )
    document = circles(gathered(nasty, a_profile("Bo")))
    assert read_document(canonical(document.to_json())) == document
    assert document.person(an_id("Ana")).city is None


@given(st.text(max_size=200), st.lists(st.text(max_size=80), max_size=5))
def test_whatever_people_write_can_be_read_back(text, several):
    profile = a_profile(department=text, location=text, interests=tuple(several), themes=tuple(several))
    document = circles(gathered(replace(profile, offers=tuple(map(Wish, several)))), everyone=True)
    assert read_document(canonical(document.to_json())) == document


@pytest.mark.parametrize("change", [{"left": True}, {"paused_until": START + timedelta(days=1)}])
def test_who_is_away_takes_no_part_but_keeps_the_line_together(change):
    boss = {an_id("Bo"): a_member("Bo", **change)}
    line = (a_profile("Ana", manager=an_id("Bo")), a_profile("Bo", manager=an_id("Chi")), a_profile("Chi"))
    document = circles(gathered(*line, members=boss))
    assert waiting(document) == [an_id("Ana"), an_id("Chi")]
    bo = document.person(an_id("Bo"))
    assert bo.paused and bo.manager == an_id("Chi") and bo.dept is None


def test_a_ring_of_managers_is_opened_so_that_it_can_be_read():
    ring = [
        a_profile("Ana", manager=an_id("Bo")),
        a_profile("Bo", manager=an_id("Chi")),
        a_profile("Chi", manager=an_id("Ana")),
    ]
    alone = a_profile("Dee", manager=an_id("Dee"))
    document = circles(gathered(*ring, alone))
    assert read_document(canonical(document.to_json())) == document
    assert [document.person(an_id(name)).manager for name in ("Ana", "Bo", "Chi", "Dee")] == [
        None,
        an_id("Chi"),
        an_id("Ana"),
        None,
    ]


def test_circles_are_for_those_who_chose_a_theme_and_sit_in_none():
    three = [a_profile("Ana"), a_profile("Bo", themes=()), a_profile("Chi")]
    assert waiting(circles(gathered(*three, in_circles=frozenset({an_id("Chi")})))) == [an_id("Ana")]
    everyone = circles(gathered(*three, in_circles=frozenset({an_id("Chi")})), everyone=True)
    assert waiting(everyone) == [an_id("Ana"), an_id("Bo")]


def test_the_rules_of_the_program_are_the_rules_of_the_draw():
    rules = Rules(circle_min=5, circle_max=6, circle_aim=9, minutes=90, apart_from_manager=1, min_overlap_minutes=30)
    config = circles(replace(gathered(a_profile()), rules=rules)).config
    assert (config.circle.min, config.circle.target, config.circle.max) == (5, 6, 6)
    assert (config.circle.meeting_minutes, config.circle.manager_depth) == (90, 1)
    assert config.min_overlap_minutes_per_week == 30


def test_blocks_and_history_are_of_people_in_the_document():
    pair, stranger = (an_id("Ana"), an_id("Bo")), (an_id("Ana"), an_id("Zed"))
    document = circles(gathered(a_profile(), a_profile("Bo"), blocks={pair, stranger}, met_in_circles={pair}))
    assert document.blocks == (pair,)
    assert [(past.a, past.b, past.kind) for past in document.history] == [(*pair, "circle")]


def test_who_met_over_a_coffee_sits_together_only_if_need_be_and_a_mismatch_never():
    ana, bo, chi, dee = map(an_id, ("Ana", "Bo", "Chi", "Dee"))
    coffees = {(bo, ana): Fit.OK, (chi, ana): Fit.MISMATCH, (ana, dee): Fit.NEVER_MET}
    profiles = [a_profile(name) for name in ("Ana", "Bo", "Chi", "Dee")]
    document = circles(gathered(*profiles, met_as_pairs=coffees, met_in_circles={(ana, bo), (bo, chi)}))
    crowd = Crowd(Facts(document), participants(document))
    places = crowd.place
    assert crowd.met[places[ana]] == {places[bo]} and crowd.met[places[bo]] == {places[ana], places[chi]}
    assert crowd.never[places[ana]] == {places[chi]}
    assert read_document(canonical(document.to_json())) == document


def test_only_who_offers_the_kind_can_be_found():
    ana = a_profile("Ana", wants=(Wish("SQL"),), offers_kinds=(Kind.SKILL,))
    others = [a_profile(name, offers=(Wish("SQL"),), offers_kinds=(Kind.SKILL,)) for name in ("Bo", "Chi", "Dee")]
    everything = gathered(ana, *others, a_profile("Eve", offers=(Wish("SQL"),)), places_held={an_id("Dee"): 2})

    def found(**look):
        document = for_candidates(everything, Look(ana.member, Kind.SKILL, **look), START)
        return [pair.mentor for pair in candidates(document, ana.member, "skill").candidates]

    assert found() == [an_id("Bo"), an_id("Chi")]
    assert found(skip=frozenset({an_id("Bo")})) == [an_id("Chi")]
    assert found(only=an_id("Chi")) == [an_id("Chi")]
    assert found(only=an_id("Eve")) == []
