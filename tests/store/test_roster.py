"""Members brought in from a file, in a few statements; an export comes back without a change."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.errors import Stale
from bot.domain.ids import TeamId
from bot.domain.roster import Known, planned, read_sheet, written
from tests.builders import a_profile, an_id, saved_member, saved_profile
from tests.people_in_files import everybody

ELM = TeamId("T0ELM")


class Undo(Exception):
    """Ends a work block so that nothing of it is kept."""


async def brought_in(work, text, kind=".csv"):
    plan = planned(read_sheet(text, kind).rows, await work.members.known())
    assert plan.problems == ()
    await work.members.bring_in(plan.changes)
    return plan


@given(people=everybody(), kind=st.sampled_from([".csv", ".json"]))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
async def test_an_export_changes_nothing_and_makes_the_same_people_elsewhere(store, team, people, kind):
    members, profiles = people
    with pytest.raises(Undo):
        async with store.open_work(team) as work:
            for member in members.values():
                await work.members.save(member)
            for profile in profiles.values():
                await work.members.add_profile(profile)
            known = await work.members.known()
            assert known == Known(members, profiles)
            assert (await brought_in(work, written(known, kind, managers=True), kind)).changes == ()
            raise Undo
    with pytest.raises(Undo):
        async with store.open_work(ELM) as work:
            await brought_in(work, written(known, kind, managers=True), kind)
            made = await work.members.known()
            public = {id: replace(profile, goals="", boundaries="") for id, profile in profiles.items()}
            assert (set(made.members), made.profiles) == (set(members), public)
            assert (await brought_in(work, written(known, kind, managers=True), kind)).changes == ()
            raise Undo


async def test_what_differs_is_written_and_the_rest_stays(store, team):
    async with store.open_work(team) as work:
        await saved_profile(work, "Ana", goals="Mine.")
        await saved_member(work, "Lea", dm="D0LEA")
        await brought_in(work, "id,tz,city\nU0ANA,,Lodz\nU0LEA,Asia/Tokyo,\nU0CHI,,Turku\n")
    async with store.open_view(team) as work:
        known = await work.members.known()
    assert known.profiles[an_id("Ana")] == a_profile(goals="Mine.", location="Lodz", version=2)
    assert (known.members[an_id("Lea")].own_zone, known.members[an_id("Lea")].dm) == ("Asia/Tokyo", "D0LEA")
    assert an_id("Lea") not in known.profiles
    assert known.profiles[an_id("Chi")].location == "Turku"


async def test_a_profile_saved_meanwhile_stops_all_of_it(store, team):
    async with store.open_work(team) as work:
        profile = await saved_profile(work)
        plan = planned(read_sheet("id,city\nU0ANA,Lodz\n", ".csv").rows, await work.members.known())
        await work.members.save_profile(profile)
        with pytest.raises(Stale):
            await work.members.bring_in(plan.changes)


async def test_somebody_met_meanwhile_stops_all_of_it(store, team):
    async with store.open_work(team) as work:
        plan = planned(read_sheet("id,city\nU0ANA,Lodz\n", ".csv").rows, await work.members.known())
        await saved_member(work)
    with pytest.raises(Stale):
        async with store.open_work(team) as work:
            await work.members.bring_in(plan.changes)
