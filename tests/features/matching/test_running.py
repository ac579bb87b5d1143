"""Draws under way: the answer comes at once, progress is shown, and whoever leads may stop them."""

import asyncio

import pytest

from bot.domain.drafts import DraftState
from bot.domain.errors import Refused
from bot.features.matching import chores, drafting, lead_handlers, running
from bot.features.matching.worker import DrawFailed, OutOfMemory
from bot.slack.requests import Command
from bot.store.messages import Place
from tests.builders import an_id, saved_lead
from tests.clock import START
from tests.features.matching import remembered
from tests.features.matching.drafting import acts_of


class Endless:
    """A draw that goes on until it is stopped, or told how to end."""

    def __init__(self):
        self.begun, self.ended = asyncio.Event(), asyncio.Event()
        self.problem = None
        self.draws = 0
        self.terms = None

    async def __call__(self, asked, terms, *, told):
        self.draws += 1
        self.terms = terms
        self.begun.set()
        told(3, 10)
        try:
            while self.problem is None:
                await asyncio.sleep(0.005)
            raise self.problem
        finally:
            self.ended.set()


@pytest.fixture
def endless(monkeypatch):
    made = Endless()
    monkeypatch.setattr(drafting, "draw_by_child", made)
    monkeypatch.setattr(running, "LOOK", 0.01)
    monkeypatch.setattr(running, "SHOW", 0.02)
    return made


@pytest.fixture
async def under_way(deps, team, program, endless):
    """A draft that is being drawn, with the message that says so."""
    await program()
    reply = await lead_handlers.draw(Command(team, an_id("Lea")), deps)
    await endless.begun.wait()
    draft = await the_draft(deps, team)
    async with deps.store.open_work(team) as work:
        await work.messages.remember("matching.draft", str(draft.id), Place("D0LEA", "1.2"))
    yield draft, reply
    await deps.background.close()


async def the_draft(deps, team):
    async with deps.store.open_view(team) as work:
        return (await work.drafts.latest(1))[0]


async def test_the_answer_comes_before_the_circles(deps, team, under_way):
    draft, reply = under_way
    assert draft.state is DraftState.DRAWING and draft.figures.people == 9
    assert "Drawing circles for 9 people" in str(reply.message.blocks)


async def test_the_message_says_how_far_it_is(under_way, slack):
    while not slack.called("chat.update"):
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.1)
    (edit,) = slack.called("chat.update")
    assert "About 30 % is done" in str(edit.arguments["blocks"]) and "matching.stop" in str(edit.arguments["blocks"])


async def test_a_message_that_slack_does_not_change_stops_no_draw(under_way, slack, endless):
    slack.refuse("chat.update", "message_not_found")
    while not slack.called("chat.update"):
        await asyncio.sleep(0.01)
    assert not endless.ended.is_set()


async def test_a_lead_stops_it_and_draws_again(deps, team, under_way, lead, endless, monkeypatch, slack):
    draft, _ = under_way
    (edit, turn) = await lead_handlers.stop(lead(draft=draft.id), deps)
    assert endless.ended.is_set() and not running.is_under_way(team, draft, deps)
    assert (await the_draft(deps, team)).state is DraftState.STOPPED
    assert "Stopped" in str(edit.message.blocks) and "Stopped" in str(turn.view)
    assert "match.stop" in await acts_of(deps, team)
    with pytest.raises(Refused, match="nothing to stop"):
        await lead_handlers.stop(lead(draft=draft.id), deps)
    monkeypatch.setattr(drafting, "draw_by_child", remembered.draw_by_child)
    await lead_handlers.run_again(lead(draft=draft.id), deps)
    await deps.background.quiet()
    assert (await the_draft(deps, team)).state is DraftState.READY


@pytest.mark.parametrize("name", ["Ana", "Mallory"])
async def test_nobody_but_leads_stops_it(deps, under_way, lead, name, endless):
    with pytest.raises(Refused, match="Only program leads"):
        await lead_handlers.stop(lead(name, draft=under_way[0].id), deps)
    assert not endless.ended.is_set()


async def test_a_second_lead_hears_who_began_and_when(deps, team, under_way):
    async with deps.store.open_work(team) as work:
        await saved_lead(work, "Leo")
    with pytest.raises(Refused, match=rf"<@{an_id('Lea')}> started a draft <!date\^{int(START.timestamp())}"):
        await lead_handlers.draw(Command(team, an_id("Leo")), deps)


async def test_stopped_by_another_replica_it_ends_with_the_next_look(deps, team, under_way, endless):
    async with deps.store.open_work(team) as work:
        draft = await work.drafts.get(under_way[0].id)
        await work.drafts.save(running.drafts.stop(draft))
    await asyncio.wait_for(endless.ended.wait(), 5)
    await deps.background.quiet()
    assert (await the_draft(deps, team)).state is DraftState.STOPPED


@pytest.fixture
def renewing(monkeypatch):
    monkeypatch.setattr(running, "RENEW", 0.0)


async def test_the_claim_is_renewed_while_it_is_drawn(deps, team, renewing, under_way, clock):
    clock.forward(minutes=10)
    await asyncio.sleep(0.1)
    async with deps.store.open_work(team) as work:
        assert await work.drafts.claim(clock.now(), clock.now() + drafting.CLAIM) is None


async def test_a_claim_that_ran_out_here_begins_nothing_twice(deps, team, under_way, clock, endless):
    clock.forward(minutes=10)
    await chores.finish_drafts(deps, team)
    await asyncio.sleep(0.05)
    assert endless.draws == 1 and not endless.ended.is_set()


async def test_shut_down_in_the_middle_it_leaves_no_claim_and_begins_anew(
    deps, team, under_way, endless, monkeypatch
):
    await deps.background.close()
    assert endless.ended.is_set() and (await the_draft(deps, team)).state is DraftState.DRAWING
    monkeypatch.setattr(drafting, "draw_by_child", remembered.draw_by_child)
    await chores.finish_drafts(deps, team)
    await deps.background.quiet()
    assert (await the_draft(deps, team)).state is DraftState.READY


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (OutOfMemory(512 << 20), "more memory than the 512 MiB"),
        (DrawFailed("boom"), "did not come to an end"),
        (Refused("U0ANA cannot be placed."), "cannot be placed"),
    ],
)
async def test_what_went_wrong_is_said_in_a_sentence(deps, team, under_way, endless, slack, problem, said):
    endless.problem = problem
    await deps.background.quiet()
    draft = await the_draft(deps, team)
    assert draft.state is DraftState.FAILED and said in draft.problem
    assert said in str(slack.called("chat.update")[-1].arguments["blocks"])
