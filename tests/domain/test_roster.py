"""A file of members: how it is read, what it would change, and that an export is read back as it was."""

import csv
import io
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import Refused
from bot.domain.people import Availability, Kind, Wish
from bot.domain.roster import Known, planned, read_sheet, remarks, template, written
from bot.domain.roster.columns import COLUMNS
from bot.domain.roster.files import split
from tests.builders import a_member, a_profile, an_id
from tests.people_in_files import everybody

ANA = Known({an_id("Ana"): a_member()}, {an_id("Ana"): a_profile()})


def read(text, kind=".csv"):
    sheet = read_sheet(text, kind)
    assert sheet.problems == ()
    return sheet.rows


def values(cells, column):
    return read(f"id,{column}\nU0ANA,{cells}\n")[0].values.get(column)


def says(text, kind=".csv"):
    sheet = read_sheet(text, kind)
    return [str(problem) for problem in (*sheet.problems, *planned(sheet.rows, ANA).problems)]


@given(everybody(), st.sampled_from([".csv", ".json"]))
def test_an_export_changes_nothing_and_makes_the_same_people_elsewhere(people, kind):
    known = Known(*people)
    assert planned(read(written(known, kind), kind), known).changes == ()
    rows = read(written(known, kind, managers=True), kind)
    assert planned(rows, known).changes == ()
    elsewhere = planned(rows, Known())
    assert elsewhere.problems == ()
    made = {change.member.id: change for change in elsewhere.added}
    assert set(made) == set(known.members)
    for id, change in made.items():
        had = known.profiles.get(id)
        assert change.profile == (had and replace(had, goals="", boundaries="", version=0))


@given(everybody(), st.sampled_from([".csv", ".json"]))
def test_who_reports_to_whom_is_written_only_where_it_is_asked_for(people, kind):
    known = Known(*people)
    assert all("manager" not in row.values for row in read(written(known, kind), kind))
    told = {row.id: row.values.get("manager") for row in read(written(known, kind, managers=True), kind)}
    for id, profile in known.profiles.items():
        if profile.manager:
            assert told[id] == profile.manager


@given(everybody())
def test_no_cell_of_an_export_begins_as_a_formula_does(people):
    for cells in csv.reader(io.StringIO(written(Known(*people), ".csv"), newline="")):
        assert not any(cell[:1] in "=+@\t\r＝＋－＠" for cell in cells if cell)
        assert not any(cell.startswith("-") for cell in cells if cell != "-")


@given(st.text(max_size=200), st.sampled_from([".csv", ".json"]))
def test_any_text_is_read_or_refused_with_sentences(text, kind):
    for whole in (text, f"id,tz,wants\n{text}", f'{{"schema": "members/1", "people": [{{"id": {text}}}]}}'):
        with suppress(Refused):
            plan = planned(read_sheet(whole, kind).rows, ANA)
            assert all(str(problem).endswith((".", "?")) for problem in plan.problems)


