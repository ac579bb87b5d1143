"""Saying no: the errors of the Web API, and those of the control API."""

from typing import Any


class Refusal(Exception):
    """An answer with ok: false, as Slack words it."""

    def __init__(self, error: str, messages: list[str] | None = None, **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.extra = dict(extra)
        if messages:
            self.extra["errors"] = list(messages)
            self.extra["response_metadata"] = {"messages": [f"[ERROR] {message}" for message in messages]}


class CannotDo(Exception):
    """A person tried what the client would not let them do; the text says why."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


class DidNotAnswer(CannotDo):
    """The person did nothing wrong: the app kept them waiting, or answered with what Slack cannot show."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, 200)
