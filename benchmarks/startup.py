"""From the first instruction to ready on a migrated database, beside a process that only imports the same libraries."""

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.report import Table, spread
from bot.sandbox import server
from bot.store.keyring import Keyring, new_key
from bot.store.migrate import upgrade

RUNS = 7
LIBRARIES = (
    "import aiohttp, aiosqlite, alembic.command, apscheduler.schedulers.asyncio, cryptography.hazmat.primitives.ciphers.aead,"
    " cyclopts, pydantic_settings, rich.console, slack_bolt.app.async_app, slack_bolt.adapter.socket_mode.aiohttp,"
    " sqlalchemy.ext.asyncio, structlog, prometheus_client"
)
READY = """
import asyncio, os, sys
from bot.app import running
from bot.config import read_settings
async def main():
    async with running(read_settings()):
        print("ready", flush=True)
        os._exit(0)
asyncio.run(main())
"""


async def measure() -> Table:
    table = Table(f"Start-up, {RUNS} processes each in turn", ("", "median", "99 %", "longest"))
    imports, ready = [], []
    async with server.running(seed="empty") as slack:
        with tempfile.TemporaryDirectory() as folder:
            environment = _environment(slack, f"sqlite:///{Path(folder) / 'bench.db'}")
            for _ in range(RUNS):
                imports.append(await _timed(LIBRARIES, environment))
                ready.append(await _timed(READY, environment))
    table.rows += [("the libraries alone", *spread(imports)), ("the bot, ready", *spread(ready))]
    ratios = [mine / theirs for mine, theirs in zip(ready, imports, strict=True)]
    table.remarks.append(
        f"  ready / imports, pair by pair: median {statistics.median(ratios):.2f}"
        f" (from {min(ratios):.2f} to {max(ratios):.2f}); wanted: at most 2."
    )
    return table


def _environment(slack: server.Server, url: str) -> dict[str, str]:
    key = new_key()
    upgrade(url, Keyring.parse(key))
    return {
        "MENTOR_BOT_TOKEN": slack.bot_token,
        "MENTOR_APP_TOKEN": slack.app_token,
        "MENTOR_SLACK_API_URL": slack.api_url,
        "MENTOR_ENCRYPTION_KEYS": key,
        "MENTOR_DATABASE_URL": url,
        "MENTOR_PORT": "0",
    }


async def _timed(program: str, environment: dict[str, str]) -> float:
    begun = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    _out, wrong = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"the process ended with {process.returncode}: {wrong.decode()[-2000:]}")
    return time.perf_counter() - begun
