"""views.*: triggers, the stack of three, hashes and external ids; and the tabs that a manifest switches off."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.server import running
from tests.sandbox.blocks import field, modal, section
from tests.sandbox.calling import ALL_SCOPES, refused, with_scopes

FORM = modal(section())


@pytest.fixture
def trigger(server, person):
    """A fresh trigger of Ana's: from a command, or from inside a view."""

    def issue(view=""):
        return server.slack.triggers.issue(person("Ana").id, view=view)

    return issue


async def opened(client, trigger, view=FORM):
    return (await client.views_open(trigger_id=trigger(), view=view))["view"]


async def test_a_view_comes_back_with_all_that_slack_adds(client, trigger, server):
    view = await opened(client, trigger, {**FORM, "private_metadata": "m", "callback_id": "form"})
    assert view["id"] == view["root_view_id"]
    assert (view["private_metadata"], view["callback_id"], view["app_id"]) == ("m", "form", server.workspace.app_id)
    assert view["blocks"][0]["block_id"]
    assert view["hash"]


async def test_at_most_three_views_lie_on_each_other(client, trigger):
    root = await opened(client, trigger)
    second = (await client.views_push(trigger_id=trigger(root["id"]), view=FORM))["view"]
    assert (second["root_view_id"], second["previous_view_id"]) == (root["id"], root["id"])
    third = (await client.views_push(trigger_id=trigger(second["id"]), view=FORM))["view"]
    push = client.views_push(trigger_id=trigger(third["id"]), view=FORM)
    assert await refused(push) == "push_limit_reached"


async def test_a_view_is_pushed_only_from_inside_one(client, trigger):
    assert await refused(client.views_push(trigger_id=trigger(), view=FORM)) == "invalid_trigger_id"
    assert await refused(client.views_open(trigger_id="1.2.three", view=FORM)) == "invalid_trigger_id"
    missing = client.api_call("views.open", json={"view": FORM})
    assert await refused(missing) == "invalid_arguments"


async def test_a_stale_hash_is_refused(client, trigger):
    view = await opened(client, trigger)
    await client.views_update(view_id=view["id"], view=FORM, hash=view["hash"])
    stale = client.views_update(view_id=view["id"], view=FORM, hash=view["hash"])
    assert await refused(stale) == "hash_conflict"


async def test_what_was_closed_cannot_be_updated(client, trigger, server):
    view = await opened(client, trigger)
    server.slack.screens.close(server.slack.screens.find(view["id"]))
    assert await refused(client.views_update(view_id=view["id"], view=FORM)) == "not_found"
    late = client.views_push(trigger_id=trigger(view["id"]), view=FORM)
    assert await refused(late) == "not_found"


async def test_an_external_id_is_used_once(client, trigger):
    await opened(client, trigger, {**FORM, "external_id": "one"})
    await client.views_update(external_id="one", view={**FORM, "external_id": "one"})
    other = client.views_publish(user_id="U1", view={"type": "home", "blocks": [section()], "external_id": "one"})
    assert await refused(other) == "user_not_found"
    root = (await client.views_update(external_id="one", view={**FORM, "external_id": "one"}))["view"]["id"]
    twice = client.views_push(trigger_id=trigger(root), view={**FORM, "external_id": "one"})
    assert await refused(twice) == "duplicate_external_id"


async def test_what_was_typed_stays_over_an_update(client, trigger, server):
    form = modal(field({"type": "plain_text_input", "action_id": "a"}, block_id="b"))
    view = await opened(client, trigger, form)
    stored = server.slack.screens.find(view["id"])
    stored.typed["b"] = {"a": {"type": "plain_text_input", "value": "typed"}}
    updated = (await client.views_update(view_id=view["id"], view=form))["view"]
    assert updated["state"]["values"]["b"]["a"]["value"] == "typed"


async def test_a_wrong_view_points_to_its_fault(client, trigger):
    wrong = modal(section(text={"type": "mrkdwn", "text": ""}))
    with pytest.raises(Exception, match="json-pointer:/view/blocks/0/text/text"):
        await opened(client, trigger, wrong)


@pytest.mark.parametrize(("tab", "error"), [("home_tab_enabled", "not_enabled"), ("messages_tab_enabled", None)])
async def test_a_tab_that_is_off_takes_nothing(tab, error):
    manifest = with_scopes(*ALL_SCOPES)
    tabs = {**manifest["features"]["app_home"], tab: False}
    manifest = {**manifest, "features": {**manifest["features"], "app_home": tabs}}
    async with running(seed="empty", manifest=manifest) as server:
        client = AsyncWebClient(token=server.bot_token, base_url=server.api_url)
        ana = server.workspace.find_person("Ana").id
        home = client.views_publish(user_id=ana, view={"type": "home", "blocks": [section()]})
        if error:
            assert await refused(home) == error
            return
        await home
        channel = (await client.conversations_open(users=ana))["channel"]["id"]
        assert await refused(client.chat_postMessage(channel=channel, text="x")) == "messages_tab_disabled"
