"""`python -m bot import` and `export`: all of a file or nothing, and all that is wrong with it at once."""

import asyncio
import csv
import json
import os
import signal
import stat
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.__main__ import app
from bot.domain.people import Wish
from bot.store.engine import connect
from bot.store.keyring import Keyring, new_key
from bot.store.unit_of_work import Store
from tests.builders import an_id, saved_installation, saved_member, saved_people


class Workspace:
    """What the commands work on, opened with the key they are given."""

    def __init__(self, url, team):
        self.url, self.team, self.key = url, team, new_key()

    def look(self, act):
        return asyncio.run(self._look(act))

    async def _look(self, act):
        store = Store(connect(self.url, Keyring.parse(self.key)))
        try:
            async with store.open_work(self.team) as work:
                return await act(work)
        finally:
            await store.close()

    def known(self):
        return self.look(lambda work: work.members.known())

    def audited(self):
        entries = self.look(lambda work: work.audit.latest(1000))
        return [(entry.act, entry.subject, entry.details) for entry in entries]


@pytest.fixture
def workspace(database_url, team, monkeypatch):
    """Ana and Bo have a profile; Lea has none."""
    made = Workspace(database_url, team)

    async def fill(work):
        await saved_installation(work)
        await saved_people(work, "Ana", "Bo")
        await saved_member(work, "Lea")

    made.look(fill)
    monkeypatch.setenv("MENTOR_BOT_TOKEN", "xoxb-x")
    monkeypatch.setenv("MENTOR_APP_TOKEN", "xapp-x")
    monkeypatch.setenv("MENTOR_ENCRYPTION_KEYS", made.key)
    monkeypatch.setenv("MENTOR_DATABASE_URL", database_url)
    return made


@pytest.fixture
def command(capsys):
    """Runs the command line; its exit code, and what it said."""

    def run(*words):
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            app([*map(str, words)])
        told = capsys.readouterr()
        return ended.value.code or 0, told.out + told.err

    return run


