"""Before a coffee: one thing asked back, a kind line with a no, an introduction, and one question to a micro mentor."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.errors import Gone, NotYours, Refused, RefusedFields
from bot.domain.ids import IntroductionId
from bot.domain.introductions import Introduction, know_both
from bot.domain.intros import Lines
from bot.domain.people import Kind, Wish
from bot.feature import Moot, Send
from bot.features.matching import blocks, handlers, letters, more_blocks, more_handlers
from bot.features.matching.finding import Found
from bot.slack.payload import Payload
from bot.slack.requests import Command, Submission, View
from bot.store.outbox import Letter
from tests.builders import a_profile, an_id, saved_circle, saved_member, saved_profile, saved_relationship
from tests.clock import START
from tests.features.answers import picked_person, typed
from tests.features.matching.shown import NASTY, a_candidate, an_intro
from tests.letters import letters_of

COMPOSE = {one.kind: one.compose for one in letters.LETTERS}
LATER = START + timedelta(days=4)
ASKED_BACK = an_intro(lines=Lines("Why <!here>", question="What have you tried? <!channel>", answer="Twice & failed"))
INTRODUCTION = Introduction(
    IntroductionId(5), an_id("Ana"), an_id("Chi"), an_id("Bo"), Kind.SKILL, START, LATER, "You <!here> know them"
)


@pytest.fixture
async def intro(deps, team, people, asking):
    await people()
    await handlers.ask(asking("Ana", "Bo"), deps)
    async with deps.store.open_view(team) as work:
        return (await work.intros.of([an_id("Ana")]))[-1]


@pytest.fixture
def send(team):
    def made(name, notes, **values):
        return Submission(team, an_id(name), view=View("V1", notes=Payload(notes)), answers=typed(**values))

    return made


@pytest.fixture
def composed(deps, team):
    async def compose(kind, subject, reader, now=START):
        async with deps.store.open_work(team) as work:
            return await COMPOSE[kind](work, Letter(1, "k", kind, str(subject), an_id(reader), now), now)

    return compose


async def kinds_to(deps, team, name):
    return [one.kind for one in await letters_of(deps.store, team) if one.to == an_id(name)]


# One thing asked back


async def test_one_thing_is_asked_back_and_answered_and_both_get_the_full_time(
    deps, team, intro, click, send, clock, composed
):
    clock.forward(days=2)
    await more_handlers.ask_back(send("Bo", {"intro": intro.id}, question="What have you tried?"), deps)
    async with deps.store.open_view(team) as work:
        waits = await work.intros.get(intro.id)
    assert waits.is_open and waits.answer_by > intro.answer_by
    assert isinstance(await composed("matching.question", intro.id, "Ana", clock.now()), Send)
    with pytest.raises(Refused, match="one thing already"):
        await more_handlers.open_ask_back(click("Bo", intro=intro.id), deps)
    await more_handlers.tell(send("Ana", {"intro": intro.id}, answer="Twice."), deps)
    assert isinstance(await composed("matching.question", intro.id, "Ana", clock.now()), Moot)
    told = await composed("matching.answer", intro.id, "Bo", clock.now())
    assert "Twice." in str(told.message.blocks) and "matching.accept" in str(told.message.blocks)
    with pytest.raises(Refused, match="nothing to answer"):
        await more_handlers.open_tell(click("Ana", intro=intro.id), deps)
    await handlers.accept(click("Bo", intro=intro.id), deps)
    assert isinstance(await composed("matching.answer", intro.id, "Bo", clock.now()), Moot)


async def test_only_the_one_asked_asks_back_and_only_the_asker_answers(deps, intro, click, send):
    for name in ("Ana", "Chi"):
        with pytest.raises(NotYours):
            await more_handlers.ask_back(send(name, {"intro": intro.id}, question="x"), deps)
    with pytest.raises(Refused):
        await more_handlers.tell(send("Ana", {"intro": intro.id}, answer="x"), deps)
    with pytest.raises(RefusedFields):
        await more_handlers.ask_back(send("Bo", {"intro": intro.id}, question=" \u202e "), deps)
    with pytest.raises(Refused, match="too long"):
        await more_handlers.ask_back(send("Bo", {"intro": intro.id}, question=NASTY), deps)
    await handlers.withdraw(click("Ana", intro=intro.id), deps)
    with pytest.raises(Refused):
        await more_handlers.open_ask_back(click("Bo", intro=intro.id), deps)


# A kind line with a no


async def test_a_kind_line_and_a_name_come_along_with_a_no(deps, team, intro, click, send, composed):
    with pytest.raises(Refused, match="nothing to add"):
        await more_handlers.open_kind_line(click("Bo", intro=intro.id), deps)
    await handlers.decline(click("Bo", intro=intro.id), deps)
    with pytest.raises(RefusedFields):
        await more_handlers.add_kind_line(send("Bo", {"intro": intro.id}), deps)
    with pytest.raises(RefusedFields):
        await more_handlers.add_kind_line(
            send("Bo", {"intro": intro.id}, line="x", instead=picked_person(an_id("Ana"))), deps
        )
    await more_handlers.add_kind_line(
        send("Bo", {"intro": intro.id}, line="Full until May.", instead=picked_person(an_id("Chi"))), deps
    )
    assert "matching.kind_line" in await kinds_to(deps, team, "Ana")
    sent = str((await composed("matching.kind_line", intro.id, "Ana")).message.blocks)
    assert "Full until May." in sent and "U0CHI" in sent
    with pytest.raises(NotYours):
        await more_handlers.open_kind_line(click("Ana", intro=intro.id), deps)
    async with deps.store.open_work(team) as work:
        await work.blocks.add(an_id("Chi"), an_id("Ana"), START)
    sent = str((await composed("matching.kind_line", intro.id, "Ana")).message.blocks)
    assert "U0CHI" not in sent


# Introductions


@pytest.fixture
async def acquainted(deps, team, people):
    """Chi sits in a circle with Ana and is in a relationship with Bo, so Chi knows both."""
    await people()
    async with deps.store.open_work(team) as work:
        program = await work.programs.current()
        await saved_circle(work, "Ana", "Chi", program=program.id)
        await saved_relationship(work, "Chi", "Bo")


ASK = {"member": an_id("Bo"), "kind": "skill", "via": an_id("Chi")}


async def the_introduction(deps, team):
    async with deps.store.open_view(team) as work:
        return (await work.introductions.of_asker(an_id("Ana")))[-1]


async def test_who_knows_both_is_asked_and_introduces(deps, team, acquainted, click, send, composed):
    about = str((await handlers.about(click("Ana", **ASK), deps)).view)
    assert "Who knows you both" in about and "U0CHI" in about and "U0DEE" not in about
    await more_handlers.open_introduce(click("Ana", **ASK), deps)
    await more_handlers.ask_for_introduction(send("Ana", ASK, why="You know the platform."), deps)
    with pytest.raises(Refused, match="already"):
        await more_handlers.ask_for_introduction(send("Ana", ASK, why="Again"), deps)
    made = await the_introduction(deps, team)
    with pytest.raises(NotYours):
        await more_handlers.introduce(click("Bo", introduction=made.id), deps)
    await more_handlers.introduce(click("Chi", introduction=made.id), deps)
    async with deps.store.open_view(team) as work:
        [intro] = await work.intros.open_of(an_id("Bo"))
    sent = str((await composed("matching.intro", intro.id, "Bo")).message.blocks)
    assert "<@U0CHI> knows you both" in sent and "You know the platform." in sent
    assert isinstance(await composed("matching.not_introduced", made.id, "Ana", LATER), Moot)
    with pytest.raises(Refused, match="settled"):
        await more_handlers.introduce(click("Chi", introduction=made.id), deps)


async def test_a_no_looks_like_silence(deps, team, acquainted, click, send, composed):
    await more_handlers.ask_for_introduction(send("Ana", ASK, why="x"), deps)
    asked = await the_introduction(deps, team)
    silent = await composed("matching.not_introduced", asked.id, "Ana", LATER)
    before = await letters_of(deps.store, team)
    await more_handlers.leave_alone(click("Chi", introduction=asked.id), deps)
    assert await letters_of(deps.store, team) == before
    assert await composed("matching.not_introduced", asked.id, "Ana", LATER) == silent
    assert isinstance(await composed("matching.introduce", asked.id, "Chi"), Moot)


async def test_who_does_not_know_both_is_not_asked(deps, team, acquainted, click, send):
    for via in ("Dee", "Bo", "Ana", "Nobody"):
        with pytest.raises(Refused):
            await more_handlers.ask_for_introduction(send("Ana", ASK | {"via": an_id(via)}, why="x"), deps)
    async with deps.store.open_work(team) as work:
        await work.blocks.add(an_id("Chi"), an_id("Bo"), START)
    with pytest.raises(Refused, match="can't introduce"):
        await more_handlers.open_introduce(click("Ana", **ASK), deps)
    with pytest.raises(Gone):
        await more_handlers.introduce(click("Chi", introduction=99), deps)


def test_the_closest_are_named_first_and_three_at_most():
    ana = {"U1": 1, "U2": 2, "U3": 1, "U4": 1, "U5": 9}
    bo = {"U1": 1, "U2": 1, "U3": 3, "U4": 1, "U6": 9}
    assert know_both(ana, bo, but={"U5"}) == ["U3", "U2", "U1"]


# One question to a micro mentor


@pytest.fixture
async def answerers(deps, team, people):
    """Bo and Dee take one question each; Bo knows public speaking, Dee does not."""
    await people()
    async with deps.store.open_work(team) as work:
        for name, skill in (("Bo", "Public speaking"), ("Dee", "Contracts")):
            profile = await work.members.profile(an_id(name))
            await work.members.save_profile(replace(profile, offers_kinds=(Kind.MICRO,), offers=(Wish(skill, 3),)))


async def test_only_who_knows_something_of_it_is_shown_and_asked(deps, team, answerers, send, click):
    reply = await more_handlers.find(Command(team, an_id("Ana"), words="public speaking"), deps)
    shown = str(reply.message.blocks)
    assert "U0BO" in shown and "U0DEE" not in shown and "Ask my question" in shown
    notes = {"member": an_id("Bo"), "kind": "micro", "topic": "public speaking"}
    await more_handlers.open_micro(click("Ana", **notes), deps)
    await more_handlers.ask_micro(send("Ana", notes, question="How do I begin?"), deps)
    async with deps.store.open_view(team) as work:
        [intro] = await work.intros.open_of(an_id("Bo"))
    assert intro.kind is Kind.MICRO and intro.lines.why == "How do I begin?" and "public speaking" in intro.because


@pytest.mark.parametrize("topic", ["", "  ", "juggling", "<!channel> *x*", "publik speaking"])
async def test_a_topic_nobody_knows_gets_a_way_on(deps, team, answerers, topic):
    reply = await more_handlers.find(Command(team, an_id("Ana"), words=topic), deps)
    assert "<!channel>" not in str(reply.message)
    assert ("Did you mean" in str(reply.message.blocks)) == (topic == "publik speaking")


async def test_who_has_no_profile_or_writes_too_much_learns_what_to_do(deps, team):
    async with deps.store.open_work(team) as work:
        await saved_member(work, "Eve")
    reply = await more_handlers.find(Command(team, an_id("Eve"), words="sql"), deps)
    assert "Tell me about you first" in reply.message.text
    with pytest.raises(Refused, match="too long"):
        await more_handlers.find(Command(team, an_id("Eve"), words=NASTY), deps)


async def test_somebody_without_that_offer_is_not_asked_by_a_forged_button(deps, team, answerers, send):
    async with deps.store.open_work(team) as work:
        await saved_profile(work, "Eve")
    for name in ("Chi", "Eve", "Nobody"):
        notes = {"member": an_id(name), "kind": "micro", "topic": "public speaking"}
        with pytest.raises(Refused):
            await more_handlers.ask_micro(send("Ana", notes, question="x"), deps)


# How it looks

LOOKS = {
    "ask back form": more_blocks.ask_back_form(an_intro()),
    "asked back": more_blocks.asked_back(an_intro()),
    "question": more_blocks.question(ASKED_BACK),
    "tell form": more_blocks.tell_form(ASKED_BACK),
    "told": more_blocks.told(ASKED_BACK),
    "answer": more_blocks.answer(ASKED_BACK),
    "kind line form": more_blocks.kind_line_form(an_intro()),
    "line added": more_blocks.line_added(an_intro()),
    "kind line": more_blocks.kind_line(an_intro(lines=Lines(kind_line=NASTY[:150])), None),
    "kind line with a name": more_blocks.kind_line(an_intro(lines=Lines(kind_line="Full.")), an_id("Chi")),
    "introduce form": more_blocks.introduce_form(an_id("Bo"), Kind.SKILL, an_id("Chi")),
    "introduction asked": more_blocks.introduction_asked(INTRODUCTION),
    "introduce": more_blocks.introduce(INTRODUCTION),
    "introduced": more_blocks.introduced(an_intro()),
    "left alone": more_blocks.left_alone(),
    "not introduced": more_blocks.not_introduced(INTRODUCTION),
    "no topic": more_blocks.no_topic(),
    "topic": more_blocks.topic_list("a <!here>", Found(Kind.MICRO, (a_candidate(), a_candidate("Chi")))),
    "nobody knows": more_blocks.topic_list("juggling", Found(Kind.MICRO, (), did_you_mean="juggling clubs")),
    "micro form": more_blocks.micro_form(an_id("Bo"), "a <!here>"),
    "about": blocks.about(a_profile("Bo"), Kind.SKILL, [an_id("Chi"), an_id("Dee")]),
}


@pytest.mark.parametrize("name", LOOKS)
def test_it_looks_right(name, looks_right):
    looks_right(LOOKS[name])
