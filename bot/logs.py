"""Structured logs, with anything that looks like a token taken out."""

import logging
import re
from collections.abc import MutableMapping
from typing import Any

import structlog

TOKEN = re.compile(r"\b(xox[a-z]|xapp|xwfp)-[A-Za-z0-9-]+")
QUIET = ("slack_bolt", "slack_sdk", "aiohttp.access", "apscheduler", "alembic")


def set_up(level: str = "INFO", *, as_json: bool = False) -> None:
    """One line an event: for people, or as JSON for a log collector. The libraries' logs join in, from WARNING on."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        redact,
    ]
    renderer = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    remove = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=[remove, redact, renderer])
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel("WARNING")


def redact(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = TOKEN.sub(lambda found: f"{found.group(1)}-…", value)
    return event
