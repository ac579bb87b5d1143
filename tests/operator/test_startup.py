"""What the bot's own process loads before it is ready."""

import subprocess
import sys

HEAVY = ("numpy", "scipy", "ortools")


def test_the_bot_starts_without_the_libraries_of_the_matcher():
    """They take half a second and a hundred megabytes, and belong in the process that draws."""
    program = "import sys, bot.app; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "bot" in loaded and not set(HEAVY) & set(loaded)


def test_the_process_that_draws_loads_nothing_of_the_bot_but_the_matcher():
    program = "import sys, bot.drawer; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    ours = {name for name in loaded if name.startswith("bot.")}
    assert ours and all(name.startswith(("bot.domain", "bot.drawer")) for name in ours)
    assert not {"slack_sdk", "sqlalchemy", "aiohttp"} & set(loaded)