@contextmanager
def counted():
    statements = []

    def count(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", count)


@pytest.fixture
def file(tmp_path):
    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


PEOPLE = """id,name,tz,dept,level,manager,wants,capacity
U0ANA,Anna,Asia/Tokyo,Design,2,U0LEA,Giving feedback (starting),2
U0BO,Bo,,,,,,
U0CHI,Chi,Europe/Warsaw,=1+1,3,U0ANA,"SQL (teach); pyhton",0
"""


def test_a_file_adds_changes_and_leaves_alone_and_again_finds_nothing(workspace, command, file):
    code, said = command("import", file("people.csv", PEOPLE))
    assert (code, "1 person added, 1 changed, 1 left alone." in said) == (0, True)
    assert "row 2: U0ANA changed (tz, manager)" in said
    assert 'row 4, column wants: "pyhton" is kept as it is written; did you mean python?' in said
    known = workspace.known()
    assert known.members[an_id("Ana")].name == "Ana", "Slack says how somebody is called"
    assert known.members[an_id("Ana")].own_zone == "Asia/Tokyo"
    assert known.profiles[an_id("Ana")].goals, "what the file cannot hold stays"
    assert known.profiles[an_id("Chi")].wants == (Wish("SQL", 3), Wish("pyhton"))
    assert workspace.audited() == [
        ("members.import", "people.csv", {"added": 1, "changed": 1, "same": 1}),
        (
            "member.import",
            "U0CHI",
            {"columns": ["name", "tz", "dept", "level", "manager", "wants", "capacity"], "new": True},
        ),
        ("member.import", "U0ANA", {"columns": ["tz", "manager"], "new": False}),
    ]
    code, said = command("import", file("people.csv", PEOPLE))
    assert (code, said) == (0, "0 people added, 0 changed, 3 left alone.\n")
    assert len(workspace.audited()) == 3


def test_a_dry_run_says_the_same_and_writes_nothing(workspace, command, file):
    before = workspace.known()
    code, said = command("import", file("people.csv", PEOPLE), "--dry-run")
    assert code == 0
    assert "row 4: U0CHI would be added" in said
    assert "1 person would be added, 1 would be changed, 1 left alone." in said
    assert (workspace.known(), workspace.audited()) == (before, [])


def test_all_that_is_wrong_is_listed_at_once_and_nothing_is_imported(workspace, command, file):
    wrong = (
        "id,tz,level,capacity,manager,days,end\n"
        "U0ANA,Berlin,9,-1,U0BO,Mon-Fri,17:00\n"
        "U0BO,,,,U0ANA,Funday,\n"
        "U0BO,,,,,,08:00\n"
        "U0\u202eCHI,,,,,,\n"
        "U0DEE,Asia/Tokyo,,,,,\n"
        "bob@example.org,,,,,,\n"
        ",Asia/Tokyo,,,,,\n"
        "U0EVE,,,,,,,,too,much\n"
    )
    before = workspace.known()
    code, said = command("import", file("people.csv", wrong))
    assert code == 2
    assert said.splitlines() == [
        'row 2, column tz: "Berlin" is no time zone; did you mean Europe/Berlin?',
        'row 2, column level: "9" is no whole number from 1 to 5.',
        'row 2, column capacity: "-1" is no whole number from 0 to 10.',
        "row 2, column manager: the managers go in a circle, U0ANA → U0BO → U0ANA; one must go.",
        'row 3, column days: "Funday" is no day of the week; write Mon, Tue, Wed, Thu, Fri, Sat, Sun, or Mon-Fri.',
        'row 4, column id: "U0BO" stands in row 3 too; each person once.',
        "row 4, column end: the day would end at 08:00, but it starts at 09:00.",
        'row 5, column id: "U0\\u202eCHI" is no id; plain letters and digits such as U012ABCDEF, nothing invisible.',
        'row 7, column id: "bob@example.org" is no Slack member id, which looks like U012ABCDEF.',
        "row 8, column id: there is no id; without one nobody knows who is meant.",
        "row 9: it has 10 cells, where the columns are 7; quote what holds commas.",
        "11 things are wrong; nothing was imported.",
    ]
    assert (workspace.known(), workspace.audited()) == (before, [])


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_an_export_comes_back_without_a_change_and_holds_nothing_private(workspace, command, kind, tmp_path):
    out = tmp_path / f"members.{kind}"
    assert command("export", out) == (0, f"3 people written to {out}.\n")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert "Lead my first project" not in out.read_text("utf-8")
    assert "manager" not in out.read_text("utf-8")
    assert command("import", out) == (0, "0 people added, 0 changed, 3 left alone.\n")
    assert command("export", out, "--managers")[0] == 0
    assert "manager" in out.read_text("utf-8")
    assert command("import", out) == (0, "0 people added, 0 changed, 3 left alone.\n")


@pytest.mark.database("sqlite")
def test_a_cell_that_a_spreadsheet_would_run_goes_out_as_text(workspace, command, file, tmp_path):
    assert command("import", file("people.csv", PEOPLE))[0] == 0
    assert workspace.known().profiles[an_id("Chi")].department == "=1+1"
    out = tmp_path / "out.csv"
    command("export", out)
    with out.open(encoding="utf-8-sig", newline="") as opened:
        cells = {row["id"]: row["dept"] for row in csv.DictReader(opened)}
    assert cells["U0CHI"] == "'=1+1"


@pytest.mark.database("sqlite")
def test_people_of_a_matching_document_are_members_too(workspace, command, file):
    ana = {
        "id": "U0ANA",
        "city": "Warsaw",
        "country": "PL",
        "work": {"days": [0, 1], "start": "08:00"},
        "mentor": {"capacity": 3, "skills": ["python"], "types": ["skill"]},
        "mentee": None,
    }
    document = {"schema": "matching/1", "week_of": "2026-03-09", "people": [ana, {"id": "U0BO", "levle": 3}]}
    code, said = command("import", file("people.json", json.dumps(document)))
    assert (code, said.splitlines()[0]) == (2, 'people[1]: "levle" is no key; did you mean level?')
    document["people"].pop()
    code, said = command("import", file("people.json", json.dumps(document)))
    assert "people[0], key country: only the matcher reads this; it is not kept." in said
    profile = workspace.known().profiles[an_id("Ana")]
    assert (profile.location, profile.capacity, profile.availability.days) == ("Warsaw", 3, (0, 1))


@pytest.mark.database("sqlite")
@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.json", "{", "not JSON"),
        ("a.json", '{"schema": "members/1", "people": [{"id": "U0ANA", "capacity": NaN}]}', "holds NaN"),
        ("a.json", '{"schema": "members/1", "people": [{"id": "U0ANA", "capacity": 1.5}]}', "1.5 is not a text"),
        ("a.json", "[]", "neither an export"),
        ("a.json", '{"schema": "members/1"}', 'has no "people"'),
        ("a.csv", b"id\n\xff\xfe", "not text in UTF-8"),
        ("a.csv", "id\nU0\0", "not CSV"),
        ("a.csv", 'id,dept\nU0ANA,"open', "not CSV"),
        ("a.csv", "", "no row with the names of the columns"),
        ("a.csv", "id,dpet\nU0ANA,x", '"dpet" is no column; did you mean dept?'),
        ("a.csv", "id,id\nU0ANA,x", "the column id stands there twice"),
        ("a.csv", "name\nAna", "there is no column id"),
        ("a.xlsx", "PK", "must end in .csv or .json"),
    ],
)
def test_what_is_no_such_file_gets_a_sentence(workspace, command, file, name, content, says):
    code, said = command("import", file(name, content))
    assert (code, says in said, "Traceback" in said) == (2, True, False)


