"""The driver's menus, boxes, pickers, Home and threads, against a real Bolt app."""

from datetime import date

import pytest

from bot.sandbox.look import Missing
from bot.sandbox.person import World
from tests.sandbox.blocks import actions, button, field, modal, option, plain, section, select
from tests.sandbox.bolted import both

KIND = select(action_id="kind", options=[option("1", "Peer"), option("2", "Sponsor")])
BOXES = {
    "type": "checkboxes",
    "action_id": "boxes",
    "options": [option("m", "Mornings"), option("e", "Evenings")],
}
HOME = {
    "type": "home",
    "blocks": [
        section(text=plain("What kind"), accessory=KIND),
        actions(BOXES, button(action_id="more", text=plain("More"))),
    ],
}
SKILL = {"type": "external_select", "action_id": "skill", "min_query_length": 0}
FORM = modal(
    field(SKILL, block_id="skill", label=plain("Skill")),
    field({"type": "multi_users_select", "action_id": "who"}, block_id="who", label=plain("With whom")),
    field({"type": "datetimepicker", "action_id": "at"}, block_id="at", label=plain("When"), optional=True),
    field({**BOXES}, block_id="boxes", label=plain("Hours"), optional=True),
    callback_id="form",
)


def little_bot(app):
    async def tell(client, user, text, **more):
        channel = (await client.conversations_open(users=user))["channel"]["id"]
        return await client.chat_postMessage(channel=channel, text=text, **more)

    @app.event("app_home_opened")
    async def opened(event, client):
        await client.views_publish(user_id=event["user"], view=HOME)

    @app.action("kind")
    async def kind(ack, action, body, client):
        await ack()
        await tell(client, body["user"]["id"], f"Kind: {action['selected_option']['text']['text']}")

    @app.action("boxes")
    async def boxes(ack, action, body, client):
        await ack()
        await tell(client, body["user"]["id"], f"Boxes: {len(action['selected_options'])}")

    @app.action("more")
    async def more(ack, body, client):
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    @app.options("skill")
    async def skills(ack, payload):
        names = [name for name in ("Python", "Painting") if payload["value"].lower() in name.lower()]
        await ack(options=[option(name.lower(), name) for name in names])

    @app.view("form")
    async def form(ack, body, view, client):
        await ack()
        values = view["state"]["values"]
        skill = values["skill"]["skill"]["selected_option"]["value"]
        people = ", ".join(f"<@{user}>" for user in values["who"]["who"]["selected_users"])
        hours = len(values["boxes"]["boxes"]["selected_options"])
        parent = await tell(client, body["user"]["id"], f"{skill} with {people}, {hours} hours")
        await tell(client, body["user"]["id"], "In the thread", thread_ts=parent["ts"])


@pytest.fixture
async def ana():
    async with both("socket", little_bot) as server, World(server.url, patience=2) as world:
        ana = world.person("Ana")
        await ana.open_home()
        yield ana


async def test_a_menu_of_home_is_chosen_from_by_its_words(ana):
    await ana.choose("What kind", "Sponsor", at="home")
    await ana.sees("Kind: Sponsor", in_="dm")
    with pytest.raises(Missing, match='does not offer "Nobody"'):
        await ana.choose("What kind", "Nobody", at="home")


async def test_boxes_are_ticked_one_by_one_and_unticked(ana):
    for label, ticked in (("Mornings", 1), ("Evenings", 2), ("Mornings", 1)):
        (said,) = await ana.click(label, at="home")
        assert said.text == f"Boxes: {ticked}"


async def test_a_dialog_with_a_searched_menu_and_several_people(ana):
    await ana.click("More", at="home")
    answers = {"Skill": "pyth", "With whom": ["Bo Lindqvist", "Kenji"], "Hours": ["Evenings"], "When": None}
    await ana.fill(answers)
    assert "Python" in (await ana.modal()).text
    await ana.submit()
    look = await ana.sees("python with @Bo Lindqvist, @Kenji Watanabe, 1 hours", in_="dm")
    await ana.sees("In the thread", in_="dm")
    thread = await ana.thread("Mentor", look.ts)
    assert thread.text.splitlines()[-1] == "Mentor: In the thread"


async def test_behind_an_open_dialog_nothing_is_clicked(ana):
    await ana.click("More", at="home")
    with pytest.raises(Missing, match='The open dialog has no "Mornings, please"'):
        await ana.click("Mornings, please")
    await ana.click("Cancel")
    assert await ana.modal() is None


async def test_dates_may_be_given_as_dates(ana):
    await ana.click("More", at="home")
    with pytest.raises(Missing, match="no field called"):
        await ana.fill({"Day": date(2026, 3, 12)})
