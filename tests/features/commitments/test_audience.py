"""Nobody reads of a commitment but those whom its owner lets see it.

Everything that any member or the channel can get of this feature is gathered for each audience and each state, and
searched for the words of the commitment: each of its fields has a word of its own.
"""

import inspect
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.commitments import Audience, Cause, CommitmentState, Evidence
from bot.domain.errors import Refused
from bot.feature import Send
from bot.features.commitments import blocks, form, handlers, home, letters, said
from bot.slack.requests import Command
from bot.store.outbox import Letter
from tests.builders import a_commitment, an_id, saved_member
from tests.features.commitments.forms import click

OWNER, BUDDY, WITNESS, OTHER, STRANGER = "Ana", "Bo", "Chi", "Dee", "Zoe"
READERS = [BUDDY, WITNESS, OTHER, STRANGER]
WORDS = {"will": "Magnolia", "cue": "Juniper", "evidence": "Hawthorn", "learned": "Sycamore", "link": "rosewood"}
HELP = next(kind for kind in letters.LETTERS if kind.kind == "commitments.help")
LATER = datetime(2026, 3, 10, 12, tzinfo=UTC)


def secret(state, audience, witness):
    return a_commitment(
        will="plant a Magnolia",
        cue="If Juniper, then I",
        evidence_kind=Evidence.ARTEFACT,
        evidence="A Hawthorn",
        learned="Of the Sycamore",
        link="https://rosewood.example",
        state=state,
        cause=Cause.TIME if state is CommitmentState.NOT_YET else None,
        audience=audience,
        buddy=an_id(BUDDY),
        witness=an_id(witness) if witness else None,
    )


async def got(deps, team, reader, made):
    """All that this reader gets: their list, their Home, the letters of every kind, every button of it."""
    shown = [str((await handlers.show(Command(team, an_id(reader)), deps)).message)]
    async with deps.store.open_work(team) as work:
        shown.append(str(await home.my_commitments(work, an_id(reader), deps.now())))
        for kind in letters.LETTERS:
            shown.append(await letter_to(work, kind, an_id(reader), made))
    for press in every_click():
        try:
            shown.append(str(await press(click(team, reader, commitment=made.id, session=made.session), deps)))
        except Refused as refused:
            shown.append(refused.sentence)
    return " ".join(shown)


def every_click():
    return dict.fromkeys(handlers.routes.clicks.values())


async def letter_to(work, kind, to, made):
    subject = made.session if kind.kind == "commitments.receipt" else made.id
    on = "2026-03-10"
    letter = Letter(1, f"{kind.kind}:{subject}:{on}", kind.kind, str(subject), to, LATER)
    outcome = await kind.compose(work, letter, LATER)
    return str(outcome.message) if isinstance(outcome, Send) else str(outcome)


def words_in(shown):
    return {name for name, word in WORDS.items() if word.casefold() in shown.casefold()}


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("state", list(CommitmentState))
@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("witness", [WITNESS, None])
async def test_each_reader_gets_what_the_owner_allows(deps, team, oak, clock, state, audience, witness):
    clock.to(LATER)
    async with deps.store.open_work(team) as work:
        await saved_member(work, STRANGER)
        hidden = secret(state, audience, witness)
        made = await work.commitments.add(replace(hidden, session=oak.first.id, circle=oak.circle.id))
    allowed = {witness} | ({BUDDY} if audience is not Audience.ME else set())
    for reader in READERS:
        seen = words_in(await got(deps, team, reader, made))
        assert seen <= {"will", "link"}, f"{reader} reads {seen}"
        assert reader in allowed or not seen, f"{reader} reads {seen}"
        confirms = witness or (BUDDY if audience is Audience.BUDDY else None)
        assert "link" not in seen or reader == confirms
    channel = await in_channel(deps, team, oak, made)
    assert words_in(channel) <= ({"will"} if audience is Audience.CIRCLE else set())


async def in_channel(deps, team, oak, made):
    """What the circle reads: calls for help, and what an agenda is given."""
    async with deps.store.open_work(team) as work:
        letter = await letter_to(work, HELP, oak.circle.channel, made)
        shared = await work.commitments.shared_with_circle(oak.circle.id, oak.first.id)
        shared += await work.commitments.read_back(oak.circle.id, oak.second.starts)
    return letter + " ".join(one.will for one in shared)


async def test_the_owner_reads_all_of_it(deps, team, oak, clock):
    clock.to(LATER)
    async with deps.store.open_work(team) as work:
        kept = secret(CommitmentState.KEPT, Audience.ME, None)
        made = await work.commitments.add(replace(kept, session=oak.first.id, circle=oak.circle.id))
    assert words_in(await got(deps, team, OWNER, made)) == set(WORDS)


def test_what_goes_to_others_holds_no_more_than_they_may_see():
    made = replace(secret(CommitmentState.KEPT, Audience.BUDDY, WITNESS), confirmed_at=LATER + timedelta(hours=1))
    assert words_in(str(said.witness_asked(made))) == {"will", "link"}
    assert words_in(str(said.confirmed(made))) == {"will"}
    for among in (Audience.BUDDY, Audience.CIRCLE):
        assert words_in(str(said.help_wanted(made, among))) == {"will"}


@pytest.mark.parametrize(("reader", "audience"), [(BUDDY, Audience.BUDDY), (WITNESS, Audience.ME)])
async def test_those_who_may_see_it_do(deps, team, oak, clock, reader, audience):
    clock.to(LATER)
    async with deps.store.open_work(team) as work:
        open_one = secret(CommitmentState.OPEN, audience, WITNESS)
        made = await work.commitments.add(replace(open_one, session=oak.first.id, circle=oak.circle.id))
    assert words_in(await got(deps, team, reader, made)) == {"will"}


def test_nothing_speaks_of_a_streak():
    for module in (blocks, form, handlers, letters):
        assert "streak" not in inspect.getsource(module).casefold()
