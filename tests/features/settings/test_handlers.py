"""What somebody chooses about being written to, from request to row; forged and hostile answers too."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot import planning
from bot.domain.errors import Refused, RefusedFields, Stale
from bot.domain.manners import Own, Topic
from bot.domain.programs import Role
from bot.domain.sessions import SessionState
from bot.features.settings import handlers, letters, nudges
from bot.slack.payload import Payload
from bot.slack.requests import Click, Command, Submission, Suggest, View
from tests.builders import a_member, an_id, saved_circle, saved_member, saved_program
from tests.features.answers import chosen, picked_time, typed
from tests.letters import letters_of

ORDINARY = {
    "opens": picked_time("10:00"),
    "closes": picked_time("16:00"),
    "weekly": chosen("2"),
    "country": chosen("DE"),
    "muted": ["checkins"],
}
HOUSE = {
    "opens": picked_time("09:00"),
    "closes": picked_time("17:00"),
    "weekly": "2",
    "holidays": ["yes"],
    "weeks": ["2026-03-30"],
}


@pytest.fixture
async def ana(deps, team):
    async with deps.store.open_work(team) as work:
        await work.members.save(a_member("Ana", zone="Europe/Lisbon"))
    return an_id("Ana")


@pytest.fixture
async def lead(deps, team):
    async with deps.store.open_work(team) as work:
        await saved_program(work)
        await saved_member(work, "Miriam")
        await work.programs.give_role(an_id("Miriam"), Role.LEAD)
    return an_id("Miriam")


def submission(team, member, notes=None, **answers):
    return Submission(team, member, view=View("V1", notes=Payload(notes or {})), answers=typed(**answers))


async def own(deps, team, member) -> Own:
    async with deps.store.open_view(team) as work:
        return await work.settings.of(member)


async def test_what_is_chosen_is_kept_and_shown_again(deps, team, ana):
    reply, _home = await handlers.save_settings(submission(team, ana, **ORDINARY), deps)
    assert "from 10:00 to 16:00, Lisbon time" in str(reply.message.blocks)
    kept = await own(deps, team, ana)
    assert kept == Own(time(10), time(16), "DE", 2, frozenset({Topic.CHECKINS}))
    modal = await handlers.open_settings(Command(team, ana), deps)
    assert "Germany" in str(modal.view)


async def test_what_is_as_the_program_has_it_is_not_kept(deps, team, ana):
    usual = {"opens": picked_time("09:00"), "closes": picked_time("18:00"), "weekly": chosen("usual")}
    await handlers.save_settings(submission(team, ana, **usual, country=chosen("usual")), deps)
    assert await own(deps, team, ana) == Own()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"closes": picked_time("10:30")}, "closes"),
        ({"closes": picked_time("08:00")}, "closes"),
        ({"opens": picked_time("01:00")}, "closes"),
        ({"opens": {}}, "opens"),
        ({"country": chosen("<!channel>")}, "country"),
        ({"country": chosen("x" * 3000)}, "country"),
    ],
)
async def test_what_makes_no_sense_is_refused_under_its_field(deps, team, ana, wrong, field):
    with pytest.raises(RefusedFields) as refused:
        await handlers.save_settings(submission(team, ana, **{**ORDINARY, **wrong}), deps)
    assert field in refused.value.fields


async def test_forged_choices_are_left_out(deps, team, ana):
    forged = {**ORDINARY, "weekly": chosen("999"), "muted": ["checkins", "everything", "💥"]}
    await handlers.save_settings(submission(team, ana, **forged), deps)
    kept = await own(deps, team, ana)
    assert kept.weekly is None and kept.muted == {Topic.CHECKINS}


@pytest.mark.parametrize("parts", [{"topic": "checkins"}, {"topic": 7}, {}, {"topic": "nonsense"}])
async def test_the_button_below_a_message_opens_them_whatever_it_carries(deps, team, ana, parts):
    modal = await handlers.open_settings_by_button(Click(team, ana, payload=Payload(parts)), deps)
    assert ("That was one of" in str(modal.view)) is (parts == {"topic": "checkins"})


async def test_countries_are_found_by_their_names(deps, team, ana):
    found = await handlers.suggest_country(Suggest(team, ana, typed="portu"), deps)
    assert found.options[0][0].endswith("Portugal") and ("Portugal", "PT") in found.options
    assert len((await handlers.suggest_country(Suggest(team, ana, typed="(" * 3000), deps)).options) == 2


async def test_somebody_unknown_is_told_what_to_do(deps, team):
    with pytest.raises(Refused, match="Type `/mentor` once"):
        await handlers.open_settings(Command(team, an_id("Zoe")), deps)


# The program's


async def test_only_those_who_run_the_program_set_its_manners(deps, team, ana, lead):
    with pytest.raises(Refused, match="program leads"):
        await handlers.save_house(submission(team, ana, {"version": 1}, **HOUSE), deps)
    with pytest.raises(Refused, match="program leads"):
        await handlers.open_house(Command(team, ana), deps)
    with pytest.raises(Stale):
        await handlers.save_house(submission(team, lead, {"version": 7}, **HOUSE), deps)


@pytest.mark.parametrize("wrong", [{"weekly": "0"}, {"weekly": "99"}, {"weekly": "two"}, {"weeks": ["never"]}])
async def test_a_program_that_makes_no_sense_is_refused(deps, team, lead, wrong):
    with pytest.raises(RefusedFields):
        await handlers.save_house(submission(team, lead, {"version": 1}, **{**HOUSE, **wrong}), deps)


async def test_sessions_in_a_week_off_are_left_out_and_the_circle_hears_of_it(deps, team, lead, clock):
    async with deps.store.open_work(team) as work:
        circle = await saved_circle(work, channel="C0OAK")
        await planning.plan_ahead(work, circle, clock.now())
        before = await work.sessions.of_circle(circle.id)
    week = before[2].starts.date() - timedelta(days=before[2].starts.weekday())
    answers = {**HOUSE, "weeks": [week.isoformat()]}
    reply, _home = await handlers.save_house(submission(team, lead, {"version": 1}, **answers), deps)
    assert "1 session is left out" in str(reply.message.blocks)
    [letter] = await letters_of(deps.store, team, kind="sessions.off")
    assert (letter.to, letter.number) == ("C0OAK", before[2].id)
    async with deps.store.open_work(team) as work:
        await planning.plan_ahead(work, circle, clock.now())
        after = await work.sessions.of_circle(circle.id)
    assert [one.state for one in after].count(SessionState.PLANNED) == 6
    assert after[2].state is SessionState.SKIPPED


async def test_a_new_circle_plans_around_weeks_off(deps, team, lead, clock):
    await handlers.save_house(submission(team, lead, {"version": 1}, **HOUSE), deps)
    async with deps.store.open_work(team) as work:
        circle = await saved_circle(work, channel="C0OAK")
        await planning.plan_ahead(work, circle, clock.now())
        planned = await work.sessions.of_circle(circle.id)
    in_it = [one for one in planned if date(2026, 3, 30) <= one.starts.date() < date(2026, 4, 6)]
    assert [one.state for one in in_it] == [SessionState.SKIPPED] and len(planned) == 7
    assert len(await letters_of(deps.store, team, kind="sessions.off")) == 1


# After a break


async def test_who_comes_back_is_welcomed_once_with_their_own_line(deps, team, ana, clock):
    until = clock.now() + timedelta(days=2)
    async with deps.store.open_work(team) as work:
        known = await work.members.get(ana)
        await work.members.save(replace(known, paused_until=until, pause_note="Back after the move"))
    clock.to(until)
    for _replica in range(2):
        async with deps.store.open_work(team) as work:
            await nudges.welcome_back(work, clock.now())
    [letter] = await letters_of(deps.store, team)
    async with deps.store.open_work(team) as work:
        sent = await letters.back(work, letter, clock.now())
        assert (await work.members.get(ana)).paused_until is None
    assert "Welcome back" in sent.message.text and "Back after the move" in str(sent.message.blocks)
