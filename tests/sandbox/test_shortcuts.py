"""Shortcuts: of the whole app, and on a message that a person hands over."""

import pytest

from bot.sandbox import acting
from bot.sandbox.manifest import WITHOUT_FILE
from bot.sandbox.payloads import Source
from bot.sandbox.refusal import CannotDo
from tests.sandbox.bolted import both, until

SHORTCUTS = [
    {"name": "Join a circle", "type": "global", "callback_id": "join", "description": "Sign up"},
    {"name": "Keep as a note", "type": "message", "callback_id": "keep", "description": "Keep it"},
]
MANIFEST = {**WITHOUT_FILE, "features": {**WITHOUT_FILE["features"], "shortcuts": SHORTCUTS}}


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_a_shortcut_brings_its_message_or_nothing_but_a_trigger(mode):
    seen = []

    def tell(app):
        @app.shortcut("join")
        async def join(ack, shortcut):
            await ack()
            seen.append(("trigger_id" in shortcut, "response_url" in shortcut, "channel" in shortcut))

        @app.shortcut("keep")
        async def keep(ack, shortcut, respond):
            await ack()
            seen.append(shortcut["message"]["text"])
            await respond("Kept")

    async with both(mode, tell, manifest=MANIFEST) as server:
        ana, general = server.workspace.find_person("Ana"), server.workspace.named_channel("general")
        said = server.workspace.say(general, ana.id, "Worth keeping")
        await acting.shortcut(server.slack, Source(ana), callback_id="join")
        on = Source(ana, message=said, channel=general)
        await acting.shortcut(server.slack, on, callback_id="keep")
        await until(lambda: seen == [(True, False, False), "Worth keeping"])
        await until(lambda: general.messages[-1].text == "Kept")
        assert general.messages[-1].reader == ana.id
        with pytest.raises(CannotDo, match="no such shortcut"):
            await acting.shortcut(server.slack, on, callback_id="join")
