"""What the project's files must not hold: addresses of package indexes, paths of somebody's machine."""

import re

import pytest

from tests.contracts.project import ROOT, files, kept, name

LOCKS = files("*.txt", "requirements")
MACHINE = re.compile(r"""(?:^|[\s"'`=(:,\[])(/(?:home|root|Users|work|mnt|workspace)/[\w.]|[A-Z]:\\Users\\)""")
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".yml",
    ".yaml",
    ".txt",
    ".in",
    ".json",
    ".js",
    ".css",
    ".html",
    ".mako",
    ".sh",
    ".cfg",
    "",
}


def test_locks_are_found():
    assert {path.name for path in LOCKS} == {"dev.txt", "run.txt", "image.txt", "peers.txt", "uv.txt"}


@pytest.mark.parametrize("path", LOCKS, ids=name)
def test_every_locked_requirement_has_its_hashes_and_no_address(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links|--trusted-host|^-i\b", text, re.MULTILINE)
    entries = [line for line in text.split("\n") if line and not line.startswith((" ", "#"))]
    assert entries
    assert all("==" in entry and entry.rstrip().endswith("\\") for entry in entries)
    assert text.count("--hash=sha256:") >= len(entries)


@pytest.mark.parametrize("lock", ["run", "image"])
def test_what_is_tested_is_what_runs(lock):
    tested = versions("dev")
    assert {package: version for package, version in versions(lock).items() if tested.get(package) != version} == {}


def versions(lock: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.\[\],-]+)==([^ ;\\]+)", text, re.MULTILINE))


def test_nothing_names_a_path_of_somebodys_machine():
    found = []
    for path in kept():
        if path.suffix in TEXT:
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
            found += [f"{name(path)}:{number}" for number, line in enumerate(lines, 1) if MACHINE.search(line)]
    assert found == []


@pytest.mark.parametrize("place", ["home", "root", "Users", "work"])
@pytest.mark.parametrize("line", ['open("/{}/ana/x")', "see /{}/notes", "PATH=/{}/x", "`/{}/x`"])
def test_such_a_path_would_be_seen(line, place):
    assert MACHINE.search(line.format(place))


@pytest.mark.parametrize(
    "line", ["POST /control/people/{me}/home {tab}", "https://x.test/home/a", "/home", "a/work/b"]
)
def test_an_address_is_no_such_path(line):
    assert not MACHINE.search(line)
