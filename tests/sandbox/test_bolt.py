"""A real Bolt app lives in the sandbox as it lives in Slack, in both modes."""

import asyncio

import pytest
from slack_sdk.errors import SlackApiError

from bot.sandbox import acting, rooms
from bot.sandbox.faults import Trouble
from bot.sandbox.payloads import Source
from bot.sandbox.refusal import CannotDo, DidNotAnswer
from tests.sandbox.blocks import actions, button, field, modal, plain, section, select
from tests.sandbox.bolted import both, until

MODES = pytest.mark.parametrize("mode", ["socket", "http"])
GO = [actions(button(action_id="go", value="7"))]
FORM = modal(field({"type": "plain_text_input", "action_id": "text"}, block_id="what"), callback_id="form")


def ana(server):
    return server.workspace.find_person("Ana")


def general(server):
    return server.workspace.named_channel("general")


async def command(server, text="/mentor go"):
    return await acting.command(server.slack, ana(server), general(server), text=text)


def bot_messages(server):
    return [message for message in general(server).messages if message.by_bot and not message.deleted]


def newest(server):
    return Source(ana(server), message=bot_messages(server)[-1], channel=general(server))


async def click(server, source, at=("", "go"), **done):
    block = at[0] or source.blocks[0]["block_id"]
    await acting.click(server.slack, source, at=(block, at[1]), done=done)


def top(server):
    return server.slack.screens.stack(ana(server).id)[-1]


async def submit(server, text):
    values = {"what": {"text": text}}
    return await acting.submit(server.slack, ana(server), top(server), values=values)


@MODES
async def test_a_command_is_acknowledged_with_an_answer_only_its_sender_sees(mode):
    def tell(app):
        @app.command("/mentor")
        async def mentor(ack, command):
            await ack(f"{command['text']} in {command['channel_name']}")

    async with both(mode, tell) as server:
        await command(server, "/mentor  hello @Bo and <!channel> ")
        (message,) = bot_messages(server)
        bo = server.workspace.find_person("Bo").id
        assert message.text == f"hello <@{bo}|bo> and &lt;!channel&gt; in general"
        assert message.reader == ana(server).id


@MODES
async def test_a_command_nobody_answers_fails_in_front_of_its_sender(mode):
    def tell(app):
        @app.command("/mentor")
        async def mentor(ack):
            await asyncio.sleep(0.3)
            await ack()

    async with both(mode, tell, ack_seconds=0.1) as server:
        with pytest.raises(DidNotAnswer, match="the app did not respond"):
            await command(server)
        with pytest.raises(CannotDo, match="/other is not a valid command"):
            await command(server, "/other")


@MODES
async def test_a_click_carries_what_was_chosen_and_replaces_its_message(mode):
    seen = []

    def tell(app):
        @app.command("/mentor")
        async def mentor(ack, respond):
            await ack()
            await respond(text="Choose", blocks=[actions(select(action_id="pick"), button(action_id="go"))])

        @app.action("pick")
        async def pick(ack, body):
            await ack()
            seen.append(body)

        @app.action("go")
        async def go(ack, body, respond):
            await ack()
            seen.append(body)
            await respond(text="Done", replace_original=True)

    async with both(mode, tell) as server:
        await command(server)
        await until(lambda: bot_messages(server))
        source = newest(server)
        block = source.blocks[0]["block_id"]
        await click(server, source, (block, "pick"), chosen="b")
        await click(server, source, (block, "go"))
        await until(lambda: newest(server).message.text == "Done")
        picked, gone = await until(lambda: len(seen) == 2 and seen)
        assert picked["actions"][0]["selected_option"]["value"] == "b"
        assert gone["state"]["values"][block]["pick"]["selected_option"]["value"] == "b"
        assert gone["container"]["is_ephemeral"] is True
        with pytest.raises(CannotDo, match="nothing to click"):
            await click(server, source, (block, "go"))


@MODES
async def test_a_submission_is_answered_with_errors_then_goes_through(mode):
    def tell(app):
        @app.command("/mentor")
        async def mentor(ack, body, client):
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=FORM)

        @app.view("form")
        async def form(ack, view):
            value = view["state"]["values"]["what"]["text"]["value"]
            if value == "no":
                await ack(response_action="errors", errors={"what": "Not that."})
            elif value == "astray":
                await ack(response_action="errors", errors={"nowhere": "Not that."})
            elif value == "broken":
                await ack(response_action="update", view={**FORM, "title": plain("x" * 25)})
            elif value == "push":
                await ack(response_action="push", view=modal(section(), title=plain("Two")))
            else:
                await ack()

    async with both(mode, tell) as server:
        await command(server)
        await until(lambda: server.slack.screens.stack(ana(server).id))
        assert await submit(server, "") == {"what": "Please complete this required field."}
        assert await submit(server, "no") == {"what": "Not that."}
        for text in ("astray", "broken"):
            with pytest.raises(DidNotAnswer, match="trouble connecting"):
                await submit(server, text)
        assert [entry["answer"]["error"] for entry in server.slack.log.refusals()] == [
            "invalid_response_action",
            "invalid_arguments",
        ]
        assert await submit(server, "push") == {}
        assert top(server).content["title"]["text"] == "Two"
        await acting.close(server.slack, ana(server), top(server), everything=False)
        assert await submit(server, "fine") == {}
        assert server.slack.screens.stack(ana(server).id) == []


