"""A real Bolt app lives in the sandbox as it lives in Slack, in both modes."""

import pytest

from bot.sandbox import acting
from tests.sandbox.bolted import both

MODES = pytest.mark.parametrize("mode", ["socket", "http"])


def ana(server):
    return server.workspace.find_person("Ana")


def general(server):
    return server.workspace.named_channel("general")


@MODES
async def test_a_command_is_acknowledged_with_an_answer_only_its_sender_sees(mode):
    def tell(app):
        @app.command("/mentor")
        async def mentor(ack, command):
            await ack(f"You said {command['text']}")

    async with both(mode, tell) as server:
        await acting.command(server.slack, ana(server), general(server), text="/mentor hello")
        (message,) = [m for m in general(server).messages if m.by_bot]
        assert message.text == "You said hello"
        assert message.reader == ana(server).id
