"""Installations: one a workspace, with its token sealed."""

from dataclasses import replace

from sqlalchemy import text

from bot.store.installations import Paused
from tests.builders import an_installation, saved_installation


async def test_an_installation_comes_back_as_saved(store, team):
    async with store.open_work(team) as work:
        saved = await saved_installation(work)
        assert await work.installations.get() == saved


async def test_installing_again_brings_the_new_token_and_scopes(store, team):
    async with store.open_work(team) as work:
        first = await saved_installation(work)
        again = await saved_installation(work, token="xoxb-new", scopes=(*first.scopes, "im:history"))
        assert await work.installations.get() == again


async def test_a_workspace_without_one_has_none(store, team):
    async with store.open_view(team) as work:
        assert await work.installations.get() is None


async def test_a_pause_keeps_the_rest(store, team):
    async with store.open_work(team) as work:
        saved = await saved_installation(work)
        await work.installations.pause("The token was revoked.")
        assert await work.installations.get() == replace(saved, paused_why="The token was revoked.")


def test_an_installation_does_not_show_its_token(team):
    assert "xoxb" not in repr(an_installation(team))


async def test_one_that_is_paused_is_found_without_opening_a_token(store, team):
    async with store.open_work(team) as work:
        await saved_installation(work)
    assert await store.one_paused() is None
    async with store.open_work(team) as work:
        await work.installations.pause("token_revoked")
        await work.connection.execute(text("UPDATE installations SET token = 'sealed with a key that is gone'"))
    assert await store.one_paused() == Paused(team, "Oak Inc", "token_revoked")
