"""What is somebody's alone stays so on every surface there is.

Six people with commitments of each audience, each of whose fields has a word of its own. Everything that the bot answers,
shows or sends of its own accord is gone through for each kind of reader, and searched for these words. Commands, clicks,
forms, Home sections and letters are those that are registered, so a new one is gone through without anybody adding it.

A module that reads commitments, and a page that the web server offers, is named here: a new one fails until it is, and
whoever names it sees to it that it is gone through.
"""

import ast
import re
from collections import defaultdict
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.domain.audience import confirmer, has_something_to_see
from bot.domain.calendars import Feed
from bot.domain.commitments import Audience, Cause, CommitmentState, Evidence
from bot.domain.errors import Refused
from bot.domain.ids import FeedId
from bot.domain.programs import Role
from bot.domain.sessions import SessionState
from bot.feature import Send
from bot.repertoire import FEATURES
from bot.slack.payload import Payload
from bot.slack.requests import Answers, Click, Command, Shortcut, Submission, View
from bot.slack.routes import gather
from bot.store.messages import Place
from bot.store.outbox import Letter
from bot.store.tables import every_table
from bot.store.unit_of_work import Store, Work
from bot.web import calendar
from tests.builders import (
    a_commitment,
    an_id,
    saved_circle,
    saved_lead,
    saved_member,
    saved_program,
    saved_session,
)
from tests.contracts.project import ROOT

READ_BY = {
    "bot/features/commitments/figures.py": "counts a circle, for leads",
    "bot/features/commitments/flows.py": "acts for an owner, a witness, a buddy",
    "bot/features/commitments/history.py": "a page for the owner",
    "bot/features/commitments/letters.py": "letters to the owner, to who confirms, to who is asked for help",
    "bot/features/commitments/nudges.py": "promises letters, without words",
    "bot/features/commitments/older.py": "letters that stand in the owner's conversation",
    "bot/features/commitments/reading.py": "the owner's list, Home and forms",
    "bot/features/commitments/telling.py": "news for the circle, of what it sees",
    "bot/features/rounds/reading.py": "counts what a round came to, for its circle",
    "bot/features/sessions/letters.py": "counts how many somebody made",
    "bot/features/sessions/reading.py": "the read-back in an agenda",
}
PAGES = {"bot/web/calendar.py", "bot/web/health.py"}
NOW = datetime(2026, 3, 18, 9, 0, tzinfo=UTC)
FIELDS = ("will", "cue", "evidence", "learned", "link", "update")
ROUTES = gather(feature.routes for feature in FEATURES)
READERS = ("Ana", "Bo", "Chi", "Dee", "Eli", "Lea", "Olga", "Zoe")
"""Three owners (Ana, Dee, Eli), a buddy (Bo), a witness (Chi), a lead, the workspace's owner and an outsider."""
MOST_LETTERS = 7
IN_CHANNEL = {"sessions.agenda"}
"""Letters that show what a circle sees, and are promised to its channel and to nobody else."""


def a_secret(name, slot, audience, state, *, witness=None):
    """Its words are made of whose it is, its slot and the field."""
    words = {one: f"{one}{name}{slot}word".casefold() for one in FIELDS}
    return a_commitment(
        name,
        slot=slot,
        will=f"plant {words['will']}",
        cue=f"If {words['cue']}",
        evidence_kind=Evidence.ARTEFACT,
        evidence=words["evidence"],
        learned=words["learned"],
        link=f"https://{words['link']}.example",
        update=words["update"],
        shared_at=NOW if audience is Audience.CIRCLE else None,
        audience=audience,
        state=state,
        cause=Cause.TIME if state is CommitmentState.NOT_YET else None,
        buddy=an_id("Bo"),
        witness=an_id(witness) if witness else None,
        by=date(2026, 3, 18),
    )


SECRETS = (
    a_secret("Ana", 1, Audience.ME, CommitmentState.OPEN),
    a_secret("Ana", 2, Audience.CIRCLE, CommitmentState.KEPT),
    a_secret("Dee", 1, Audience.BUDDY, CommitmentState.STUCK),
    a_secret("Dee", 2, Audience.ME, CommitmentState.KEPT, witness="Chi"),
    a_secret("Eli", 1, Audience.CIRCLE, CommitmentState.STUCK),
    a_secret("Eli", 2, Audience.BUDDY, CommitmentState.PARTLY),
)


class Undone(Store):
    """What a click changes is undone, so that each finds the same grove."""

    @asynccontextmanager
    async def open_work(self, team):
        try:
            async with self.transaction() as connection:
                yield Work(connection, team)
                raise _UndoError
        except _UndoError:
            pass


