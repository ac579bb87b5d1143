"""Nothing that looks like a token gets into the logs."""

from bot.logs import redact


def test_tokens_are_taken_out():
    line = redact(None, "info", {"event": "sent with xoxb-12-34-abc and xapp-1-A-2-b", "count": 3})
    assert line == {"event": "sent with xoxb-… and xapp-…", "count": 3}
