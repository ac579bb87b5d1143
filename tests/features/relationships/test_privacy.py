"""Every surface on which something of a relationship could show, looked at by every kind of reader."""

from dataclasses import replace

import pytest

from bot.domain.agreements import Agreement, Terms
from bot.domain.errors import Refused
from bot.domain.ids import AgreementId
from bot.domain.meetings import Agenda, planned
from bot.features.relationships import handlers, handlers_agenda, handlers_paper, home
from tests.builders import an_id, saved_lead, saved_relationship
from tests.clock import START

DRAFT, SENT, TERMS, REASON = "my draft", "what I sent", "our terms", "my reason"


@pytest.fixture
async def everything(deps, team):
    """Ana and Bo with an agreement, an agenda sent and changed since; Chi and Bo, which Chi has ended; Lea leads."""
    async with deps.store.open_work(team) as work:
        await saved_lead(work)
        pair = await saved_relationship(work)
        terms = Terms(TERMS, "x", zone="Europe/Berlin")
        proposed = await work.agreements.propose(Agreement(AgreementId(0), pair.id, 1, terms, an_id("Ana"), START))
        await work.agreements.save(replace(proposed, signed_by=an_id("Bo"), signed_at=START))
        meeting = await work.meetings.add(planned(pair.id, START.replace(day=9), minutes=60, ask_at=None))
        await work.meetings.save(replace(meeting, agenda=Agenda((DRAFT,)), sent=Agenda((SENT,)), sent_at=START))
        ended = await saved_relationship(work, "Chi", "Bo", group=None)
        over = replace(ended, closed_at=START, ended_by=an_id("Chi"), reason=REASON)
        await work.relationships.save(replace(over, state=type(over.state).CLOSED))
    return pair.id, ended.id


async def all_that_shows(deps, team, click, command, name):
    """Everything that somebody can open, for every relationship there is, whether it is theirs or not."""
    seen = [str((await handlers.list_mine(command(name), deps)).message)]
    async with deps.store.open_view(team) as work:
        for section in (home.my_relationships, home.what_is_next):
            seen.append(str(await section(work, an_id(name), START)))
    acts = (
        handlers.show,
        handlers_paper.read,
        handlers_paper.open_form,
        handlers_agenda.open_agenda,
        handlers_agenda.show_draft,
        handlers_agenda.open_write,
    )
    for number in (1, 2, 3):
        for act in acts:
            try:
                seen.append(str(await act(click(name, pair=number), deps)))
            except Refused as refused:
                seen.append(refused.sentence)
    return " ".join(seen)


@pytest.mark.parametrize(
    ("name", "reads"),
    [("Ana", {DRAFT, TERMS}), ("Bo", {SENT, TERMS}), ("Chi", {REASON}), ("Lea", set()), ("Dee", set())],
)
async def test_each_reads_their_own_and_nothing_else(deps, team, everything, click, command, name, reads):
    seen = await all_that_shows(deps, team, click, command, name)
    assert {text for text in (DRAFT, SENT, TERMS, REASON) if text in seen} == reads
    if name in ("Lea", "Dee"):
        assert "U0ANA" not in seen and "U0BO" not in seen


async def test_nothing_of_it_is_in_the_audit_log(deps, team, everything, click):
    async with deps.store.open_view(team) as work:
        assert await work.audit.latest(10) == []