class _UndoError(Exception):
    pass


class Anything(dict):
    """A payload that has all that is asked of it."""

    def get(self, name, default=None):
        return super().get(name, 1)

    def __contains__(self, name):
        return True


@dataclass
class Grove:
    deps: object
    team: str
    slack: object
    circle: object
    seen: dict = field(default_factory=lambda: defaultdict(list))
    """By reader, all that they got, and where."""

    def got(self, reader, where, shown):
        self.seen[reader].append((where, str(shown)))

    def posts(self, where):
        """What was said in Slack at once."""
        while self.slack.calls:
            call = self.slack.calls.pop()
            self.got(self.reader_of(str(call.arguments.get("channel", ""))), where, call.arguments)

    def reader_of(self, to):
        """By name, where it is somebody's."""
        known = {an_id(name): name for name in READERS} | {self.circle.channel: "the circle"}
        return known.get(to, to)


@pytest.fixture
async def grove(deps, team, store, slack, clock):
    clock.to(NOW)
    async with store.open_work(team) as work:
        await saved_program(work)
        await saved_lead(work)
        await saved_lead(work, "Olga", Role.OWNER)
        await saved_member(work, "Zoe")
        circle = await saved_circle(work, "Ana", "Bo", "Chi", "Dee", "Eli")
        first = await saved_session(work, circle=circle.id, state=SessionState.HELD)
        second = await saved_session(work, circle=circle.id, planned_for=date(2026, 3, 19))
        for one in SECRETS:
            await work.commitments.add(replace(one, circle=circle.id, session=first.id))
        await work.messages.remember("sessions.agenda", str(second.id), Place(circle.channel, "1.1"))
    return Grove(replace(deps, store=Undone(store.engine)), team, slack, circle)


# Going through everything


def view(**notes):
    return View("V1", notes=Payload(Anything(notes)))


def requests(grove, reader, number):
    """All that somebody can do: each command, click, form and shortcut, about each commitment."""
    team, who = grove.team, an_id(reader)
    parts = Anything(commitment=number, show="all", page=0, family="stuck", do="show")
    if number == 1:
        for name, route in ROUTES.commands.items():
            yield f"command {name}", route.handler, Command(team, who, channel=grove.circle.channel)
            yield f"command {name} oak", route.handler, Command(team, who, words="Oak")
        for name, handler in ROUTES.shortcuts.items():
            yield f"shortcut {name}", handler, Shortcut(team, who, callback=name)
    for name, handler in ROUTES.clicks.items():
        if number == 1 or name.startswith("commitments."):
            notes = view(commitment=number)
            yield f"click {name}", handler, Click(team, who, payload=Payload(parts), chosen="all", view=notes)
    for name, handler in ROUTES.submissions.items():
        if number == 1:
            yield f"form {name}", handler, Submission(team, who, view=view(commitment=number), answers=Answers({}))


async def walk_requests(grove):
    for reader in READERS:
        for number in range(1, len(SECRETS) + 1 if reader not in ("Lea", "Olga") else 2):
            for where, handler, request in requests(grove, reader, number):
                try:
                    grove.got(reader, where, await handler(request, grove.deps))
                except Refused as refused:
                    grove.got(reader, where, refused.sentence)
                except (KeyError, ValueError, TypeError, AttributeError, IndexError, StopIteration):
                    pass  # A form or a payload that nobody could send.
                grove.posts(where)


async def walk_home(grove):
    for reader in READERS:
        async with grove.deps.store.open_work(grove.team) as work:
            for feature in FEATURES:
                for section in feature.home:
                    for draw in (section.draw, section.brief or section.draw):
                        grove.got(reader, f"home {feature.name}", await draw(work, an_id(reader), NOW))


async def walk_letters(grove):
    kinds = [kind for feature in FEATURES for kind in feature.letters]
    to = [*map(an_id, READERS), grove.circle.channel]
    for kind in kinds:
        for reader in to if kind.kind not in IN_CHANNEL else to[-1:]:
            for subject in range(1, MOST_LETTERS):
                await send(grove, kind, subject, reader)


async def send(grove, kind, subject, to):
    key = "2026-03-19T14:00+00:00" if kind.kind.startswith("sessions.") else "2026-03-18"
    letter = Letter(1, f"{kind.kind}:{subject}:{key}", kind.kind, str(subject), to, NOW, payload={})
    try:
        async with grove.deps.store.open_work(grove.team) as work:
            sent = await kind.compose(work, letter, NOW)
    except (Refused, KeyError, ValueError, TypeError, AttributeError, IndexError):
        return  # A letter that nobody would have promised.
    if isinstance(sent, Send):
        grove.got(grove.reader_of(sent.channel or to), kind.kind, sent.message)


