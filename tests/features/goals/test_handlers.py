"""Goals from click to row: set, rated, closed; milestones planned, reached, missed; late, double and foreign clicks."""

from datetime import date, timedelta

import pytest

from bot.domain.commitments import Cause
from bot.domain.errors import Gone, NotYours, Refused, RefusedFields, Stale
from bot.domain.goals import GoalState
from bot.feature import Moot, Send
from bot.features.goals import handlers, letters, nudges
from bot.features.goals import home as at_home
from bot.slack.payload import Payload
from bot.slack.replies import Modal, Reply, ShowHome
from bot.slack.requests import Click, Command, Submission, View
from tests.builders import an_id, saved_member
from tests.features.answers import chosen, picked_day, typed
from tests.letters import letters_of

COMPOSE = {kind.kind: kind.compose for kind in letters.LETTERS}
GOAL = {
    "goal": "lead the meetings",
    "sign": "four of them alone",
    "by": picked_day("2026-09-01"),
    "step": chosen("2"),
}
STEP = {"milestone": "the first one", "by": picked_day("2026-04-30")}


@pytest.fixture
async def people(store, team):
    async with store.open_work(team) as work:
        await saved_member(work, "Ana")
        await saved_member(work, "Bo")


def form(team, who="Ana", notes=None, **values):
    return Submission(team, an_id(who), view=View("V1", notes=Payload(notes or {})), answers=typed(**values))


def click(team, who="Ana", **payload):
    return Click(team, an_id(who), payload=Payload(payload))


def shown(answers):
    first = answers[0] if isinstance(answers, tuple) else answers
    return str(first.message.blocks if isinstance(first, Reply) else first.view)


async def a_goal_of(deps, team, who="Ana", **values):
    await handlers.add(form(team, who, **GOAL | values), deps)
    async with deps.store.open_view(team) as work:
        return (await work.goals.of(an_id(who)))[-1]


async def a_step_of(deps, team, goal, **values):
    await handlers.plan(form(team, notes={"goal": goal.id}, **STEP | values), deps)
    async with deps.store.open_view(team) as work:
        every = await work.goals.milestones_of(goal.owner)
    return max(every, key=lambda one: one.id)


async def stored(deps, team, milestone):
    async with deps.store.open_view(team) as work:
        return await work.goals.milestone(milestone.id)


async def promised(deps, team, kind):
    """The letters of this kind once the nudges have run, twice as on two replicas."""
    for _replica in range(2):
        async with deps.store.open_work(team) as work:
            await nudges.remind(work, deps.now())
            await nudges.ask(work, deps.now())
    return await letters_of(deps.store, team, kind=f"goals.{kind}")


async def composed(deps, team, letter):
    async with deps.store.open_work(team) as work:
        return await COMPOSE[letter.kind](work, letter, deps.now())


async def test_a_goal_is_set_with_where_one_stands_and_a_second_tap_is_the_same(deps, team, people):
    assert "No goal under way" in shown(await handlers.show(Command(team, an_id("Ana")), deps))
    assert isinstance(await handlers.open_add(click(team), deps), Modal)
    first, again = await a_goal_of(deps, team), await a_goal_of(deps, team)
    assert (first.id, first.standings[0].step, first.by) == (again.id, 2, date(2026, 9, 1))
    assert "lead the meetings" in shown(await handlers.show_again(click(team), deps))
    async with deps.store.open_view(team) as work:
        assert "lead the meetings" not in str(await at_home.my_goals(work, an_id("Bo"), deps.now()))


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"goal": "", "sign": ""}, {"goal", "sign"}),
        ({"goal": "x" * 3000}, {"goal"}),
        ({"by": picked_day("2020-01-01")}, {"by"}),
        ({"by": {}}, {"by"}),
        ({"step": chosen("9")}, {"step"}),
    ],
)
async def test_what_is_wrong_in_the_form_stands_under_its_field(deps, team, people, values, wrong):
    with pytest.raises(RefusedFields) as refused:
        await handlers.add(form(team, **GOAL | values), deps)
    assert set(refused.value.fields) == wrong


async def test_a_fourth_goal_is_refused_until_one_is_closed_and_its_milestones_with_it(deps, team, people):
    made = [await a_goal_of(deps, team, goal=f"goal {number}") for number in range(3)]
    step = await a_step_of(deps, team, made[0])
    with pytest.raises(Refused, match="3 goals"):
        await handlers.open_add(click(team), deps)
    notes = {"goal": made[0].id}
    told = await handlers.close(form(team, notes=notes, state=chosen("let_go"), learned="enough"), deps)
    assert "Let go" in shown(told) and ShowHome() in told
    assert (await stored(deps, team, step)).state is GoalState.LET_GO
    with pytest.raises(Refused, match="closed"):
        await handlers.open_plan(click(team, goal=made[0].id), deps)
    with pytest.raises(Refused, match="closed"):
        await handlers.take_up(click(team, milestone=step.id), deps)
    assert "enough" in shown(await handlers.show_behind(click(team), deps))
    assert "Open again" in shown(await handlers.reopen(click(team, goal=made[0].id), deps))
    assert "It stands again" in shown(await handlers.take_up(click(team, milestone=step.id), deps))


