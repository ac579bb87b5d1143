"""When a pair or a circle doesn't work: something else, and no trace of why."""

from dataclasses import replace

import pytest

from bot.domain.errors import NotYours, Refused
from bot.domain.intros import matched
from bot.domain.matching import Pair
from bot.feature import Moot, Send
from bot.features.matching import lead_handlers, letters, rematch_handlers
from bot.slack.requests import Command
from bot.store.outbox import Letter, outbox
from tests.builders import a_rule, an_id, saved_circle
from tests.clock import START
from tests.features.matching.drafting import acts_of, letters_of
from tests.features.matching.test_pairs import drawn, intros_of


async def a_pair(deps, team, one="Ana", other="Bo"):
    drawn_pair = Pair(an_id(one), an_id(other), "skill", 1, "Offers *giving feedback*, which you asked for.", "", {})
    async with deps.store.open_work(team) as work:
        await work.intros.add_matched([matched(drawn_pair, 1, START)])
        return (await work.intros.of([an_id(one)]))[-1]


async def letter_of(deps, team, kind):
    async with deps.store.open_view(team) as work:
        row = (await work.outbox.rows(outbox.select().where(outbox.c.kind == kind)))[0]
    return Letter(row.id, row.key, row.kind, row.subject, row.channel or "", START)


async def test_nothing_to_change_teaches(deps, team, people):
    await people()
    reply = await rematch_handlers.match_again(Command(team, an_id("Ana")), deps)
    assert "no pair and no circle" in str(reply.message.blocks)


async def test_a_pair_that_does_not_work_is_over_for_the_matcher_and_nobody_is_told(deps, team, people, click):
    await people()
    intro = await a_pair(deps, team)
    reply = await rematch_handlers.match_again(Command(team, an_id("Ana")), deps)
    assert "This isn't working" in str(reply.message.blocks)
    before = await letters_of(deps, team)
    answer = await rematch_handlers.say_unfit(click("Ana", intro=intro.id), deps)
    await rematch_handlers.say_unfit(click("Ana", intro=intro.id), deps)
    shown = str(answer.message.blocks)
    assert "nobody is told" in shown and "Next best" in shown and an_id("Bo") not in shown.split("Next best")[1]
    assert await letters_of(deps, team) == before and await acts_of(deps, team) == []
    async with deps.store.open_view(team) as work:
        assert (await work.fits.places_held(START.replace(year=2020))) == {}
        assert await work.fits.provided(START.replace(year=2020)) == frozenset()
    reply = await rematch_handlers.match_again(Command(team, an_id("Ana")), deps)
    assert "no pair and no circle" in str(reply.message.blocks)
    reply = await rematch_handlers.match_again(Command(team, an_id("Bo")), deps)
    assert "This isn't working" in str(reply.message.blocks)


async def test_the_mentor_may_say_so_as_well(deps, team, people, click):
    await people()
    intro = await a_pair(deps, team)
    answer = await rematch_handlers.say_unfit(click("Bo", intro=intro.id), deps)
    assert "free for somebody else" in str(answer.message.blocks) and "Next best" not in str(answer.message.blocks)


@pytest.mark.parametrize("handler", [rematch_handlers.say_unfit, rematch_handlers.tell])
async def test_it_is_for_the_two_alone(deps, team, people, click, handler):
    await people()
    intro = await a_pair(deps, team)
    with pytest.raises(NotYours):
        await handler(click("Chi", intro=intro.id), deps)
    with pytest.raises(Refused):
        await handler(click("Ana", intro=99), deps)


async def test_the_other_hears_kindly_where_that_is_wanted_and_once(deps, team, people, click):
    await people()
    intro = await a_pair(deps, team)
    for _ in range(2):
        answer = await rematch_handlers.tell(click("Ana", intro=intro.id), deps)
    assert "no reason" in str(answer.message.blocks)
    assert (await letters_of(deps, team)).count("matching.moved_on") == 1
    letter = replace(await letter_of(deps, team, "matching.moved_on"), to=an_id("Bo"))
    async with deps.store.open_view(team) as work:
        sent = await letters.compose_moved_on(work, letter, START)
        assert isinstance(await letters.compose_moved_on(work, replace(letter, subject="99"), START), Moot)
    assert isinstance(sent, Send) and "nobody is to blame" in str(sent.message.blocks)


