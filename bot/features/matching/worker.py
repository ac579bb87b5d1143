"""Draws circles in a process of its own: it takes seconds of pure arithmetic, which must not hold up anybody's click.

The child gets the document and the options and nothing else: no settings, no keys, no database. When the bot ends or
loses patience, the child ends too.
"""

import asyncio
import json
import os
import sys

from bot.domain.errors import Refused
from bot.domain.matching import Options

PATIENCE = 300.0
"""Seconds; far more than the largest program needs."""

# Only the matcher is imported there: numpy and scipy stay out of the bot's own process.
CHILD = """
import json, sys
from bot.domain.errors import Refused
from bot.domain.matching.engine import solve_document
asked = json.load(sys.stdin)
try:
    answer = {"drawn": solve_document(asked["document"], "circles", **asked["options"])}
except Refused as refused:
    answer = {"refused": refused.sentence}
json.dump(answer, sys.stdout)
"""


class DrawFailed(Exception):
    """The child ended without an answer; the text is for the operator."""


async def draw_circles(document: str, options: Options) -> str:
    """The answer of the matcher, byte for byte; `Refused` where it says that it can't be done."""
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        CHILD,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
    )
    asked = json.dumps({"document": document, "options": options.to_json()}).encode()
    try:
        async with asyncio.timeout(PATIENCE):
            said, complaint = await child.communicate(asked)
    except TimeoutError:
        raise DrawFailed(f"no answer within {PATIENCE:.0f} seconds") from None
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode != 0:
        raise DrawFailed(complaint.decode(errors="replace")[-500:])
    answer = json.loads(said)
    if "refused" in answer:
        raise Refused(answer["refused"])
    return str(answer["drawn"])
