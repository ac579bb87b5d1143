"""A value of any annotated type, for tests that walk over all functions of a kind.

Every word is WORD and every number is NUMBER, so that a row made of them is found by whichever id a question asks for.
"""

import types
from collections.abc import Collection, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from inspect import Parameter, signature
from typing import Any, Literal, NewType, Union, get_args, get_origin, get_type_hints

from bot.domain.when import Rule
from tests.builders import a_rule
from tests.clock import START

WORD = "U0ANA"
NUMBER = 1
PLAIN: dict[Any, Any] = {
    str: WORD,
    int: NUMBER,
    float: 1.0,
    bool: True,
    datetime: START,
    date: START.date(),
    time: time(9, 0),
    timedelta: timedelta(days=1),
    Any: WORD,
    Rule: a_rule(),
}


def a_value(kind: Any) -> Any:
    if kind in PLAIN:
        return PLAIN[kind]
    if isinstance(kind, NewType):
        return a_value(kind.__supertype__)
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return a_value(next(one for one in inner if one is not type(None)))
    if origin is Literal:
        return inner[0]
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {a_value(inner[0]): a_value(inner[1])}
    if isinstance(origin, type) and issubclass(origin, Collection):
        return (tuple if origin is tuple else list)([a_value(inner[0])])
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    if is_dataclass(kind):
        return _a_dataclass(kind)
    raise TypeError(f"tests/made.py does not know how to make a {kind!r}")


def _a_dataclass(kind: Any) -> Any:
    hints = get_type_hints(kind)
    needed = [one.name for one in fields(kind) if one.default is MISSING and one.default_factory is MISSING]
    return kind(**{name: a_value(hints[name]) for name in needed})


def called_with_anything(function: Any) -> Any:
    """Call it with a value for every parameter, the optional ones too."""
    hints = get_type_hints(function)
    positional, named = [], {}
    for name, parameter in signature(function).parameters.items():
        if parameter.kind is Parameter.VAR_POSITIONAL:
            positional.append(a_value(hints[name]))
        else:
            named[name] = a_value(hints[name])
    return function(*positional, **named)