async def test_a_goal_is_changed_and_rated_again(deps, team, people, clock):
    goal = await a_goal_of(deps, team)
    assert "four of them alone" in shown(await handlers.open_change(click(team, goal=goal.id), deps))
    await handlers.change(form(team, notes={"goal": goal.id}, **GOAL | {"goal": "lead them all"}), deps)
    clock.forward(days=30)
    assert isinstance(await handlers.open_rate(click(team, goal=goal.id), deps), Modal)
    told = await handlers.rate(form(team, notes={"goal": goal.id}, step=chosen("4"), note="went well"), deps)
    assert "up from 2" in shown(told)
    assert isinstance(await handlers.open_close(click(team, goal=goal.id), deps), Modal)


async def test_a_milestone_is_moved_missed_and_reached(deps, team, people):
    goal = await a_goal_of(deps, team)
    assert isinstance(await handlers.open_plan(click(team, goal=goal.id), deps), Modal)
    step, again = await a_step_of(deps, team, goal), await a_step_of(deps, team, goal)
    assert step.id == again.id
    value = {"milestone": step.id}
    assert isinstance(await handlers.open_move(click(team, **value), deps), Modal)
    await handlers.move(form(team, notes=value, **STEP | {"by": picked_day("2026-05-07")}), deps)
    assert isinstance(await handlers.open_missed(click(team, **value), deps), Modal)
    missed = {"cause": chosen("too_big"), "now": chosen("smaller"), "by": picked_day("2026-05-20"), "plan": "ask Sam"}
    with pytest.raises(RefusedFields) as refused:
        await handlers.missed(form(team, notes=value, **missed), deps)
    assert set(refused.value.fields) == {"milestone"}
    told = await handlers.missed(form(team, notes=value, milestone="half of it", **missed), deps)
    assert "half of it" in shown(told) and "Halve it" in shown(told)
    found = await stored(deps, team, step)
    assert found.misses[0].cause is Cause.TOO_BIG and found.misses[0].was_for == date(2026, 5, 7)
    assert isinstance(await handlers.open_reached(click(team, **value), deps), Modal)
    with pytest.raises(RefusedFields):
        await handlers.reached(form(team, notes=value, evidence="", link="javascript:x"), deps)
    assert "Sam saw" in shown(await handlers.reached(form(team, notes=value, evidence="Sam saw", link=""), deps))
    with pytest.raises(Refused, match="settled"):
        await handlers.open_missed(click(team, **value), deps)
    assert "Sam saw" in shown(await handlers.open_reached(click(team, **value), deps))


async def test_nobody_else_sees_or_changes_anything(deps, team, people):
    goal = await a_goal_of(deps, team)
    step = await a_step_of(deps, team, goal)
    for open_form in (
        handlers.open_change,
        handlers.open_rate,
        handlers.open_close,
        handlers.open_plan,
        handlers.reopen,
    ):
        with pytest.raises(NotYours):
            await open_form(click(team, "Bo", goal=goal.id), deps)
    for open_form in (handlers.open_move, handlers.open_reached, handlers.open_missed, handlers.take_up):
        with pytest.raises(NotYours):
            await open_form(click(team, "Bo", milestone=step.id), deps)
    with pytest.raises(NotYours):
        await handlers.close(form(team, "Bo", notes={"goal": goal.id}, state=chosen("reached")), deps)
    with pytest.raises(Gone):
        await handlers.open_change(click(team, goal=99), deps)
    with pytest.raises(Refused):
        await handlers.open_change(click(team, goal="1; drop"), deps)


async def test_a_save_that_came_second_is_refused(deps, team, people):
    goal = await a_goal_of(deps, team)
    async with deps.store.open_work(team) as work:
        await work.goals.save(goal)
    with pytest.raises(Stale):
        async with deps.store.open_work(team) as work:
            await work.goals.save(goal)


async def test_two_letters_for_a_milestone_and_the_answer_takes_their_buttons(deps, team, people, clock):
    goal = await a_goal_of(deps, team)
    step = await a_step_of(deps, team, goal)
    assert await promised(deps, team, "ahead") == []
    clock.forward(days=51)
    [ahead] = await promised(deps, team, "ahead")
    assert ahead.due.date() == date(2026, 4, 23)
    clock.to(ahead.due)
    assert isinstance(await composed(deps, team, ahead), Send)
    clock.forward(days=8)
    assert isinstance(await composed(deps, team, ahead), Moot)
    [after] = await promised(deps, team, "after")
    assert after.due.date() == date(2026, 5, 1)
    clock.forward(days=200)
    assert await promised(deps, team, "after") == [after]
    assert (await stored(deps, team, step)).told_on == (date(2026, 4, 23), date(2026, 5, 1))


async def test_a_quarter_later_the_owner_is_asked_where_they_stand_unless_they_said_it(deps, team, people, clock):
    goal = await a_goal_of(deps, team)
    clock.forward(days=91)
    [letter] = await promised(deps, team, "stand")
    clock.to(letter.due)
    assert isinstance(await composed(deps, team, letter), Send)
    clock.forward(minutes=1)
    await handlers.rate(form(team, notes={"goal": goal.id}, step=chosen("3"), note=""), deps)
    assert isinstance(await composed(deps, team, letter), Moot)
    async with deps.store.open_view(team) as work:
        asked_next = (await work.goals.get(goal.id)).ask_at
    assert asked_next is not None and asked_next > letter.due + timedelta(days=90)
