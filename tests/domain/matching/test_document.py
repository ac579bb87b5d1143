"""The document: read strictly, written back the same, the same in every order."""

import json

import pytest
from hypothesis import given, settings

from bot.domain.matching import DocumentError, parse_document, read_document
from bot.domain.matching.document import canonical
from tests.domain.matching.programs import a_program, programs, shuffled


@settings(max_examples=25, deadline=None)
@given(programs())
def test_what_is_written_reads_back_the_same(program):
    document = parse_document(program)
    assert read_document(json.dumps(document.to_json())) == document


@settings(max_examples=25, deadline=None)
@given(programs())
def test_the_order_of_everything_changes_nothing(program):
    assert parse_document(program).digest() == parse_document(shuffled(program)).digest()


def test_what_is_written_is_the_format_of_the_specification():
    written = parse_document(a_program(4)).to_json()
    assert set(written) == {"schema", "seed", "week_of", "config", "skills", "people", "blocks", "history"}
    person = written["people"][0]
    assert person["work"] == {"days": [0, 1, 2, 3, 4], "start": "08:00", "end": "17:00"}
    assert person["busy"][0][1:] == ["12:00", "13:00"]
    assert written["config"]["level_rule"]["sponsor"] == [2, 30]


def test_an_id_and_a_week_are_all_that_a_person_needs():
    document = parse_document({"schema": "matching/1", "week_of": "2026-03-09", "people": [{"id": "U1"}]})
    assert document.person("U1").tz == "UTC"
    assert document.seed == 0
    assert document.config.circle.max == 8


def test_a_given_key_of_the_config_replaces_its_default_as_a_whole():
    program = a_program(
        0, config={"weights": {"buddy": {"skill": 40, "overlap": 60}}, "distance_points": {"dept": 10}}
    )
    config = parse_document(program).config
    assert config.types() == ("buddy",)
    assert config.distance_points == {"dept": 10, "country": 0, "background": 0}


def test_the_target_size_stays_between_the_bounds_when_only_those_are_given():
    assert parse_document(a_program(0, circle={"min": 2, "max": 3})).config.circle.target == 2


def test_skills_are_folded_and_synonyms_lead_to_one_name():
    skills = {"synonyms": {"K8s": "Kube", "kube": "Kubernetes"}, "related": [["K8S", "Docker", 60]]}
    document = parse_document(a_program(0, skills=skills))
    assert document.skills.canonical("k8s") == "kubernetes"
    assert document.skills.closeness("docker", "kubernetes") == 60


def a_person(**parts):
    return a_program(0, people=[{"id": "U1"} | parts])


def a_config(**parts):
    return a_program(0, config=parts)


