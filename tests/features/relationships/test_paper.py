"""An agreement by form and tap: proposed, read, signed, changed by two at once, and kept from everybody else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.agreements import Agreement, Help, Standing, Terms
from bot.domain.errors import NotYours, Refused, RefusedFields, Stale
from bot.domain.ids import AgreementId, RelationshipId
from bot.domain.people import Kind
from bot.domain.relationships import RelationshipState
from bot.feature import Moot, Send, Wait
from bot.features.relationships import blocks, handlers, handlers_paper, letters, paper_blocks
from bot.features.relationships.agreeing import Paper
from bot.features.relationships.reading import Shown
from bot.slack.replies import Post, Replace, Turn
from bot.slack.requests import View
from tests.builders import a_relationship, an_id, saved_relationship
from tests.clock import START
from tests.features.answers import chosen, picked_time
from tests.letters import letters_of

COMPOSE = {one.kind: one.compose for one in letters.LETTERS}
ANA, BO = an_id("Ana"), an_id("Bo")
FORM = {
    "purpose": "To give my first talk",
    "outcomes": "It is held by June.\nSomebody asks me for the slides.",
    "feedback": "One example, one thing to try",
    "measure": "The talk",
    "channels": "Here",
    "every_weeks": chosen("2"),
    "minutes": chosen("30"),
    "most_minutes": "60",
    "days": ["1", "2"],
    "start": picked_time("10:00"),
    "until": picked_time("12:00"),
    "help": ["advice", "work_review"],
    "off_limits": "salary, the reorganisation",
}


@pytest.fixture
def propose(deps, send):
    async def proposed(name="Ana", after=0, **changed):
        return await handlers_paper.propose(send(name, notes={"after": after}, **FORM | changed), deps)

    return proposed


@pytest.fixture
def newest(deps, team):
    async def found():
        async with deps.store.open_view(team) as work:
            return (await work.agreements.of(RelationshipId(1))).newest

    return found


@pytest.fixture
def letters_about(deps, team):
    async def found(kind):
        return [one for one in await letters_of(deps.store, team) if one.kind == kind]

    return found


async def test_one_proposes_the_other_signs_and_it_holds(
    deps, team, pair, propose, click, newest, now_of, letters_about
):
    await propose()
    proposed = await newest()
    assert proposed.terms.help == (Help.ADVICE, Help.WORK_REVIEW) and proposed.terms.off_limits == (
        "salary",
        "the reorganisation",
    )
    assert [one.to for one in await letters_about("relationships.proposed")] == [BO]
    with pytest.raises(Refused, match="other one's turn"):
        await handlers_paper.sign(click("Ana", agreement=proposed.id), deps)
    shown, told, _home = await handlers_paper.sign(click("Bo", agreement=proposed.id), deps)
    assert isinstance(shown, Replace) and isinstance(told, Post)
    assert "salary" not in str(told.message) and "first talk" not in str(told.message)
    again = await handlers_paper.sign(click("Bo", agreement=proposed.id), deps)
    assert not any(isinstance(one, Post) for one in again)
    one = await now_of()
    assert (one.state, one.every_weeks, one.minutes) == (RelationshipState.ACTIVE, 2, 30)
    assert {one.to for one in await letters_about("relationships.revisit")} == {ANA, BO}


async def test_a_change_shows_what_changes_and_until_it_is_signed_the_old_one_holds(
    deps, team, pair, propose, click, newest
):
    await propose()
    await handlers_paper.sign(click("Bo", agreement=(await newest()).id), deps)
    await propose("Bo", after=1, most_minutes="45")
    async with deps.store.open_view(team) as work:
        found = await work.agreements.of(pair.id)
    assert (found.current.terms.most_minutes, found.proposal.terms.most_minutes) == (60, 45)
    page = str((await handlers_paper.read(click("Ana"), deps)).view)
    assert page.count("_changed_") == 1 and "~60~" in page
    signed = await handlers_paper.sign(click("Ana", agreement=found.proposal.id, view=View("V1")), deps)
    assert isinstance(signed[0], Turn) and "_changed_" not in str(signed[0].view)
    with pytest.raises(Refused, match="Nothing is different"):
        await propose("Ana", after=2, most_minutes="45")


async def test_two_who_propose_at_once_are_told(deps, pair, propose, click, newest):
    await propose("Ana")
    with pytest.raises(Stale):
        await propose("Bo", purpose="Mine")
    first = await newest()
    await propose("Ana", after=1, purpose="Better")
    with pytest.raises(Stale, match="Another proposal"):
        await handlers_paper.sign(click("Bo", agreement=first.id), deps)


async def test_nobody_else_reads_proposes_or_signs(deps, team, pair, propose, click, newest):
    await propose()
    for act in (handlers_paper.read, handlers_paper.open_form):
        with pytest.raises(NotYours):
            await act(click("Lea"), deps)
    for act in (handlers_paper.sign, handlers_paper.still_holds):
        with pytest.raises(NotYours):
            await act(click("Lea", agreement=(await newest()).id), deps)
    with pytest.raises(NotYours):
        await propose("Lea", after=1)
    async with deps.store.open_view(team) as work:
        kept = (await work.connection.exec_driver_sql("SELECT terms FROM agreements")).scalar_one()
    assert "salary" not in kept and "talk" not in kept


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"purpose": ""}, "purpose"),
        ({"purpose": "x" * 3000}, "purpose"),
        ({"outcomes": "\u202e \n"}, "outcomes"),
        ({"days": ["9", "x"]}, "days"),
        ({"most_minutes": "9999999999"}, "most_minutes"),
        ({"most_minutes": "-5"}, "most_minutes"),
        ({"until": picked_time("09:30")}, "until"),
        ({"off_limits": ",".join(map(str, range(9)))}, "off_limits"),
        ({"help": ["money"]}, "help"),
    ],
)
async def test_a_form_that_makes_no_sense_is_refused_at_its_field(deps, pair, propose, newest, changed, field):
    with pytest.raises(RefusedFields) as refused:
        await propose(**changed)
    assert field in refused.value.fields
    assert await newest() is None


async def test_it_is_kept_to_in_letters(deps, team, pair, propose, click, newest, letters_about):
    """Tuesdays and Wednesdays from ten to twelve, as the two agreed."""
    await propose()
    await handlers_paper.sign(click("Bo", agreement=(await newest()).id), deps)
    await propose("Ana", after=1, purpose="Another")
    letter = (await letters_about("relationships.proposed"))[-1]
    async with deps.store.open_work(team) as work:
        wait = await COMPOSE["relationships.proposed"](work, letter, START)
        assert isinstance(wait, Wait) and wait.until == START + timedelta(days=1)
        assert isinstance(await COMPOSE["relationships.proposed"](work, letter, wait.until), Send)


async def test_after_a_year_it_is_asked_whether_it_still_holds(
    deps, team, pair, propose, click, newest, letters_about, clock
):
    await propose()
    await handlers_paper.sign(click("Bo", agreement=(await newest()).id), deps)
    letter = (await letters_about("relationships.revisit"))[0]
    assert letter.due - START >= timedelta(days=365)
    async with deps.store.open_work(team) as work:
        assert isinstance(await COMPOSE["relationships.revisit"](work, letter, letter.due), Send)
    clock.to(letter.due)
    await handlers_paper.still_holds(click("Ana", agreement=letter.number), deps)
    assert len(await letters_about("relationships.revisit")) == 3
    await propose("Bo", after=1, purpose="Another")
    async with deps.store.open_work(team) as work:
        assert isinstance(await COMPOSE["relationships.revisit"](work, letter, letter.due), Moot)


async def test_one_question_needs_no_agreement(deps, team, click):
    async with deps.store.open_work(team) as work:
        await saved_relationship(work, kind=Kind.MICRO, every_weeks=0)
    with pytest.raises(Refused, match="need no agreement"):
        await handlers_paper.open_form(click("Ana"), deps)
    assert "agreement" not in str((await handlers.show(click("Ana"), deps)).view).lower()


# How it looks

TERMS = Terms(
    "To give <!here> my first talk",
    "It is held\nby June 😀",
    zone="Europe/Berlin",
    off_limits=("salary",),
    days=(0, 3),
)
FIRST = Agreement(AgreementId(1), RelationshipId(1), 1, TERMS, ANA, START)
HELD = replace(FIRST, signed_by=BO, signed_at=START)
CHANGE = Agreement(
    AgreementId(2), RelationshipId(1), 2, replace(TERMS, most_minutes=45, purpose="x" * 300), BO, START
)
PAIR = a_relationship()
STANDINGS = {
    "none": Standing(),
    "proposed": Standing(None, FIRST),
    "holds": Standing(HELD),
    "changed": Standing(HELD, CHANGE),
}


@pytest.mark.parametrize("reader", [ANA, BO], ids=["Ana", "Bo"])
@pytest.mark.parametrize("name", STANDINGS)
def test_an_agreement_to_read(name, reader, looks_right):
    looks_right(paper_blocks.read(Paper(PAIR, reader, STANDINGS[name], "Europe/Berlin")))


@pytest.mark.parametrize("name", ["none", "holds"])
def test_the_form(name, looks_right):
    looks_right(paper_blocks.form(Paper(PAIR, ANA, STANDINGS[name], "Europe/Berlin")))


@pytest.mark.parametrize("left", [None, 30, -15])
@pytest.mark.parametrize("name", STANDINGS)
def test_its_line_on_the_page(name, left, looks_right):
    looks_right(blocks.page(Shown(PAIR, ANA, START, None, 1, STANDINGS[name], left)))


def test_what_is_told(looks_right):
    looks_right(paper_blocks.proposed(Paper(PAIR, ANA, STANDINGS["proposed"])))


@pytest.mark.parametrize(("agreement", "before"), [(FIRST, None), (CHANGE, TERMS)], ids=["first", "change"])
def test_what_waits_for_a_signature(agreement, before, looks_right):
    looks_right(paper_blocks.to_sign(agreement, before))


def test_what_was_signed(looks_right):
    looks_right(paper_blocks.signed(Paper(PAIR, BO, STANDINGS["holds"])))


def test_what_was_signed_is_told_to_both(looks_right):
    looks_right(paper_blocks.signed_for_both(Paper(PAIR, BO, STANDINGS["holds"])))


def test_what_is_asked_after_a_year(looks_right):
    looks_right(paper_blocks.revisit(HELD, f"<@{BO}>"))


def test_what_goes_on(looks_right):
    looks_right(paper_blocks.holds())