@MODES
async def test_a_trigger_is_good_once_and_for_three_seconds(mode):
    errors = []

    def tell(app):
        @app.command("/mentor")
        async def mentor(ack, body, client):
            await ack()
            if body["text"] == "late":
                await asyncio.sleep(0.2)
            for _ in range(2):
                try:
                    await client.views_open(trigger_id=body["trigger_id"], view=FORM)
                except SlackApiError as refusal:
                    errors.append(refusal.response["error"])

    async with both(mode, tell, trigger_seconds=0.1) as server:
        await command(server, "/mentor twice")
        await until(lambda: errors == ["exchanged_trigger_id"])
        await command(server, "/mentor late")
        await until(lambda: errors == ["exchanged_trigger_id", "expired_trigger_id", "expired_trigger_id"])


@MODES
async def test_an_event_without_an_answer_comes_again(mode):
    heard = []

    def tell(app):
        @app.event("user_change")
        async def changed(body, request):
            headers = request.headers
            heard.append((body["event_id"], headers.get("x-slack-retry-num"), headers.get("x-slack-retry-reason")))

    async with both(mode, tell) as server:
        server.slack.faults.plan(Trouble("drop_ack", times=2))
        rooms.change_user(server.slack, ana(server))
        await until(lambda: len(heard) == 2)
        await server.slack.events.idle()
        server.clock.jump_to(server.clock.now().replace(minute=1, second=30))
        await until(lambda: len(heard) == 3)
        ids, numbers, reasons = zip(*heard, strict=True)
        assert len(set(ids)) == 1
        assert numbers[0] in (None, ["0"])  # an envelope says 0 where HTTP says nothing
        assert [number[0] for number in numbers[1:]] == ["1", "2"]
        assert reasons[1][0] == {"socket": "timeout", "http": "http_timeout"}[mode]


@MODES
async def test_the_same_event_may_come_twice(mode):
    heard = []

    def tell(app):
        @app.event("team_join")
        async def joined(body):
            heard.append(body["event_id"])

    async with both(mode, tell) as server:
        rooms.join_workspace(server.slack, server.workspace.add_user("new", "New Person"))
        await until(lambda: len(heard) == 1)
        assert server.slack.events.send_again(1) == 1
        await until(lambda: len(heard) == 2)
        assert len(set(heard)) == 1


@MODES
async def test_a_closed_dialog_is_told_where_the_app_asked_for_it(mode):
    closed = []

    def tell(app):
        @app.command("/mentor")
        async def mentor(ack, body, client):
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view={**FORM, "notify_on_close": True})

        @app.view_closed("form")
        async def form_closed(ack, body):
            await ack()
            closed.append((body["is_cleared"], body["view"]["state"]["values"]["what"]["text"]["value"]))

    async with both(mode, tell) as server:
        await command(server)
        await until(lambda: server.slack.screens.stack(ana(server).id))
        view = top(server)
        acting.type_in(server.slack, Source(ana(server), view=view), {"what": {"text": "a draft"}})
        await acting.close(server.slack, ana(server), view, everything=False)
        await until(lambda: closed == [(False, "a draft")])


@MODES
async def test_a_menu_asks_the_app_for_its_options(mode):
    menu = {"type": "external_select", "action_id": "skill", "min_query_length": 2}
    chosen = []

    def tell(app):
        @app.command("/mentor")
        async def mentor(ack, respond):
            await ack()
            await respond(text="Skills", blocks=[actions(menu)])

        @app.options("skill")
        async def skills(ack, payload):
            await ack(options=[{"text": plain(f"{payload['value']}ing"), "value": "1"}])

        @app.action("skill")
        async def picked(ack, action):
            await ack()
            chosen.append(action["selected_option"]["text"]["text"])

    async with both(mode, tell) as server:
        await command(server)
        await until(lambda: bot_messages(server))
        source = newest(server)
        at = (source.blocks[0]["block_id"], "skill")
        assert await acting.suggest(server.slack, source, at=at, query="t") == {"options": []}
        offered = await acting.suggest(server.slack, source, at=at, query="test")
        assert offered["options"][0]["text"]["text"] == "testing"
        with pytest.raises(CannotDo, match="not among the options"):
            await click(server, source, at, chosen="2")
        await click(server, source, at, chosen="1")
        await until(lambda: chosen == ["testing"])


@MODES
async def test_home_is_opened_and_published(mode):
    opened = []

    def tell(app):
        @app.event("app_home_opened")
        async def home_opened(event, client):
            opened.append(event.get("view", {}).get("hash"))
            view = {"type": "home", "blocks": [section()]}
            await client.views_publish(user_id=event["user"], view=view)

    async with both(mode, tell) as server:
        acting.open_home(server.slack, ana(server), "home")
        home = await until(lambda: server.slack.screens.homes.get(ana(server).id))
        first = home.hash
        acting.open_home(server.slack, ana(server), "home")
        await until(lambda: opened == [None, first])
        await until(lambda: home.hash != first)
