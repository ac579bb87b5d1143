"""The driver acts by what is visible, against a real Bolt app."""

import asyncio
from dataclasses import replace

import pytest

from bot.sandbox.look import Missing
from bot.sandbox.person import Declined, NotDone, World
from tests.sandbox.bolted import both

FORM = {
    "type": "modal",
    "callback_id": "promise",
    "title": {"type": "plain_text", "text": "Commit"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "block_id": "what",
            "label": {"type": "plain_text", "text": "I will"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        },
        {
            "type": "input",
            "block_id": "day",
            "label": {"type": "plain_text", "text": "By"},
            "element": {"type": "datepicker", "action_id": "day"},
        },
        {
            "type": "input",
            "block_id": "who",
            "optional": True,
            "label": {"type": "plain_text", "text": "Witness"},
            "element": {"type": "users_select", "action_id": "who"},
        },
    ],
}


def person_row(name):
    return [
        {"type": "section", "text": {"type": "mrkdwn", "text": f"*{name}* likes Python"}},
        {
            "type": "actions",
            "elements": [
                {
                    "type": "button",
                    "action_id": "ask",
                    "value": name,
                    "text": {"type": "plain_text", "text": "Ask"},
                }
            ],
        },
    ]


def little_bot(app):
    @app.command("/mentor")
    async def mentor(ack, respond, body, client):
        await ack()
        if body["text"] == "commit":
            await client.views_open(trigger_id=body["trigger_id"], view=FORM)
        else:
            await respond(text="People", blocks=person_row("Bo") + person_row("Priya"))

    @app.action("ask")
    async def ask(ack, respond, action):
        await ack()
        await respond(text=f"{action['value']} has been asked", replace_original=True)

    @app.view("promise")
    async def promised(ack, view, body, client):
        values = view["state"]["values"]
        if values["what"]["text"]["value"] == "nothing":
            await ack(response_action="errors", errors={"what": "Say a little more."})
            return
        await ack()
        channel = (await client.conversations_open(users=body["user"]["id"]))["channel"]["id"]
        who = values["who"]["who"]["selected_user"]
        await client.chat_postMessage(
            channel=channel, text=f"Until {values['day']['day']['selected_date']}, witness <@{who}>"
        )


@pytest.fixture(params=["socket", "http"])
async def world(request):
    async with both(request.param, little_bot) as server, World(server.url, patience=2) as world:
        yield world


async def test_of_two_buttons_alike_the_one_near_the_name_is_clicked(world):
    ana = world.person("Ana")
    (shown,) = await ana.command("/mentor match")
    assert shown.ephemeral
    assert shown.labels() == ["Ask", "Ask"]
    await ana.click("Ask", near="Bo")
    await ana.sees("Bo has been asked", in_="dm")
    assert not await world.refusals()


async def test_what_changed_between_the_look_and_the_click_is_looked_at_again(world, monkeypatch):
    ana = world.person("Ana")
    (shown,) = await ana.command("/mentor match")
    stale = [(shown, shown.find("Ask", "Bo")), (shown, shown.find("Ask", "Bo"))]
    find = ana._find

    async def find_late(*what, **where):
        look, control = stale.pop()
        if not stale:
            return await find(*what, **where)
        return look, replace(control, block={**control.block, "block_id": "gone"})

    monkeypatch.setattr(ana, "_find", find_late)
    await ana.click("Ask", near="Bo")
    await ana.sees("Bo has been asked", in_="dm")


async def test_what_comes_a_moment_later_is_waited_for(world):
    ana = world.person("Ana")
    shown = asyncio.create_task(ana.click("Ask", near="Bo"))
    await asyncio.sleep(0.2)
    await ana.command("/mentor match")
    await shown
    await ana.sees("Bo has been asked", in_="dm")
    typed = asyncio.create_task(ana.fill({"I will": "write"}))
    await asyncio.sleep(0.2)
    await ana.command("/mentor commit")
    await typed
    assert (await ana.modal()).state["what"]["text"]["value"] == "write"


async def test_a_dialog_is_filled_by_its_labels_and_answered(world):
    ana = world.person("Ana Keller")
    await ana.command("/mentor commit")
    answers = {"I will": "write", "By": "2026-03-12", "Witness": "Kenji"}
    await ana.fill(answers, submit=True)
    await ana.sees("Until 2026-03-12, witness @Kenji Watanabe", in_="dm")
    assert await ana.modal() is None


async def test_errors_of_a_dialog_are_told_by_the_label_of_their_field(world):
    ana = world.person("Ana")
    await ana.command("/mentor commit")
    with pytest.raises(Declined) as declined:
        await ana.fill({"I will": "nothing"}, submit=True)
    assert declined.value.errors == {"By": "Please complete this required field."}
    with pytest.raises(Declined) as declined:
        await ana.fill({"By": "2026-03-12"}, submit=True)
    assert declined.value.errors == {"I will": "Say a little more."}


async def test_what_a_field_cannot_hold_is_told_by_its_field(world):
    ana = world.person("Ana")
    await ana.command("/mentor commit")
    view = (await ana.modal()).raw["id"]
    answer = await ana._post("/submit", view_id=view, values={"day": {"day": "next week"}, "what": {"text": "write"}})
    assert answer["errors"]["day"] == "A date is written as 2026-03-12."
    assert (await ana.modal()).state["what"]["text"]["value"] == "write"


async def test_what_cannot_be_found_is_told_with_what_is_there(world):
    ana = world.person("Ana")
    await ana.command("/mentor match")
    with pytest.raises(Missing, match=r'finds no "Dance" in dm\.\n[\s\S]*Priya likes Python'):
        await ana.click("Dance", at="dm")
    with pytest.raises(Missing, match=r'does not see "goodbye" in dm'):
        await ana.sees("goodbye", in_="dm", within=0.1)
    with pytest.raises(NotDone, match=r"/dance is not a valid command\."):
        await ana.command("/dance")
    with pytest.raises(Missing, match="no dialog open"):
        await ana.fill({"I will": "write"})


async def test_only_its_reader_sees_an_ephemeral_message(world):
    ana, bo = world.person("Ana"), world.person("Bo")
    await ana.command("/mentor match", in_="general")
    await ana.sees("likes Python", in_="general")
    await bo.does_not_see("likes Python")


async def test_the_clock_moves_and_tells_what_the_bot_posted(world):
    before = await world.now()
    assert await world.forward(days=1, hours=2) == []
    assert (await world.now() - before).total_seconds() == pytest.approx(26 * 3600, abs=5)
    with pytest.raises(NotDone, match="only moves forward"):
        await world.until("2026-03-02T08:00+00:00")
