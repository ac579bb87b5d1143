"""Who may import whom, as .importlinter says."""

import subprocess
import sys
from pathlib import Path

from tests.contracts.project import ROOT


def test_dependencies_point_down_and_features_stay_apart():
    checked = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout
    assert " 0 broken" in checked.stdout