@pytest.mark.database("sqlite")
def test_a_huge_file_is_refused_before_it_is_read(workspace, command, tmp_path):
    path = tmp_path / "huge.csv"
    with path.open("wb") as opened:
        opened.truncate(100_000_000)
    begun = time.perf_counter()
    code, said = command("import", path)
    assert (code, "100,000,000 bytes; at most 32,000,000" in said) == (2, True)
    assert time.perf_counter() - begun < 1


@pytest.mark.database("sqlite")
def test_the_template_explains_each_column_and_is_no_data(workspace, command, tmp_path):
    path = tmp_path / "template.csv"
    assert command("import", "--template", path)[0] == 0
    assert command("import", path) == (0, "0 people added, 0 changed, 0 left alone.\n")
    code, said = command("import", "--template", path)
    assert (code, "is there already" in said) == (2, True)


@pytest.mark.database("sqlite")
def test_what_cannot_be_found_is_named(workspace, command, file, tmp_path):
    assert "cannot be read: No such file" in command("import", tmp_path / "none.csv")[1]
    assert "cannot be written" in command("export", tmp_path / "no" / "a.csv")[1]
    assert "must end in .csv or .json" in command("export", tmp_path / "a.xlsx")[1]
    code, said = command("export", tmp_path / "a.csv", "--team", "T0ELM")
    assert (code, "I don't serve the workspace T0ELM. I know: T0OAK." in said) == (2, True)


@pytest.mark.database("sqlite")
def test_an_interrupt_keeps_nothing(workspace, command, file):
    before = workspace.known()

    def interrupt(_connection, _cursor, statement, *_rest):
        if statement.startswith("UPDATE profiles"):
            os.kill(os.getpid(), signal.SIGINT)

    event.listen(Engine, "before_cursor_execute", interrupt)
    try:
        assert command("import", file("people.csv", PEOPLE)) == (1, "Stopped, and nothing was imported.\n")
    finally:
        event.remove(Engine, "before_cursor_execute", interrupt)
    assert (workspace.known(), workspace.audited()) == (before, [])


@pytest.mark.database("sqlite")
def test_a_database_that_is_not_ready_is_said(workspace, command, file, monkeypatch, tmp_path):
    monkeypatch.setenv("MENTOR_DATABASE_URL", f"sqlite:///{tmp_path}/empty.db")
    code, said = command("import", file("people.csv", PEOPLE))
    assert (code, said) == (2, "The database is not ready. `python -m bot doctor` says what is wrong with it.\n")


