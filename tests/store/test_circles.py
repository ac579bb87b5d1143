"""Circles and their seats, as stored."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from bot.domain.circles import CircleState, Seat
from bot.domain.errors import Gone, Stale
from bot.domain.ids import ChannelId, CircleId
from tests.builders import a_circle, a_rule, an_id, saved_circle
from tests.clock import START


async def test_a_circle_comes_back_with_its_seats_in_the_order_they_joined(store, team):
    async with store.open_work(team) as work:
        added = await saved_circle(work, "Dee", "Ana", "Chi", rule=a_rule(nth=-1, every=1))
    async with store.open_view(team) as work:
        assert await work.circles.get(added.id) == added
    assert added == replace(a_circle("Dee", "Ana", "Chi", rule=a_rule(nth=-1, every=1)), id=added.id)
    assert added.members == (an_id("Dee"), an_id("Ana"), an_id("Chi"))


async def test_a_circle_that_is_not_there_says_where_the_others_are(store, team):
    async with store.open_view(team) as work:
        assert await work.circles.find(CircleId(7)) is None
        with pytest.raises(Gone, match="circle join"):
            await work.circles.get(CircleId(7))


async def test_a_circle_is_found_by_its_channel(store, team):
    async with store.open_work(team) as work:
        circle = await saved_circle(work, channel=None)
        assert await work.circles.in_channel(ChannelId("C0NEW")) is None
        await work.circles.remember_channel(circle.id, ChannelId("C0NEW"))
        found = await work.circles.in_channel(ChannelId("C0NEW"))
    assert (found.id, found.version) == (circle.id, circle.version)


async def test_a_members_circles_are_the_open_ones_they_sit_in(store, team):
    async with store.open_work(team) as work:
        oak = await saved_circle(work, "Ana", "Bo")
        elm = await saved_circle(work, "Ana", "Chi", name="Elm", state=CircleState.OPENING)
        await saved_circle(work, "Ana", "Dee", name="Old", state=CircleState.CLOSED)
        left = await saved_circle(work, "Ana", "Eva", name="Left")
        await work.circles.unseat(left.id, an_id("Ana"), START)
        assert [circle.name for circle in await work.circles.of(an_id("Ana"))] == ["Oak", "Elm"]
        assert await work.circles.of(an_id("Bo")) == [oak]
        assert [circle.name for circle in await work.circles.active()] == ["Oak", "Left"]
        assert [circle.name for circle in await work.circles.open()] == ["Oak", "Elm", "Left"]
        assert await work.circles.named([oak.id, elm.id, CircleId(99)]) == {oak.id: oak, elm.id: elm}
        assert await work.circles.named([]) == {}


async def test_who_left_keeps_a_seat_with_its_end_and_may_come_back(store, team):
    async with store.open_work(team) as work:
        circle = await saved_circle(work, "Ana", "Bo")
        await work.circles.unseat(circle.id, an_id("Bo"), START + timedelta(days=1))
        await work.circles.seat(circle.id, an_id("Bo"), START + timedelta(days=2))
        seats = (await work.circles.get(circle.id)).seats
    assert [seat for seat in seats if seat.member == an_id("Bo")] == [
        Seat(an_id("Bo"), START + timedelta(seconds=1), START + timedelta(days=1)),
        Seat(an_id("Bo"), START + timedelta(days=2)),
    ]


async def test_a_circle_saved_by_somebody_else_meanwhile_is_stale(store, team):
    async with store.open_work(team) as work:
        read = await saved_circle(work)
        await work.circles.save(replace(read, name="First"))
        with pytest.raises(Stale):
            await work.circles.save(replace(read, name="Second"))
        saved = await work.circles.get(read.id)
    assert (saved.name, saved.version) == ("First", read.version + 1)


async def test_however_many_circles_a_member_sits_in_the_question_is_one(store, team):
    async with store.open_work(team) as work:
        for name in ("Oak", "Elm", "Ash", "Fir", "Yew"):
            await saved_circle(work, "Ana", "Bo", name=name)
    asked = []
    event.listen(store.engine.sync_engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    async with store.open_view(team) as work:
        assert len(await work.circles.of(an_id("Ana"))) == 5
    assert sum(statement.startswith("SELECT") for statement in asked) == 1


async def test_nobody_sits_in_a_circle_twice(store, team):
    async with store.open_work(team) as work:
        circle = await saved_circle(work, "Ana", "Bo")
    with pytest.raises(IntegrityError):
        async with store.open_work(team) as work:
            await work.circles.seat(circle.id, an_id("Bo"), START)
    async with store.open_view(team) as work:
        assert (await work.circles.get(circle.id)).members == (an_id("Ana"), an_id("Bo"))
