"""A circle's rhythm, its end, and its page."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.domain.circles import CircleState
from bot.domain.errors import Gone, Refused, Stale
from bot.features.circles import chores, handlers
from bot.slack.replies import Modal
from bot.slack.requests import Command
from bot.store.messages import Place
from tests.builders import an_id, saved_circle
from tests.features.answers import chosen, picked_day, picked_time

RHYTHM = {
    "weekday": chosen("1"),
    "every": chosen("1"),
    "time": picked_time("09:00"),
    "zone": chosen("Europe/Berlin"),
    "minutes": chosen("90"),
    "first": picked_day("2026-03-10"),
}


# Rhythm


@pytest.fixture
def changing(submitted, oak):
    def submission(who="Ana", version=1, **changed):
        return submitted("circles.rhythm", who, {"circle": oak.id, "version": version}, **{**RHYTHM, **changed})

    return submission


async def test_a_new_rhythm_takes_the_untouched_sessions_with_it(
    deps, team, oak, changing, circle_now, promised, audited
):
    async with deps.store.open_work(team) as work:
        second = (await work.sessions.of_circle(oak.id))[1]
        await work.sessions.save(replace(second, starts=second.starts + timedelta(days=1), moved_by=an_id("Bo")))
    reply, _home = await handlers.change_rhythm(changing(), deps)
    assert "changed" in reply.message.text
    circle = await circle_now()
    assert (circle.rule.weekdays, circle.rule.every, circle.rule.at, circle.minutes) == ((1,), 1, time(9), 90)
    async with deps.store.open_view(team) as work:
        planned = [one for one in await work.sessions.of_circle(oak.id) if one.is_ahead]
    assert [session.starts.date() for session in planned] == [date(2026, 3, day) for day in (10, 17, 20, 24, 31)] + [
        date(2026, 4, 7)
    ]
    (told,) = await promised("circles.rhythm")
    assert told.to == oak.channel
    assert (an_id("Ana"), "circle.rhythm") in await audited()


async def test_two_who_change_the_rhythm_at_once(deps, changing):
    await handlers.change_rhythm(changing(), deps)
    with pytest.raises(Stale):
        await handlers.change_rhythm(changing("Bo", minutes=chosen("30")), deps)


async def test_the_rhythm_is_for_members_and_leads(deps, oak, changing, clicked):
    for attempt in (
        handlers.change_rhythm(changing("Eve"), deps),
        handlers.open_rhythm(clicked("Eve", circle=oak.id), deps),
        handlers.open_more(clicked("Eve", circle=oak.id, do="rhythm"), deps),
    ):
        with pytest.raises(Refused, match="Only members of this circle"):
            await attempt
    assert isinstance(await handlers.open_rhythm(clicked("Lea", circle=oak.id), deps), Modal)


@pytest.mark.parametrize("do", ["rhythm", "leave", "close", "<!channel>"])
async def test_what_stands_behind_the_dots_opens(deps, oak, clicked, do):
    assert isinstance(await handlers.open_more(clicked(circle=oak.id, do=do), deps), Modal)


# The end


async def test_an_ended_circle_says_goodbye_and_is_archived_only_where_asked(
    deps, team, oak, submitted, circle_now, promised, audited, slack
):
    await handlers.close(submitted("circles.close", "Ana", {"circle": oak.id}, archive=["archive"]), deps)
    assert (await circle_now()).state is CircleState.CLOSED
    (goodbye,) = await promised("circles.closing")
    assert (goodbye.to, goodbye.payload) == (oak.channel, {"by": an_id("Ana"), "archive": True})
    await chores.archive_channels(deps, team)
    assert slack.called("conversations.archive") == [], "not before the goodbye stands there"
    async with deps.store.open_work(team) as work:
        await work.messages.remember("circles.closing", str(oak.id), Place(oak.channel, "1772438400.000100"))
    await chores.archive_channels(deps, team)
    await chores.archive_channels(deps, team)
    assert len(slack.called("conversations.archive")) == 1
    assert (an_id("Ana"), "circle.close") in await audited()


async def test_without_the_tick_the_channel_stays(deps, team, oak, submitted, slack):
    await handlers.close(submitted("circles.close", "Lea", {"circle": oak.id}, archive=[]), deps)
    async with deps.store.open_view(team) as work:
        assert await work.circles.to_archive() == []


async def test_an_ended_circle_cannot_be_ended_joined_or_changed(deps, oak, submitted, clicked, changing):
    form = submitted("circles.close", "Ana", {"circle": oak.id}, archive=[])
    await handlers.close(form, deps)
    for attempt in (
        handlers.close(form, deps),
        handlers.join(clicked("Eve", circle=oak.id), deps),
        handlers.change_rhythm(changing(version=2), deps),
    ):
        with pytest.raises(Refused, match="has ended"):
            await attempt
    shown = await handlers.show_by_button(clicked("Ana", circle=oak.id), deps)
    assert "has ended" in str(shown.message.blocks)


# Looking


async def test_a_circle_is_shown_by_its_name_to_members_and_others(deps, team, oak):
    for_ana = str((await handlers.show(Command(team, an_id("Ana"), words="OAK"), deps)).message.blocks)
    assert "circles.more" in for_ana and "<@U0BO>" in for_ana
    for_eve = str((await handlers.show(Command(team, an_id("Eve"), words="#oak"), deps)).message.blocks)
    assert "circles.join" in for_eve and "<@U0BO>" not in for_eve and "circles.more" not in for_eve
    with pytest.raises(Refused, match="no circle of that name"):
        await handlers.show(Command(team, an_id("Ana"), words="Elm"), deps)


async def test_mine_is_a_page_a_list_or_a_lesson(deps, team, oak):
    one = await handlers.show_mine(Command(team, an_id("Ana")), deps)
    assert "Your buddy: <@" in str(one.message)
    assert "Sessions and dates" in str(one.message.blocks)
    none = await handlers.show(Command(team, an_id("Eve")), deps)
    assert "Join a circle" in str(none.message.blocks)
    async with deps.store.open_work(team) as work:
        await saved_circle(work, "Ana", name="Elm", channel="C0ELM")
    two = await handlers.show_mine(Command(team, an_id("Ana")), deps)
    assert two.message.text == "You are in 2 circles."


async def test_an_unknown_word_names_the_known_ones(deps, team, oak):
    with pytest.raises(Refused, match="`create`"):
        await handlers.show_mine(Command(team, an_id("Ana"), words="<!here>"), deps)


async def test_a_forged_button_is_refused(deps, team, oak, clicked):
    with pytest.raises(Gone):
        await handlers.show_by_button(clicked(circle=4711), deps)
    with pytest.raises(Refused, match="older message"):
        await handlers.join(clicked("Eve", circle="1"), deps)
    with pytest.raises(Gone):
        await handlers.join(replace(clicked("Eve", circle=oak.id), team="T0OTHER"), deps)


async def test_in_a_circles_channel_nobody_asks_which(deps, team, oak):
    async with deps.store.open_work(team) as work:
        elm = await saved_circle(work, "Ana", "Eve", name="Elm", channel="C0ELM")
    there = Command(team, an_id("Ana"), channel=elm.channel)
    assert "Elm" in (await handlers.show(there, deps)).message.text
    for opened in (handlers.open_invite, handlers.open_leave, handlers.open_close):
        form = str((await opened(there, deps)).view)
        assert "Elm" in form and "Which circle?" not in form
        assert "Which circle?" in str((await opened(Command(team, an_id("Ana"), channel="C0X"), deps)).view)