async def test_a_lead_looks_again_for_somebody_and_the_log_keeps_no_name(deps, team, pairs, lead):
    await pairs()
    shown = await drawn(deps, team)
    mentee = shown.pairs.pairs[0].mentee
    with pytest.raises(Refused, match="Only a published pair"):
        await rematch_handlers.look_again(lead(draft=shown.draft.id, first=mentee), deps)
    await lead_handlers.publish(lead(draft=shown.draft.id, skip=0), deps)
    with pytest.raises(Refused, match="Only program leads"):
        await rematch_handlers.look_again(lead("Ana", draft=shown.draft.id, first=mentee), deps)
    turned = await rematch_handlers.look_again(lead(draft=shown.draft.id, first=mentee), deps)
    assert "hears from me who else fits" in str(turned.view)
    with pytest.raises(Refused, match="already"):
        await rematch_handlers.look_again(lead(draft=shown.draft.id, first=mentee), deps)
    async with deps.store.open_view(team) as work:
        entry = (await work.audit.latest())[0]
    letter = await letter_of(deps, team, "matching.another")
    assert entry.act == "match.again" and mentee not in str(entry)
    async with deps.store.open_view(team) as work:
        sent = await letters.compose_another(work, replace(letter, to=mentee), START)
    assert isinstance(sent, Send) and "Next best" in str(sent.message.blocks)
    old = (await intros_of(deps, team, mentee[2:].title()))[0].asked
    assert old not in str(sent.message.blocks).split("Next best")[1]


@pytest.fixture
def two_circles(deps, team, program):
    """Ana sits in Oak; Birch has room at the same hour."""

    async def saved(**rule):
        await program()
        async with deps.store.open_work(team) as work:
            oak = await saved_circle(work, "Ana", "Bo", "Chi", "Dee", name="Oak")
            birch = await saved_circle(work, "Eve", "Fay", "Gus", "Hal", name="Birch", rule=a_rule(**rule))
        return oak, birch

    return saved


async def test_another_circle_is_found_and_the_move_looks_like_any(deps, team, two_circles, click):
    oak, birch = await two_circles()
    reply = await rematch_handlers.match_again(Command(team, an_id("Ana")), deps)
    assert "Find me another circle" in str(reply.message.blocks)
    answer = await rematch_handlers.find_other_circle(click("Ana", circle=oak.id), deps)
    assert "Birch would suit you" in str(answer.message.blocks)
    answer = await rematch_handlers.move(click("Ana", old=oak.id, new=birch.id), deps)
    assert "You are in Birch now" in str(answer.message.blocks)
    async with deps.store.open_view(team) as work:
        left, joined = await work.circles.get(oak.id), await work.circles.get(birch.id)
        acts = [(entry.act, entry.subject, dict(entry.details)) for entry in await work.audit.latest()]
    assert an_id("Ana") not in left.members and an_id("Ana") in joined.members
    assert ("circle.leave", f"circle:{oak.id}", {}) in acts and ("circle.join", f"circle:{birch.id}", {}) in acts
    assert {"circles.small"} <= set(await letters_of(deps, team))
    with pytest.raises(Refused, match="not a member"):
        await rematch_handlers.move(click("Ana", old=oak.id, new=birch.id), deps)


async def test_where_no_circle_suits_it_is_said_with_what_to_do(deps, team, two_circles, click):
    oak, _ = await two_circles(weekdays=(6,))
    answer = await rematch_handlers.find_other_circle(click("Ana", circle=oak.id), deps)
    assert "No other circle with room suits" in str(answer.message.blocks)


async def test_nobody_is_moved_to_their_own_line(deps, team, two_circles, click):
    oak, birch = await two_circles()
    async with deps.store.open_work(team) as work:
        profile = await work.members.profile(an_id("Ana"))
        await work.members.save_profile(replace(profile, manager=an_id("Eve")))
    answer = await rematch_handlers.find_other_circle(click("Ana", circle=oak.id), deps)
    assert "No other circle" in str(answer.message.blocks)
    with pytest.raises(Refused, match="reporting line"):
        await rematch_handlers.move(click("Ana", old=oak.id, new=birch.id), deps)


async def test_strangers_move_nobody(deps, team, two_circles, click):
    oak, birch = await two_circles()
    with pytest.raises(Refused, match="not a member"):
        await rematch_handlers.find_other_circle(click("Ida", circle=oak.id), deps)
    with pytest.raises(Refused, match="not a member"):
        await rematch_handlers.move(click("Ida", old=oak.id, new=birch.id), deps)