WRONG = [
    ([], "document is []"),
    (a_program(0, schema="matching/2"), 'schema is "matching/2"; allowed: one of matching/1'),
    (a_program(0, sead=1), 'unknown key "sead"'),
    (a_program(0, sead=1), "Did you mean seed?"),
    (a_program(0, seed=-1), "seed is -1"),
    (a_program(0, seed=1.5), "seed is 1.5"),
    (a_program(0, seed=True), "seed is true"),
    (a_program(0, week_of="2026-03-10"), 'week_of is "2026-03-10"; allowed: a Monday'),
    (a_program(0, week_of="2026-02-30"), "week_of"),
    (a_program(0, week_of="9 March"), "week_of"),
    (a_program(0, people={"id": "U1"}), "people is"),
    (a_program(0, people=["U1"]), 'people[0] is "U1"'),
    (a_program(0, people=[{}]), "people[0] has no id"),
    (a_program(0, people=[{"id": "U1"}, {"id": "U1"}]), 'people[1].id is "U1", which stands further up'),
    (a_person(id=7), "people[0].id is 7"),
    (a_person(id=""), "people[0].id"),
    (a_person(id="U\u200b1"), "people[0].id"),
    (a_person(id="U１"), "people[0].id"),
    (a_person(id="А1"), "people[0].id"),
    (a_person(id="U1\n"), "people[0].id"),
    (a_person(id="\u202eU1"), "people[0].id"),
    (a_person(dept="Sales\u202e"), "people[0].dept"),
    (a_person(dept="x" * 200), "people[0].dept"),
    (a_person(dept=5), "people[0].dept is 5"),
    (a_person(tz="Mars/Base"), 'people[0].tz is "Mars/Base"; allowed: an IANA time zone'),
    (a_person(tz="../../etc/passwd"), "people[0].tz"),
    (a_person(work={"days": [7]}), "people[0].work.days[0] is 7; allowed: a whole number from 0 to 6"),
    (a_person(work={"start": "9:00"}), "people[0].work.start"),
    (a_person(work={"start": "25:00"}), "people[0].work.start"),
    (a_person(work={"start": "09:00", "end": "09:00"}), "people[0].work is"),
    (a_person(busy=[[0, "12:00"]]), "people[0].busy[0]"),
    (a_person(busy=[["Mon", "12:00", "13:00"]]), "people[0].busy[0][0]"),
    (a_person(level=99), "people[0].level is 99"),
    (a_person(level="senior"), "people[0].level"),
    (a_person(manager="U1"), "people[0].manager"),
    (a_person(languages="en"), 'people[0].languages is "en"; allowed: a list'),
    (a_person(paused="no"), 'people[0].paused is "no"; allowed: true or false'),
    (a_person(mentor={"capacity": -1, "types": []}), "people[0].mentor.capacity is -1"),
    (a_person(mentor={"capacity": 1}), "people[0].mentor has no types"),
    (a_person(mentor={"capacity": 1, "types": ["guru"]}), 'people[0].mentor.types[0] is "guru"'),
    (a_person(mentee={}), "people[0].mentee has no type"),
    (a_person(mentee={"type": "skill", "skill": ["sql"]}), "Did you mean skills?"),
    (a_person(circle={"themes": [1]}), "people[0].circle.themes[0] is 1"),
    (a_program(2, blocks=[["U000"]]), "blocks[0]"),
    (a_program(2, blocks=[["U000", "U000"]]), "blocks[0]"),
    (a_program(2, blocks=[["U000", "U999"]]), "U999 does not"),
    (a_program(2, history=[{"a": "U000", "b": "U001", "kind": "lunch"}]), 'history[0].kind is "lunch"'),
    (a_program(2, history=[{"a": "U000", "b": "U000", "kind": "pair"}]), "history[0]"),
    (a_program(0, skills={"synonyms": {"a": "b", "b": "a"}}), "skills.synonyms lead from"),
    (a_program(0, skills={"synonyms": {"K8s": "kubernetes", "k8s": "docker"}}), "skills.synonyms"),
    (a_program(0, skills={"related": [["sql", "SQL", 50]]}), "skills.related[0]"),
    (a_program(0, skills={"related": [["a", "b", 101]]}), "skills.related[0][2] is 101"),
    (a_program(0, skills={"related": [["a", "b", 10], ["b", "a", 20]]}), "skills.related[1]"),
    (a_config(weights={}), "config.weights"),
    (a_config(weights={"skill": {"skill": 90}}), "add up to 100"),
    (a_config(weights={"skill": {"charm": 100}}), 'unknown key "charm"'),
    (a_config(level_rule={"skill": [2, 1]}), "config.level_rule"),
    (a_config(level_rule={"guru": [0, 1]}), "config.level_rule has the type 'guru'"),
    (a_config(level_gap_points={"skill": {"one": 5}}), "config.level_gap_points"),
    (a_config(level_gap_points={"skill": {"--1": 5}}), "config.level_gap_points"),
    (a_config(level_gap_points={"skill": {"9" * 5000: 5}}), "config.level_gap_points"),
    (a_config(skill_priority={"1": 90, "2": 20}), "config.skill_priority"),
    (a_config(overlap_saturation_minutes=0), "config.overlap_saturation_minutes"),
    (a_config(manager_line="loose"), "config.manager_line"),
    (a_config(circle={"min": 5, "max": 4}), "config.circle"),
    (a_config(circle={"min": 1}), "config.circle.min is 1"),
    (a_config(circle={"target": 9}), "config.circle"),
    (a_config(circle={"common_language": 1}), "config.circle.common_language"),
]


@pytest.mark.parametrize(("program", "said"), WRONG)
def test_a_wrong_document_is_refused_with_path_value_and_what_is_allowed(program, said):
    with pytest.raises(DocumentError) as refusal:
        parse_document(program)
    assert said in refusal.value.sentence
    assert "allowed" in refusal.value.sentence


def test_managers_in_a_circle_are_refused_and_named():
    people = [{"id": "U1", "manager": "U2"}, {"id": "U2", "manager": "U3"}, {"id": "U3", "manager": "U2"}]
    with pytest.raises(DocumentError, match="U2 → U3 → U2"):
        parse_document(a_program(0, people=people))


def test_a_very_long_line_of_managers_is_fine():
    people = [{"id": f"U{n}", "manager": f"U{n + 1}"} for n in range(5000)]
    assert len(parse_document(a_program(0, people=people)).people) == 5000


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "not JSON"),
        ("{", "line 1, column 2"),
        ('{"seed": NaN}', "NaN"),
        ('{"seed": -Infinity}', "Infinity"),
        ('{"seed": 1, "seed": 2}', '"seed" stands twice'),
        ('{"seed": ' + "9" * 5000 + "}", "too many digits"),
        ("[" * 200_000, "nested too deeply"),
        ('{"schema": "matching/1\\ud800"}', "schema"),
    ],
)
def test_what_is_not_a_document_at_all_is_refused_with_a_sentence(text, said):
    with pytest.raises(DocumentError, match=said):
        read_document(text)


def test_a_document_of_a_hundred_megabytes_is_refused_before_it_is_read():
    with pytest.raises(DocumentError, match="at most 96,000,000"):
        read_document(" " * 100_000_000)


def test_equal_values_are_equal_bytes():
    assert canonical({"b": 1, "a": "ż"}) == '{"a":"ż","b":1}'
