"""Briefs, swaps and passes, from click to row to letter."""

from datetime import date, timedelta

import pytest

from bot.domain.duties import Duty
from bot.domain.errors import Gone, NotYours, Refused, RefusedFields, Stale
from bot.domain.hotseat import Turn
from bot.domain.sessions import SessionState
from bot.feature import Moot, Send
from bot.features.hotseat import form, handlers, home, letters, nudges
from bot.slack.payload import Payload
from bot.slack.replies import Modal, Replace, Reply, ShowHome
from bot.slack.requests import Click, Command, Submission, View
from tests.builders import an_id, saved_circle, saved_program, saved_session
from tests.features.answers import chosen, typed
from tests.letters import letters_of


@pytest.fixture
async def oak(store, team, clock):
    """Ana, Bo, Chi and Dee, with three sessions ahead: Ana sits on the 12th of March, then Bo, then Chi."""
    async with store.open_work(team) as work:
        await saved_program(work)
        circle = await saved_circle(work)
        clock.forward(minutes=1)
        first = date(2026, 3, 12)
        sessions = [
            await saved_session(work, circle=circle.id, planned_for=first + timedelta(weeks=2 * number))
            for number in range(3)
        ]
    return circle, sessions


def click(team, name, **parts):
    return Click(team, an_id(name), payload=Payload(parts))


def brief_form(team, name, session, version=0, **boxes):
    view = View("V1", notes=Payload({"session": session.id, "version": version}))
    return Submission(team, an_id(name), view=view, answers=typed(**{"question": "How do I say no?"} | boxes))


async def test_the_order_is_shown_for_each_of_my_circles(deps, team, oak):
    reply = await handlers.show(Command(team, an_id("Ana")), deps)
    assert "Oak" in str(reply.message.blocks)
    with pytest.raises(Refused, match="no circle of that name"):
        await handlers.show(Command(team, an_id("Ana"), words="Elm"), deps)
    assert "no circle yet" in (await handlers.show(Command(team, an_id("Zoe")), deps)).message.text


async def test_only_members_see_a_circles_order(deps, team, oak):
    circle, _ = oak
    assert isinstance(await handlers.show_circle(click(team, "Bo", circle=circle.id), deps), Reply)
    with pytest.raises(Refused, match="not a member"):
        await handlers.show_circle(click(team, "Zoe", circle=circle.id), deps)


async def test_the_presenter_writes_a_brief_and_sends_it_once(deps, team, oak):
    circle, (first, *_) = oak
    assert isinstance(await handlers.write_brief(click(team, "Ana", session=first.id), deps), Modal)
    await handlers.save_brief(brief_form(team, "Ana", first), deps)
    for _click in range(2):
        await handlers.send_brief(click(team, "Ana", session=first.id), deps)
    assert [(letter.kind, letter.to) for letter in await letters_of(deps.store, team)] == [
        ("hotseat.brief-shared", circle.channel)
    ]


async def test_a_brief_without_a_question_is_not_sent(deps, team, oak):
    _, (first, *_) = oak
    with pytest.raises(Refused, match="question first"):
        await handlers.send_brief(click(team, "Ana", session=first.id), deps)
    with pytest.raises(RefusedFields):
        form.read_boxes(typed(question="", tried="Everything"))


async def test_two_windows_do_not_overwrite_each_other(deps, team, oak):
    _, (first, *_) = oak
    await handlers.save_brief(brief_form(team, "Ana", first), deps)
    with pytest.raises(Stale):
        await handlers.save_brief(brief_form(team, "Ana", first), deps)
    await handlers.save_brief(brief_form(team, "Ana", first, version=1, tried="No"), deps)


@pytest.mark.parametrize(
    "handler", [handlers.write_brief, handlers.send_brief, handlers.pass_on, handlers.choose_partner]
)
async def test_somebody_else_can_do_nothing_with_the_seat(deps, team, oak, handler):
    _, (first, *_) = oak
    with pytest.raises(Refused, match="somebody else's"):
        await handler(click(team, "Bo", session=first.id), deps)
    with pytest.raises(Refused, match="not a member"):
        await handler(click(team, "Zoe", session=first.id), deps)
    with pytest.raises(Gone):
        await handler(click(team, "Ana", session=9999), deps)
    with pytest.raises(Refused, match="older message"):
        await handler(click(team, "Ana", session="x"), deps)


