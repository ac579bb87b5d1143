"""Agenda, full weeks, answers in writing, and the quiet ladder, on both engines."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.agreements import Agreement, Terms
from bot.domain.errors import Gone, NotYours, Refused, RefusedFields, Stale
from bot.domain.ids import AgreementId, IntroId, MeetingId, RelationshipId
from bot.domain.intros import Fit
from bot.domain.meetings import Agenda, Meeting
from bot.domain.people import Kind
from bot.domain.relationships import RelationshipState
from bot.feature import Moot, Send, Wait
from bot.features.relationships import (
    agenda_blocks,
    blocks,
    handlers,
    handlers_agenda,
    letters_rhythm,
    nudges,
    quiet_blocks,
)
from bot.features.relationships.preparing import Preparing
from bot.features.relationships.reading import Shown
from bot.slack.replies import Post
from tests.builders import a_relationship, an_id, saved_member
from tests.clock import START
from tests.features.answers import chosen
from tests.letters import letters_of

COMPOSE = {one.kind: one.compose for one in letters_rhythm.LETTERS}
ANA, BO = an_id("Ana"), an_id("Bo")
WEEK = timedelta(days=7)
NASTY = "Why <!channel> \u202e😀?"


@pytest.fixture
def tick(deps, team, clock):
    """The nudges run, as every minute; what they added since the last time, by kind and reader."""
    seen = set()

    async def run():
        async with deps.store.open_work(team) as work:
            await nudges.ask_for_agendas(work, clock.now())
            await nudges.look_after(work, clock.now())
        every = await letters_of(deps.store, team)
        new = [one for one in every if one.key not in seen]
        seen.update(one.key for one in every)
        return new

    return run


@pytest.fixture
def composed(deps, team):
    async def compose(letter, now):
        async with deps.store.open_work(team) as work:
            return await COMPOSE[letter.kind](work, letter, now)

    return compose


@pytest.fixture
def planned(deps, send, pair):
    """A meeting on Monday a week later, an hour long."""

    async def made(days=7, minutes="60"):
        moment = {"selected_date_time": int((START + timedelta(days=days)).timestamp())}
        await handlers.plan(send("Ana", at=moment, minutes=chosen(minutes)), deps)

    return made


@pytest.fixture
def meeting(deps, team):
    async def found():
        async with deps.store.open_view(team) as work:
            return (await work.meetings.next_of([RelationshipId(1)])).get(RelationshipId(1))

    return found


@pytest.fixture
def write(deps, send, meeting):
    async def written(name="Ana", version=None, **values):
        known = await meeting()
        notes = {"meeting": known.id, "version": known.version if version is None else version}
        return await handlers_agenda.keep(send(name, notes=notes, **values), deps)

    return written


async def agreed(deps, team, **changed):
    terms = replace(Terms("x", "y", zone="Europe/Berlin", off_limits=("salary",)), **changed)
    async with deps.store.open_work(team) as work:
        made = await work.agreements.propose(Agreement(AgreementId(0), RelationshipId(1), 1, terms, ANA, START))
        await work.agreements.save(replace(made, signed_by=BO, signed_at=START))


# The agenda


async def test_the_agenda_is_asked_for_once_two_working_days_before(planned, tick, clock, composed, pair, write):
    await planned()
    clock.forward(days=1)
    assert await tick() == []
    clock.forward(days=1, hours=1)
    [letter] = await tick()
    assert (letter.kind, letter.to) == ("relationships.agenda", ANA)
    assert letter.due == START + timedelta(days=3, hours=-1)
    assert await tick() == []
    sent = await composed(letter, letter.due)
    assert isinstance(sent, Send) and "What am I stuck with" in str(sent.message.blocks)
    await write(question1="Why?")
    assert isinstance(await composed(letter, letter.due), Moot)


async def test_a_meeting_that_is_moved_is_asked_about_again(planned, tick, clock):
    await planned()
    clock.forward(days=3)
    assert len(await tick()) == 1
    await planned(days=14)
    clock.forward(days=7)
    assert [one.kind for one in await tick()] == ["relationships.agenda"]


async def test_only_the_tap_of_the_one_who_asked_sends_it(deps, team, planned, write, meeting, click, composed):
    await planned()
    await write(question1=NASTY, question3="Third", progress="It worked", news="I moved teams")
    kept = (await meeting()).agenda
    assert kept.questions == ("Why <!channel> 😀?", "Third")
    assert not [one for one in await letters_of(deps.store, team) if one.kind == "relationships.brought"]
    assert "It worked" not in str((await handlers.show(click("Bo"), deps)).view)
    for act in (handlers_agenda.open_agenda, handlers_agenda.show_draft, handlers_agenda.send):
        for name in ("Bo", "Lea"):
            with pytest.raises(NotYours):
                await act(click(name), deps)
    await handlers_agenda.send(click("Ana"), deps)
    [letter] = [one for one in await letters_of(deps.store, team) if one.kind == "relationships.brought"]
    assert letter.to == BO and "It worked" in str((await composed(letter, START)).message.blocks)
    assert "It worked" in str((await handlers.show(click("Bo"), deps)).view)
    with pytest.raises(Refused, match="just like this"):
        await handlers_agenda.send(click("Ana"), deps)
    await write(question1="Another")
    assert "Another" not in str((await handlers.show(click("Bo"), deps)).view)
    await handlers_agenda.send(click("Ana"), deps)
    assert len([one for one in await letters_of(deps.store, team) if one.kind == "relationships.brought"]) == 2
    async with deps.store.open_view(team) as work:
        row = (await work.connection.exec_driver_sql("SELECT agenda, sent FROM meetings")).one()
    assert "Another" not in "".join(row)


async def test_what_the_two_left_out_gets_a_kind_word_first(deps, team, planned, write, meeting, click):
    await planned()
    await agreed(deps, team)
    await write(question1="Is my salary fair?")
    page = (await handlers_agenda.send(click("Ana"), deps)).view
    assert "agreed to leave out salary" in str(page) and (await meeting()).sent is None
    await handlers_agenda.send(click("Ana", same=1), deps)
    assert (await meeting()).sent.questions == ("Is my salary fair?",)


async def test_an_agenda_that_makes_no_sense_is_refused(deps, planned, write, click, pair):
    with pytest.raises(Gone, match="No meeting is planned"):
        await handlers_agenda.open_agenda(click("Ana"), deps)
    await planned()
    with pytest.raises(RefusedFields, match="one question"):
        await write()
    with pytest.raises(RefusedFields, match="too long"):
        await write(question1="x" * 3000)
    with pytest.raises(Stale):
        await write(question1="x", version=99)
    with pytest.raises(RefusedFields):
        await handlers_agenda.send(click("Ana"), deps)


# A full week


async def test_a_full_week_makes_it_shorter_or_written(deps, team, planned, meeting, click, send, now_of, composed):
    await planned()
    for minutes in (60, 45, 90, -1):
        with pytest.raises(Refused, match="shorter"):
            await handlers_agenda.shorten(click("Bo", minutes=minutes), deps)
    answers = await handlers_agenda.shorten(click("Bo", minutes=15), deps)
    assert any(isinstance(one, Post) for one in answers) and (await meeting()).minutes == 15
    await handlers_agenda.shorten(click("Bo", minutes=0), deps)
    assert "relationships.write" in str((await handlers.show(click("Bo"), deps)).view)
    for name, text in (("Ana", "x"), ("Lea", "x"), ("Bo", " "), ("Bo", "x" * 3000)):
        with pytest.raises(Refused):
            await handlers_agenda.write(send(name, written=text), deps)
    await handlers_agenda.open_write(click("Bo"), deps)
    await handlers_agenda.write(send("Bo", written="Begin with the map."), deps)
    [letter] = [one for one in await letters_of(deps.store, team) if one.kind == "relationships.written"]
    assert letter.to == ANA and "Begin with the map." in str((await composed(letter, START)).message.blocks)
    async with deps.store.open_view(team) as work:
        assert [one.minutes for one in await work.meetings.held_of(RelationshipId(1))] == [0]
    assert (await now_of()).state is RelationshipState.ACTIVE


# The quiet ladder


async def test_it_is_asked_after_three_times_and_closed_after_four_weeks(
    deps, team, pair, tick, clock, composed, now_of
):
    told = []
    for _ in range(4):
        clock.forward(days=7)
        told.append([(one.kind.partition(".")[2], one.to) for one in await tick()])
        assert await tick() == []
    both = [("quiet", ANA), ("quiet", BO)]
    assert [sorted(one) for one in told] == [[("quiet", ANA)], both, both, [("asleep", ANA), ("asleep", BO)]]
    one = await now_of()
    assert not one.is_open and one.ended_by is None
    clock.forward(days=100)
    assert await tick() == []


async def test_a_sign_of_life_ends_the_questions(deps, pair, tick, clock, composed, planned, now_of):
    clock.forward(days=7)
    [letter] = await tick()
    assert isinstance(await composed(letter, clock.now()), Send)
    await planned(days=21)
    assert isinstance(await composed(letter, clock.now()), Moot)
    assert (await now_of()).asked == 0
    clock.forward(days=13)
    assert [one.kind for one in await tick()] == ["relationships.agenda"]


async def test_who_is_on_a_break_is_not_asked_and_silence_does_not_count(deps, team, pair, tick, clock, now_of):
    until = START + timedelta(days=40)
    async with deps.store.open_work(team) as work:
        await work.members.save(replace(await work.members.get(BO), paused_until=until))
    clock.forward(days=28)
    assert await tick() == [] and (await now_of()).look_at == until + WEEK
    clock.to(until + WEEK)
    assert [one.kind for one in await tick()] == ["relationships.quiet"]


async def test_who_left_ends_it_without_a_word_and_who_said_no_match_is_not_asked(
    deps, team, pair, tick, clock, now_of
):
    async with deps.store.open_work(team) as work:
        await work.relationships.save(replace(await work.relationships.get(pair.id), intro=IntroId(5)))
        await work.fits.say(IntroId(5), ANA, Fit.MISMATCH, at=START)
    clock.forward(days=7)
    assert await tick() == []
    clock.forward(days=7)
    assert [one.to for one in await tick()] == [BO]
    async with deps.store.open_work(team) as work:
        await saved_member(work, "Bo", left=True)
    clock.forward(days=7)
    assert await tick() == [] and not (await now_of()).is_open


async def test_the_agreed_hours_are_kept_to(deps, team, pair, tick, clock, composed):
    await agreed(deps, team, days=(3,), start="14:00", until="15:00")
    clock.forward(days=7)
    [letter] = await tick()
    assert letter.due == START + timedelta(days=10, hours=4)
    assert isinstance(await composed(letter, clock.now()), Wait)
    assert isinstance(await composed(letter, letter.due), Send)


# How it looks

PAIR = a_relationship()
FULL = Agenda((NASTY, "Second"), "It <@U0BO> worked", "I moved teams")
MEETING = Meeting(MeetingId(1), PAIR.id, START + WEEK, 60)
KEPT = replace(MEETING, agenda=FULL)
SENT = replace(KEPT, sent=FULL, sent_at=START)
EMPTY, DRAFT, BROUGHT = (Preparing(PAIR, ANA, one, ("What would {mentor} ask?",)) for one in (MEETING, KEPT, SENT))
CHANGED = Preparing(PAIR, ANA, replace(SENT, agenda=Agenda(("Other",))))
TOUCHES = Preparing(PAIR, ANA, KEPT, (), Terms("x", "y", off_limits=("second",)))
WRITTEN = replace(SENT, minutes=0)
LOOKS = {
    "asked": agenda_blocks.asked(EMPTY),
    "form": agenda_blocks.form(EMPTY),
    "form again": agenda_blocks.form(DRAFT),
    "draft": agenda_blocks.draft(DRAFT),
    "draft sent": agenda_blocks.draft(BROUGHT),
    "draft changed": agenda_blocks.draft(CHANGED),
    "left out": agenda_blocks.left_out(TOUCHES),
    "brought": agenda_blocks.brought(PAIR, SENT, reader_is_mentor=True),
    "brought by a peer": agenda_blocks.brought(a_relationship(kind=Kind.PEER), SENT, reader_is_mentor=False),
    "shortened": agenda_blocks.shortened(PAIR, replace(SENT, minutes=15)),
    "written form asked for": agenda_blocks.shortened(PAIR, WRITTEN),
    "shortened for both": agenda_blocks.shortened_for_both(PAIR, replace(SENT, minutes=15), f"<@{BO}>"),
    "written for both": agenda_blocks.shortened_for_both(PAIR, WRITTEN, f"<@{BO}>"),
    "write form": agenda_blocks.write_form(Preparing(PAIR, BO, WRITTEN)),
    "write form without questions": agenda_blocks.write_form(Preparing(PAIR, BO, MEETING)),
    "written sent": agenda_blocks.written_sent(Preparing(PAIR, BO, WRITTEN)),
    "written": agenda_blocks.written(PAIR, NASTY),
    "asleep": quiet_blocks.asleep(PAIR, ANA),
    "page of the mentor": blocks.page(Shown(PAIR, BO, START, SENT)),
    "page of the mentor in writing": blocks.page(Shown(PAIR, BO, START, WRITTEN)),
    "page of the mentee": blocks.page(Shown(PAIR, ANA, START, MEETING)),
    "page of the mentee with a draft": blocks.page(Shown(PAIR, ANA, START, KEPT)),
    **{f"quiet {asked}": quiet_blocks.quiet(replace(PAIR, asked=asked), BO) for asked in (1, 2, 3)},
}


@pytest.mark.parametrize("name", LOOKS)
def test_it_looks_right(name, looks_right):
    looks_right(LOOKS[name])
