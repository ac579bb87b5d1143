"""App Home of a member of five circles in a workspace of ten thousand members, beside the empty Home.

Counts the questions asked of the database, and times drawing alone: no Slack in between.
"""

import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event

from benchmarks.report import Table, spread
from bot.domain.circles import Circle, CircleState, Seat
from bot.domain.ids import ChannelId, CircleId, MemberId, ProgramId, TeamId
from bot.domain.people import Member, Profile, Wish
from bot.domain.programs import Program
from bot.domain.sessions import missing
from bot.domain.when import Rule, to_utc
from bot.feature import HomeSection, draw_home
from bot.repertoire import FEATURES
from bot.store.engine import connect
from bot.store.keyring import Keyring, new_key
from bot.store.migrate import upgrade
from bot.store.sessions import unsaved
from bot.store.unit_of_work import Store, Work

TEAM = TeamId("T0BENCH")
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MEMBERS = 10_000
CIRCLES = 5
DRAWS = 60
BUSY, NOBODY = MemberId("U00000"), MemberId("U0NEW")
SECTIONS: Sequence[HomeSection] = sorted((part for one in FEATURES for part in one.home), key=lambda part: part.order)


async def measure() -> Table:
    table = Table(
        f"App Home in a workspace of {MEMBERS:,} members, {DRAWS} draws each in turn",
        ("", "questions", "median", "99 %", "longest"),
    )
    with tempfile.TemporaryDirectory() as folder:
        url, keyring = f"sqlite:///{Path(folder) / 'bench.db'}", Keyring.parse(new_key())
        upgrade(url, keyring)
        store = Store(connect(url, keyring))
        await fill(store)
        empty, full = [], []
        for _ in range(DRAWS):
            empty.append(await draw(store, NOBODY))
            full.append(await draw(store, BUSY))
        asked = {who: await _questions(store, who) for who in (NOBODY, BUSY)}
        await store.close()
    table.rows.append(("nobody's", str(asked[NOBODY]), *spread(empty)))
    table.rows.append((f"a member of {CIRCLES} circles", str(asked[BUSY]), *spread(full)))
    ratio = statistics.median(full) / statistics.median(empty)
    table.remarks.append(
        f"  median full / median empty: {ratio:.2f}; wanted: at most 3. Questions wanted: at most 12."
    )
    return table


async def draw(store: Store, member: MemberId) -> float:
    begun = time.perf_counter()
    async with store.open_view(TEAM) as work:
        await draw_home(SECTIONS, work, member, NOW)
    return time.perf_counter() - begun


async def _questions(store: Store, member: MemberId) -> int:
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            asked.append(statement)

    event.listen(store.engine.sync_engine, "before_cursor_execute", note)
    await draw(store, member)
    event.remove(store.engine.sync_engine, "before_cursor_execute", note)
    return len(asked)


async def fill(store: Store) -> None:
    async with store.open_work(TEAM) as work:
        await work.programs.add(Program(ProgramId(0), "Spring", "Europe/Berlin", date(2026, 3, 2)))
        for number in range(MEMBERS):
            member = Member(MemberId(f"U{number:05}"), f"Member {number}", zone="Europe/Berlin")
            await work.members.save(member)
        await work.members.add_profile(
            Profile(BUSY, wants=(Wish("SQL"),), goals="Grow", themes=("Finding my voice",))
        )
        for number in range(CIRCLES):
            await _a_circle(work, number)


async def _a_circle(work: Work, number: int) -> None:
    seats = tuple(Seat(MemberId(f"U{place * 7 + number:05}"), NOW - timedelta(days=30)) for place in range(1, 6))
    rule = Rule("Europe/Berlin", NOW.time(), (number,), date(2026, 2, 2), every=2)
    plain = Circle(CircleId(0), ProgramId(1), f"Circle {number}", "Finding my voice", CircleState.ACTIVE, rule)
    own = Seat(BUSY, NOW - timedelta(days=30))
    circle = await work.circles.add(replace(plain, channel=ChannelId(f"C{number}"), seats=(own, *seats)))
    for slot in missing(circle, [], NOW):
        starts = to_utc(slot.planned_for, rule.at, rule.zone)
        await work.sessions.plan(unsaved(circle.id, planned_for=slot.planned_for, starts=starts, minutes=60))
