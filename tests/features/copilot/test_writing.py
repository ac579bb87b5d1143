"""A session in writing: it starts by itself, everybody writes in their own hours, the seat closes it. And threes."""

from dataclasses import replace

import pytest

from bot.domain import when
from bot.domain.briefs import Boxes, Brief
from bot.domain.errors import Refused, RefusedFields
from bot.domain.people import Member
from bot.domain.sessions import Presence
from bot.feature import Moot, Send
from bot.features.copilot import handlers
from bot.features.hotseat import handlers as hotseat
from bot.opening import open_session
from bot.slack.replies import Close, Modal
from tests.builders import an_id

HOSTILE = "<!channel> \u202e " + "\U0001f600" * 100


@pytest.fixture
async def writing(stage, store, team, clock):
    """Oak in writing, at its hour; Chi lives in Tokyo."""
    async with store.open_work(team) as work:
        known = await work.members.get(an_id("Chi"))
        await work.members.save(replace(known, zone="Asia/Tokyo") if isinstance(known, Member) else known)
        session = await work.sessions.get(stage.session)
        await work.sessions.save(replace(session, protocol="async-48", minutes=48 * 60))
        session = await work.sessions.get(stage.session)
        await open_session(work, session, await work.circles.get(session.circle), clock.now())
    await stage.tick()
    return stage


async def later(stage, **step):
    stage.clock.forward(**step)
    await stage.tick()


def picked(*numbers):
    return {"selected_options": [{"value": str(number)} for number in numbers]}


async def test_the_hour_starts_it_and_the_seat_is_asked_for_its_question(writing):
    run = await writing.run()
    assert run.is_written and run.by is None and run.leg.name == "Clarify"
    [letter] = await writing.promised("copilot.ask")
    assert letter.to == an_id("Ana")
    assert isinstance(await writing.composed(letter), Send)


async def test_the_brief_may_still_come_and_goes_into_the_thread(writing, store, team):
    async with store.open_work(team) as work:
        await work.briefs.save(Brief(writing.session, an_id("Ana"), Boxes("How do I say no?")))
    await hotseat.send_brief(writing.click("Ana"), writing.deps)
    [letter] = await writing.promised("copilot.ask")
    assert isinstance(await writing.composed(letter), Moot)
    await writing.tick()
    assert "How do I say no?" in str(writing.deps.slack._client_of(team).called("chat.update")[-1].arguments)


async def test_each_writes_what_suits_the_hour_and_it_is_posted_for_them(writing):
    assert isinstance(await handlers.open_writing(writing.click("Bo"), writing.deps), Modal)
    assert isinstance(await handlers.write(writing.form("Bo", text=HOSTILE), writing.deps), Close)
    await handlers.write(writing.form("Ana", text="Since May."), writing.deps)
    await later(writing, hours=17)
    await handlers.write(writing.form("Chi", text="I once said nothing."), writing.deps)
    letters = await writing.promised("copilot.reply")
    told = [await writing.composed(letter) for letter in letters]
    heads = ["<@U0BO> asks.", "<@U0ANA> answers.", "<@U0CHI> tells what happened to them."]
    assert [one.message.text for one in told] == heads and all(one.thread for one in told)
    async with writing.store.open_view(writing.team) as work:
        session = await work.sessions.get(writing.session)
    assert set(session.marked(Presence.PRESENT)) == {an_id("Ana"), an_id("Bo"), an_id("Chi")}


async def test_every_zone_is_asked_in_its_own_working_day_and_only_who_has_not_written(writing):
    await later(writing, hours=17)
    letters = [one for one in await writing.promised("copilot.ask") if one.payload["place"] == 1]
    assert {one.to for one in letters} == {an_id("Bo"), an_id("Chi"), an_id("Dee")}
    zones = {an_id("Chi"): "Asia/Tokyo"}
    assert not any(when.is_quiet(one.due, zones.get(one.to, "Europe/Berlin")) for one in letters)
    run = await writing.run()
    assert all(one.due < run.until for one in letters)
    await handlers.write(writing.form("Bo", text="I once did."), writing.deps)
    for letter in letters:
        writing.clock.to(letter.due)
        wanted = Moot if letter.to == an_id("Bo") else Send
        assert isinstance(await writing.composed(letter), wanted)


async def test_the_seat_closes_it_with_a_few_picks(writing):
    await later(writing, hours=17)
    for who in ("Bo", "Chi"):
        await handlers.write(writing.form(who, text=f"{who} was there."), writing.deps)
    with pytest.raises(Refused, match="still writing"):
        await handlers.open_playback(writing.click("Ana"), writing.deps)
    await later(writing, hours=24)
    assert (await writing.run()).leg.two
    with pytest.raises(Refused, match="Only who has the seat"):
        await handlers.open_playback(writing.click("Bo"), writing.deps)
    assert isinstance(await handlers.open_playback(writing.click("Ana"), writing.deps), Modal)
    for wrong in (picked(77), picked(*range(9)), picked("x")):
        with pytest.raises(RefusedFields):
            await handlers.play_back(writing.form("Ana", text="I will ask.", picks=wrong), writing.deps)
    await handlers.play_back(writing.form("Ana", text="I will ask.", picks=picked(2)), writing.deps)
    await later(writing, hours=8)
    assert not (await writing.run()).is_live
    shown = str(writing.deps.slack._client_of(writing.team).called("chat.update")[-1].arguments["blocks"])
    assert "takes along" in shown and "Chi was there." in shown and "Bo was there." not in shown
    with pytest.raises(Refused, match="is over"):
        await handlers.open_writing(writing.click("Bo"), writing.deps)


async def test_nobody_from_outside_writes_and_nobody_writes_nothing_or_a_novel(writing):
    with pytest.raises(Refused, match="not a member"):
        await handlers.open_writing(writing.click("Eve"), writing.deps)
    with pytest.raises(Refused, match="not a member"):
        await handlers.write(writing.form("Eve", text="Hi"), writing.deps)
    for text in ("", " \u200b ", "x" * 3000):
        with pytest.raises(RefusedFields):
            await handlers.write(writing.form("Bo", text=text), writing.deps)


async def test_threes_are_others_than_last_time_and_can_be_split_again(stage, store, team, clock):
    async with store.open_work(team) as work:
        for name in ("Fay", "Gus"):
            await work.members.save(Member(an_id(name), name, zone="Europe/Berlin"))
            session = await work.sessions.get(stage.session)
            await work.circles.seat(session.circle, an_id(name), clock.now())
        first, second, *_ = await work.sessions.of_circle(session.circle)
        for one in (first, second):
            await work.sessions.save(replace(one, protocol="troika-60"))
    await handlers.start(stage.click("Bo", session=first.id), stage.deps)
    clock.to(second.starts)
    await handlers.start(stage.click("Bo", session=second.id), stage.deps)
    async with store.open_work(team) as work:
        groups = await work.trios.of([first.id, second.id])
        for name in ("Ana", "Bo", "Chi"):
            await work.sessions.mark(second.id, an_id(name), Presence.PRESENT)
    assert [sorted(map(len, each)) for each in groups.values()] == [[3, 3], [3, 3]]
    assert not {frozenset(one) for one in groups[first.id]} & {frozenset(one) for one in groups[second.id]}
    await handlers.more(stage.click("Bo", session=second.id, do="split"), stage.deps)
    async with store.open_view(team) as work:
        assert (await work.trios.of([second.id]))[second.id] == ((an_id("Ana"), an_id("Bo"), an_id("Chi")),)