@pytest.mark.parametrize(
    ("column", "cells", "read"),
    [
        ("days", "Mon-Thu", (0, 1, 2, 3)),
        ("days", "Fri - mo", (0, 4, 5, 6)),
        ("days", "tuesday; Sun", (1, 6)),
        ("days", "-", ()),
        ("start", "8:30", "08:30"),
        ("level", "3.0", 3),
        ("languages", "EN; de;en", ("en", "de")),
        ("wants", '"SQL (Teach), sql;go"', (Wish("SQL", 3), Wish("sql"), Wish("go"))),
        ("wants", '"""a; b"" ; c"', (Wish("a; b"), Wish("c"))),
        ("can_be", "Peer", (Kind.PEER,)),
        ("dept", "'=1+1", "=1+1"),
        ("dept", "=1+1", "=1+1"),
        ("dept", "it's", "it's"),
        ("dept", "a\u202eb\u200b", "ab"),
        ("dept", "", None),
        ("manager", "-", None),
        ("paused", "Yes", True),
    ],
)
def test_a_cell_is_read_as_people_write_it(column, cells, read):
    assert values(cells, column) == read


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ("tz\nU0ANA,Mars", 'row 2, column tz: "Mars" is no time zone; write one such as Europe/Berlin.'),
        ("tz\nU0ANA,Eurpe/Berlin", 'row 2, column tz: "Eurpe/Berlin" is no time zone; did you mean Europe/Berlin?'),
        ("level\nU0ANA,2.5", 'row 2, column level: "2.5" is no whole number from 1 to 5.'),
        ("capacity\nU0ANA,٣", 'row 2, column capacity: "\\u0663" is no whole number from 0 to 10.'),
        ("can_be\nU0ANA,sponser", 'row 2, column can_be: "sponser" is not among what is possible; did you mean sponsor?'),
        ("languages\nU0ANA,German", 'row 2, column languages: "german" is no code of a language; write en, de, fr and so on.'),
        ("start\nU0ANA,9am", 'row 2, column start: "9am" is no time of day; write it as 09:00.'),
        ("themes\nU0ANA,a;b;c;d", "row 2, column themes: 4 entries, where 3 fit; keep the most important."),
        ("manager\nU0ANA,U0ANA",
         "row 2, column manager: nobody is their own manager; give somebody else's id, or leave it empty."),
        ("manager\nU0ANA,lea@x.org", 'row 2, column manager: "lea@x.org" is no Slack member id, which looks like U012ABCDEF.'),
        ("end\nU0ANA,08:00", "row 2, column end: the day would end at 08:00, but it starts at 09:00."),
        ("paused\nU0ANA,perhaps", 'row 2, column paused: "perhaps" is neither yes nor no.'),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(row, wrong):
    assert says(f"id,{row}\n") == [wrong]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ('{"id": "U0ANA", "days": [1]}', "people[0], key days: [1] is no list of texts."),
        ('{"id": "U0ANA", "capacity": true}', "people[0], key capacity: true is not a text."),
        ('{"id": "U0ANA", "tzz": "UTC"}', 'people[0]: "tzz" is no key; did you mean tz?'),
        ('"U0ANA"', 'people[0]: "U0ANA" is no object with a person\'s keys.'),
        ('{"name": "Ana"}', "people[0], column id: there is no id; without one nobody knows who is meant."),
    ],
)
def test_json_is_held_to_the_same_rules(text, wrong):
    assert says(f'{{"schema": "members/1", "people": [{text}]}}', ".json") == [wrong]


def test_separators_of_other_countries_a_mark_at_the_start_and_blank_lines_are_no_matter():
    text = '\ufeff# ours\r\n\r\nID;Dept;wants\r\nU0ANA;"#1; Legal";SQL\r\n#U0BO;;\r\n'
    (row,) = read(text)
    assert (row.place, row.id, row.values["dept"]) == ("row 4", "U0ANA", "#1; Legal")
    assert read("id\tdept\nU0ANA\tLegal\n")[0].values == {"dept": "Legal"}


def test_what_a_row_does_not_give_stays():
    (change,) = planned(read("id,city,start\nU0ANA,Lodz,08:00\n"), ANA).changes
    assert change.columns == ("city", "start")
    expected = replace(a_profile(), location="Lodz", availability=Availability(start="08:00"))
    assert (change.profile, change.member_differs) == (expected, False)


def test_whoever_left_is_not_touched():
    left = Known({an_id("Ana"): a_member(left=True)})
    plan = planned(read("id,city\nU0ANA,Lodz\n"), left)
    assert (plan.changes, plan.same, [row.id for row in plan.gone]) == ((), 0, ["U0ANA"])
    assert [str(remark) for remark in remarks(plan, left)] == [
        "row 2: U0ANA has left the workspace and is not touched."
    ]


def test_a_ring_of_managers_counts_only_where_the_file_makes_it():
    ring = {an_id("Ana"): a_profile(manager=an_id("Bo")), an_id("Bo"): a_profile("Bo", manager=an_id("Ana"))}
    known = Known({an_id("Ana"): a_member(), an_id("Bo"): a_member("Bo")}, ring)
    assert planned(read("id,manager\nU0ANA,U0BO\nU0BO,U0ANA\n"), known).problems == ()
    straight = Known(known.members, ring | {an_id("Bo"): a_profile("Bo")})
    (problem,) = planned(read("id,manager\nU0BO,U0ANA\n"), straight).problems
    assert str(problem) == "row 2, column manager: the managers go in a circle, U0BO → U0ANA → U0BO; one must go."


def test_a_stranger_as_manager_and_a_typo_are_remarked_once():
    rows = read("id,manager,wants\nU0ANA,U0XYZ,pyhton; pyhton scripting of birds\nU0BO,,pyhton\n")
    plan = planned(rows, ANA)
    assert [str(remark) for remark in remarks(plan, ANA)] == [
        "row 2, column manager: I don't know U0XYZ yet; look whether the id is right.",
        'row 2, column wants: "pyhton" is kept as it is written; did you mean python?',
    ]


def test_the_template_has_each_column_explained():
    names, about, _example = csv.reader(io.StringIO(template(), newline=""))
    assert names == list(COLUMNS)
    assert all(about)
    assert read(template()) == ()


def test_a_long_cell_is_not_searched_for_entries():
    assert split("a;" * 10_000) == ["a;" * 10_000]