async def test_nothing_can_be_done_once_the_session_has_begun(deps, team, oak, clock):
    _, (first, *_) = oak
    clock.forward(days=10, hours=8)
    with pytest.raises(Gone):
        await handlers.pass_on(click(team, "Ana", session=first.id), deps)


async def test_a_pass_gives_the_seat_to_the_next_in_line(deps, team, oak):
    circle, (first, *_) = oak
    reply, _home = await handlers.pass_on(click(team, "Ana", session=first.id), deps)
    assert "<@U0BO> sits instead" in str(reply.message.blocks)
    with pytest.raises(Refused, match="somebody else's"):
        await handlers.pass_on(click(team, "Ana", session=first.id), deps)
    [told] = await letters_of(deps.store, team)
    assert (told.kind, told.to) == ("hotseat.changed", circle.channel)
    async with deps.store.open_view(team) as work:
        assert [entry.details for entry in await work.audit.latest()] == [{"how": "pass"}]


async def test_at_home_the_tab_tells_of_the_pass(deps, team, oak):
    _, (first, *_) = oak
    at_home = Click(team, an_id("Ana"), payload=Payload({"session": first.id}), view=View("V1", kind="home"))
    assert await handlers.pass_on(at_home, deps) == (ShowHome(),)


async def asked_to_swap(deps, team, session, partner="Bo"):
    view = View("V1", notes=Payload({"session": session.id}))
    answers = typed(partner=chosen(an_id(partner)))
    await handlers.ask_partner(Submission(team, an_id("Ana"), view=view, answers=answers), deps)
    [asked] = [letter for letter in await letters_of(deps.store, team) if letter.kind == "hotseat.swap"]
    return asked


async def test_a_swap_needs_the_other_ones_yes(deps, team, oak, clock):
    _, (first, *_) = oak
    assert isinstance(await handlers.choose_partner(click(team, "Ana", session=first.id), deps), Modal)
    asked = await asked_to_swap(deps, team, first)
    assert asked.to == an_id("Bo")
    with pytest.raises(NotYours):
        await handlers.agree(click(team, "Chi", swap=asked.number), deps)
    assert isinstance((await handlers.agree(click(team, "Bo", swap=asked.number), deps))[0], Replace)
    order = await handlers.show(Command(team, an_id("Bo")), deps)
    assert "1. <!date" in str(order.message.blocks) and "*you*" in str(order.message.blocks).split("2.")[0]
    kinds = [letter.kind for letter in await letters_of(deps.store, team)]
    assert sorted(kinds) == ["hotseat.changed", "hotseat.swap", "hotseat.swap-answer"]


async def test_a_second_yes_swaps_no_second_time(deps, team, oak):
    _, (first, *_) = oak
    asked = await asked_to_swap(deps, team, first)
    await handlers.agree(click(team, "Bo", swap=asked.number), deps)
    await handlers.agree(click(team, "Bo", swap=asked.number), deps)
    await handlers.decline(click(team, "Bo", swap=asked.number), deps)
    async with deps.store.open_view(team) as work:
        assert len(await work.audit.latest()) == 1


async def test_only_one_partner_is_asked_at_a_time(deps, team, oak):
    _, (first, *_) = oak
    await asked_to_swap(deps, team, first)
    with pytest.raises(Refused, match="asked somebody already"):
        await asked_to_swap(deps, team, first, "Chi")


async def test_a_no_leaves_everything_as_it_was(deps, team, oak, clock):
    _, (first, *_) = oak
    asked = await asked_to_swap(deps, team, first)
    await handlers.decline(click(team, "Bo", swap=asked.number), deps)
    async with deps.store.open_work(team) as work:
        [answer] = [one for one in await letters_of(deps.store, team, work) if one.kind == "hotseat.swap-answer"]
        sent = await letters.swap_answered(work, answer, clock.now())
    assert "can't swap" in str(sent.message.blocks)


