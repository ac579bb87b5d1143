"""What an operator is given fits the code: settings, container, compose file, build script."""

import os
import re
import subprocess

import pytest
import yaml

from bot.config import Settings
from tests.contracts.project import ROOT

SETTINGS = {f"MENTOR_{name.upper()}" for name in Settings.model_fields}
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((ROOT / "compose.yml").read_text(encoding="utf-8"))
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")


def named(text: str) -> set[str]:
    return set(re.findall(r"\bMENTOR_[A-Z_]+\b", text))


def test_the_example_names_every_setting_and_no_other():
    assert named(EXAMPLE) == SETTINGS


def test_the_guide_names_every_setting_and_no_other():
    assert named(GUIDE) == SETTINGS


def test_the_container_and_the_compose_file_set_nothing_that_is_not_read():
    assert named(DOCKERFILE) <= SETTINGS
    assert set(COMPOSE["services"]["bot"]["environment"]) <= SETTINGS


def test_the_examples_values_are_the_defaults(tmp_path):
    shown = tmp_path / ".env"
    shown.write_text(re.sub(r"^#(MENTOR_(?:MODE|HOST|PORT|LOG|COMMAND|MIGRATE|SLACK).*)", r"\1", EXAMPLE, flags=re.M))
    assert Settings(_env_file=shown) == Settings(_env_file=None)


def test_a_filled_in_example_is_enough(tmp_path):
    filled = tmp_path / ".env"
    filled.write_text(re.sub(r"^(MENTOR_[A-Z_]+)=$", r"\1=x", EXAMPLE, flags=re.M))
    assert Settings(_env_file=filled).missing() == []


def test_the_container_runs_as_nobodys_user_and_looks_after_itself():
    instructions = DOCKERFILE.replace("\\\n", " ").splitlines()
    assert "USER 10001:10001" in instructions
    assert any(line.startswith("HEALTHCHECK") for line in instructions)
    assert "/healthz" in DOCKERFILE
    assert "--require-hashes" in DOCKERFILE
    assert 'CMD ["run"]' in instructions


def test_the_bot_in_the_compose_file_can_write_nowhere_and_waits_for_its_database():
    bot, database = COMPOSE["services"]["bot"], COMPOSE["services"]["database"]
    assert bot["read_only"] is True
    assert bot["cap_drop"] == ["ALL"]
    assert bot["depends_on"]["database"]["condition"] == "service_healthy"
    assert "healthcheck" in database
    assert database["image"] == "postgres:17"
    assert all(port.startswith("127.0.0.1:") for port in bot["ports"])


@pytest.mark.parametrize("line", ["set -euo pipefail", "unset PYTHONDONTWRITEBYTECODE", "export CI=true"])
def test_the_build_script_stops_at_the_first_failure(line):
    assert line in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_the_build_script_checks_and_tests_and_can_be_run():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    targets = re.findall(r"^make .*?(\w+)$", script.read_text(encoding="utf-8"), re.MULTILINE)
    assert targets == ["check", "test"]
    subprocess.run(["bash", "-n", script], check=True)


@pytest.mark.parametrize("target", ["sandbox", "test", "check", "run", "migration", "format", "lock", "bench"])
def test_make_help_lists_every_target(target):
    help_text = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert re.search(rf"^{target}\s+\S", help_text, re.MULTILINE)
