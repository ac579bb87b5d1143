"""After a change of keys everything opens with the new one alone."""

from dataclasses import replace

from sqlalchemy import text

from bot.store.engine import connect
from bot.store.keyring import Keyring, new_key
from bot.store.reseal import reseal, sealed_columns
from bot.store.unit_of_work import Store
from tests.builders import a_member, a_profile, an_id

OLD, NEW = new_key("old"), new_key("new")


async def test_everything_opens_with_the_new_key_alone(database_url, team):
    before = Store(connect(database_url, Keyring.parse(OLD)))
    async with before.open_work(team) as work:
        for number in range(450):
            name = f"P{number:03}"
            await work.members.save(a_member(name, pause_note="Gone fishing"))
            await work.members.add_profile(replace(a_profile(name), goals=f"goal {number}"))
    await before.close()
    both = Keyring.parse(f"{NEW},{OLD}")
    during = Store(connect(database_url, both))
    counts = {one.column: one.count async for one in reseal(during, both)}
    again = {one.column: one.count async for one in reseal(during, both)}
    await during.close()
    after = Store(connect(database_url, Keyring.parse(NEW)))
    async with after.open_view(team) as work:
        assert (await work.members.profile(an_id("P449"))).goals == "goal 449"
        assert (await work.members.get(an_id("P000"))).pause_note == "Gone fishing"
    await after.close()
    assert counts["profiles.goals"] == counts["members.pause_note"] == 450
    assert set(again.values()) == {0}


async def test_no_sealed_text_can_be_read_in_the_database(store, engine, team):
    async with store.open_work(team) as work:
        await work.members.save(a_member(pause_note="Gone fishing"))
        await work.members.add_profile(a_profile(goals="A private goal"))
    async with engine.connect() as connection:
        raw = str((await connection.execute(text("select goals from profiles"))).scalar_one())
    assert "private" not in raw


def test_each_sealed_column_is_bound_to_its_place():
    columns = sealed_columns()
    assert columns
    for column in columns:
        assert column.type.column == f"{column.table.name}.{column.name}"