async def test_a_request_is_moot_when_the_seat_went_elsewhere(deps, team, oak, clock):
    _, (first, *_) = oak
    asked = await asked_to_swap(deps, team, first)
    await handlers.pass_on(click(team, "Ana", session=first.id), deps)
    async with deps.store.open_work(team) as work:
        assert isinstance(await letters.swap_asked(work, asked, clock.now()), Moot)
    answer = await handlers.agree(click(team, "Bo", swap=asked.number), deps)
    assert "somebody else meanwhile" in str(answer.message.blocks)


async def test_swapping_with_a_stranger_or_with_nobody_is_refused(deps, team, oak):
    _, (first, *_) = oak
    view = View("V1", notes=Payload({"session": first.id}))
    for partner in ("U0ZOE", "U0ANA", ""):
        request = Submission(team, an_id("Ana"), view=view, answers=typed(partner=chosen(partner)))
        with pytest.raises(Refused):
            await handlers.ask_partner(request, deps)


async def test_the_presenter_is_asked_five_working_days_before(deps, team, oak, clock):
    async with deps.store.open_work(team) as work:
        await nudges.ask_for_briefs(work, clock.now())
    assert await letters_of(deps.store, team) == []
    clock.forward(days=2)
    for _replica in range(2):
        async with deps.store.open_work(team) as work:
            await nudges.ask_for_briefs(work, clock.now())
    [asked] = await letters_of(deps.store, team)
    assert (asked.to, asked.due.isoformat()) == (an_id("Ana"), "2026-03-05T08:00:00+00:00")


async def test_the_letter_is_moot_for_who_has_the_seat_no_more(deps, team, oak, clock):
    _, (first, *_) = oak
    clock.forward(days=3)
    async with deps.store.open_work(team) as work:
        await nudges.ask_for_briefs(work, clock.now())
    [asked] = await letters_of(deps.store, team)
    async with deps.store.open_work(team) as work:
        assert isinstance(await letters.brief_asked(work, asked, clock.now()), Send)
    await handlers.pass_on(click(team, "Ana", session=first.id), deps)
    async with deps.store.open_work(team) as work:
        assert isinstance(await letters.brief_asked(work, asked, clock.now()), Moot)
        await nudges.ask_for_briefs(work, clock.now())
    assert {letter.to for letter in await letters_of(deps.store, team) if letter.kind == "hotseat.brief"} == {
        an_id("Ana"),
        an_id("Bo"),
    }


async def test_the_circle_reads_the_brief_as_it_stands(deps, team, oak, clock):
    _, (first, *_) = oak
    await handlers.save_brief(brief_form(team, "Ana", first, wanted="Experience"), deps)
    await handlers.send_brief(click(team, "Ana", session=first.id), deps)
    await handlers.save_brief(brief_form(team, "Ana", first, version=2, wanted="A reality check"), deps)
    [shared] = await letters_of(deps.store, team)
    async with deps.store.open_work(team) as work:
        sent = await letters.brief_shared(work, shared, clock.now())
        changed = await letters.order_changed(work, shared, clock.now())
    assert "A reality check" in str(sent.message.blocks) and isinstance(changed, Send)


async def test_home_shows_my_next_turn(deps, team, oak, clock):
    async with deps.store.open_view(team) as work:
        assert "hot seat" in str(await home.my_turn(work, an_id("Ana"), clock.now()))
        assert await home.my_turn(work, an_id("Zoe"), clock.now()) == []


async def test_who_has_sat_waits_for_everybody_else(deps, team, oak, clock):
    circle, (first, *_) = oak
    async with deps.store.open_work(team) as work:
        turn = Turn(first.id, (an_id("Ana"),), {Duty.SCRIBE: an_id("Dee")}, None)
        await work.turns.record(first.id, turn)
        await work.turns.record(first.id, turn)
        held = type(first)(**{**vars(first), "state": SessionState.HELD})
        await work.sessions.save(held)
        ledger = await work.turns.ledger(circle, [first])
        assert (ledger.meetings[0].sat, ledger.meetings[0].roles) == ((an_id("Ana"),), {Duty.SCRIBE: an_id("Dee")})
    order = await handlers.show(Command(team, an_id("Ana")), deps)
    lines = str(order.message.blocks)
    assert lines.index("<@U0BO>") < lines.index("*you*")