@pytest.mark.database("sqlite")
def test_with_several_workspaces_one_is_named(workspace, command, file, tmp_path):
    elm = Workspace(workspace.url, "T0ELM")
    elm.key = workspace.key
    elm.look(saved_installation)
    code, said = command("export", tmp_path / "a.csv")
    assert (code, "--team with one of T0ELM, T0OAK" in said) == (2, True)
    assert command("export", tmp_path / "a.csv", "--team", "T0ELM")[1].startswith("0 people written")


TEAM = """id,tz,dept,level,wants,offers,can_be,capacity,themes,country
ana,Europe/Warsaw,Engineering,2,k8s; sql,,,,Leading change,PL
bo,Europe/Berlin,Legal,4,,Kubernetes (teach),skill,2,Leading change,DE
chi,Europe/Paris,Sales,2,giving feedback,,,,Leading change,FR
dee,Europe/Rome,HR,4,,giving feedback,skill; sponsor,1,Leading change,IT
"""


def test_the_matcher_reads_the_same_files(command, file, tmp_path):
    people, out = file("team.csv", TEAM), tmp_path / "out.json"
    assert command("match", "pairs", people, "--out", out) == (0, "")
    pairs = json.loads(out.read_text("utf-8"))["pairs"]
    assert {(pair["mentee"], pair["mentor"]) for pair in pairs} == {("ana", "bo"), ("chi", "dee")}
    assert command("replay", people, out) == (0, "The same, byte for byte.\n")
    assert command("match", "circles", people, "--out", out)[0] == 0
    assert command("match", "rounds", people, "--out", out)[0] == 0
    code, said = command("match", "pairs", file("team.csv", TEAM.replace("/Rome", "/Roma").replace("chi,", "bo,")))
    assert (code, said.splitlines()) == (
        2,
        [
            'row 4, column id: "bo" stands in row 3 too; each person once.',
            'row 5, column tz: "Europe/Roma" is no time zone; did you mean Europe/Rome?',
        ],
    )


@pytest.mark.database("sqlite")
def test_a_wrong_file_is_explained_without_any_settings(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("id,tz\nU0ANA,Berlin\n")
    words = [sys.executable, "-m", "bot", "import", path]
    child = subprocess.run(words, capture_output=True, text=True, timeout=60, env={"MENTOR_BOT_TOKEN": ""})
    assert child.returncode == 2
    assert "did you mean Europe/Berlin?" in child.stderr
    assert "Traceback" not in child.stderr


def test_thousands_of_people_take_a_few_statements(workspace, command, file):
    rows = "\n".join(f"U1{n:05},Asia/Tokyo,SQL; chess {n},U1{n // 9:05}" for n in range(1, 3_001))
    path = file("many.csv", f"id,tz,wants,manager\n{rows}\n")
    with counted() as statements:
        code, said = command("import", path)
    assert (code, "3,000 people added, 0 changed, 0 left alone." in said) == (0, True)
    assert len(statements) < 40
    assert len(workspace.known().profiles) == 3_002


SKILLS = "skill,synonyms,related\nBee-keeping,apiary; hives,gardening 40\n"


def test_skills_come_from_a_file_and_go_into_one(workspace, command, file, tmp_path):
    given, out = file("skills.csv", SKILLS), tmp_path / "out.json"
    code, said = command("import", "--skills", given, "--dry-run")
    assert (code, "would differ" in said) == (0, True) and workspace.audited() == []
    assert command("import", "--skills", given)[0] == 0
    assert workspace.audited()[0][:2] == ("skills.import", "skills.csv")
    assert "Nothing changes" in command("import", "--skills", given)[1]
    assert command("export", "--skills", out)[0] == 0
    assert json.loads(out.read_text("utf-8"))["skills"]["bee keeping"] == ["apiary", "hives"]
    assert "Nothing changes" in command("import", "--skills", out)[1]


def test_a_wrong_file_of_skills_changes_nothing(workspace, command, file):
    code, said = command("import", "--skills", file("skills.csv", "skill,related\nhelm,k8s 100\nhelm,helm 3\n"))
    assert code == 2 and "row 2, column related" in said and "row 3, column related" in said
    assert command("import", "--skills", file("skills.txt", SKILLS))[0] == 2
    assert command("export", "--skills", file("there.txt", ""))[0] == 2
    assert workspace.audited() == []
