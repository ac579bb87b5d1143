"""Web addresses people give, as evidence or for reading on."""

import re
from urllib.parse import urlsplit

from bot.domain.errors import RefusedFields

LINK_LIMIT = 500


def clean_link(text: str) -> str:
    """A web address, or nothing."""
    link = text.strip()
    if not link:
        return ""
    if len(link) > LINK_LIMIT:
        raise RefusedFields({"link": f"That link is too long; {LINK_LIMIT} characters fit."})
    if not _is_web_address(link):
        raise RefusedFields({"link": "A link begins with https:// or http:// and has no spaces in it."})
    return link


def _is_web_address(link: str) -> bool:
    # What would end the link early when Slack shows it: <, >, | and anything that is no visible character.
    if not link.isprintable() or re.search(r"""[\s<>|"\\]""", link):
        return False
    try:
        parts = urlsplit(link)
        port = parts.port
    except ValueError:
        return False
    named = bool(parts.hostname) and parts.username is None and port != 0
    return parts.scheme in ("http", "https") and named
