"""The arguments of a call, sent as a form or as JSON, read as Slack reads them."""

import json
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.sandbox.model import Json
from bot.sandbox.refusal import Refusal

TRUE, FALSE = ("1", "true"), ("0", "false", "")


@dataclass(frozen=True)
class Arguments:
    method: str
    values: Json

    def given(self, name: str) -> bool:
        return self.values.get(name) not in (None, "")

    def text(self, name: str, default: str = "") -> str:
        value = self.values.get(name)
        if value is None:
            return default
        if isinstance(value, bool | list | dict):
            raise _invalid(name, "must provide a string")
        return str(value)

    def required(self, name: str) -> str:
        if not self.given(name):
            raise Refusal("invalid_arguments", [f"missing required field: {name} [json-pointer:/{name}]"])
        return self.text(name)

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.values.get(name)
        if value is None:
            return default
        if isinstance(value, bool):
            return value
        word = str(value).lower()
        if word not in TRUE + FALSE:
            raise _invalid(name, "must provide a boolean")
        return word in TRUE

    def number(self, name: str, default: int, *, least: int = 0, most: int = 2**53) -> int:
        if not self.given(name):
            return default
        try:
            value = int(self.values[name])
        except (TypeError, ValueError):
            raise _invalid(name, "must provide an integer") from None
        if not least <= value <= most:
            raise _invalid(name, f"must be between {least} and {most}")
        return value

    def names(self, name: str) -> list[str]:
        """A list, sent as JSON or separated by commas; empty when it is not given."""
        value = self.values.get(name)
        if value is None:
            return []
        if isinstance(value, str) and value.lstrip().startswith("["):
            value = self._read(name, value)
        if isinstance(value, str):
            value = [part.strip() for part in value.split(",")]
        if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
            raise _invalid(name, "must provide an array of strings")
        return [part for part in value if part]

    def document(self, name: str, error: str = "invalid_arguments") -> Any:
        """JSON as a value of its own or written in a string; None when it is not given."""
        value = self.values.get(name)
        if isinstance(value, str) and value:
            return self._read(name, value, error)
        return None if value == "" else value

    def _read(self, name: str, value: str, error: str = "invalid_arguments") -> Any:
        try:
            return json.loads(value)
        except ValueError:
            raise Refusal(error, [f"must be valid JSON [json-pointer:/{name}]"]) from None


async def read_json(request: web.Request) -> Json:
    """The body as an object; empty when it is none."""
    try:
        body = json.loads(await request.text() or "{}")
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _invalid(name: str, text: str) -> Refusal:
    return Refusal("invalid_arguments", [f"{text} [json-pointer:/{name}]"])