async def walk_web(grove, store):
    async with store.open_work(grove.team) as work:
        tokens = [name.lower() * 10 for name in ("Ana", "Zoe")]
        for name, token in zip(("Ana", "Zoe"), tokens, strict=True):
            await work.feeds.add(Feed(FeedId(0), an_id(name), None, token, NOW))
    app = web.Application()
    app.add_routes(calendar.routes(store, lambda: NOW))
    async with TestClient(TestServer(app)) as client:
        for token in tokens:
            answer = await client.get(f"/calendar/{token}.ics")
            grove.got("whoever has the address", "calendar", await answer.text())


async def walk_audit(grove, store):
    async with store.open_view(grove.team) as work:
        grove.got("whoever reads the log", "audit", await work.audit.latest(500))


# Who may read what


def allowed(reader, one):
    """The fields of a commitment that this reader may come upon."""
    who = an_id(reader) if reader in READERS else None
    if who == one.owner:
        return set(FIELDS)
    may = set()
    members = {an_id(name) for name in READERS[:5]}
    of_circle = reader == "the circle" or who in members
    if one.audience is Audience.CIRCLE and of_circle:
        may |= {"will", "update"}
    if one.audience is Audience.BUDDY and who == one.buddy:
        may |= {"will"}
    if who is not None and who == one.witness:
        may |= {"will"}
    if who is not None and who == confirmer(one) and has_something_to_see(one):
        may |= {"will", "link"}
    return may


def words_of(one):
    name = one.owner.removeprefix("U0")
    return {part: f"{part}{name}{one.slot}word".casefold() for part in FIELDS}


def trespasses(seen):
    for reader, things in seen.items():
        for where, shown in things:
            told = shown.casefold()
            for one in SECRETS:
                for part, word in words_of(one).items():
                    if word in told and part not in allowed(reader, one):
                        yield f"{reader} reads {part} of {one.owner}'s {one.audience} commitment: {where}"


def readings(seen):
    """How often each audience was read by somebody else who may: a walk that meets nothing proves nothing."""
    found = defaultdict(set)
    for reader, things in seen.items():
        for where, shown in things:
            for one in SECRETS:
                if words_of(one)["will"] in shown.casefold() and reader != one.owner.removeprefix("U0").title():
                    found[one.audience].add((reader, where))
    return found


@pytest.mark.database("sqlite")
async def test_everybody_reads_what_they_may_and_nothing_else(grove, store):
    with capture_logs() as logs:
        await walk_requests(grove)
        await walk_home(grove)
        await walk_letters(grove)
        await walk_web(grove, store)
        await walk_audit(grove, store)
    grove.got("whoever reads the log", "log", logs)
    assert sorted(set(trespasses(grove.seen))) == []
    found = readings(grove.seen)
    assert {reader for reader, _where in found[Audience.CIRCLE]} >= {"the circle"}
    assert {reader for reader, _where in found[Audience.BUDDY]} == {"Bo"}
    assert {reader for reader, _where in found[Audience.ME]} == {"Chi"}
    own = {reader for reader, things in grove.seen.items() if any("willana1word" in shown for _, shown in things)}
    assert own == {"Ana"}
    assert len(grove.seen["Zoe"]) > 50


@pytest.mark.database("sqlite")
async def test_no_word_of_any_stands_in_the_database(grove, store):
    async with store.open_view(grove.team) as work:
        rows = [await work.connection.execute(text(f"SELECT * FROM {name}")) for name in every_table().tables]
        dump = str([result.all() for result in rows]).casefold()
    assert "commitments" in every_table().tables and "u0ana" in dump
    assert not [word for one in SECRETS for word in words_of(one).values() if word in dump]


def uses_commitments(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(
        isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute) and node.value.attr == "commitments"
        for node in ast.walk(tree)
    )


def test_every_module_that_reads_commitments_is_named_here():
    modules = [path for path in (ROOT / "bot").rglob("*.py") if not re.search(r"/(sandbox|store)/", str(path))]
    found = {str(path.relative_to(ROOT)) for path in modules if uses_commitments(path)}
    assert found == set(READ_BY), "name it in READ_BY, and see to it that the walk comes by"


def test_every_page_of_the_web_server_is_named_here():
    offers = re.compile(r"web\.(get|post|route|view|static)\(")
    pages = (ROOT / "bot").rglob("*.py")
    found = {
        str(path.relative_to(ROOT))
        for path in pages
        if "sandbox" not in path.parts and offers.search(path.read_text())
    }
    assert found == PAGES, "name it in PAGES, and go through it in walk_web"
