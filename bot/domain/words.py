"""What people type, made clean: trimmed, without control characters, within a length; refused with a sentence."""

import re
import unicodedata

from bot.domain.errors import Refused

INVISIBLE = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u200b\u2060")
"""Marks that change the direction of what follows, or show nothing: a name must not rearrange its neighbours."""


def clean_line(text: str, limit: int, what: str) -> str:
    """One line of at most `limit` characters. `what` begins the sentence of a refusal: "The name"."""
    return _within(" ".join(_visible(text).split()), limit, what)


def cut_line(text: str, limit: int) -> str:
    """One line of what somebody else's program says, cut off at the limit: nobody is there to shorten it."""
    return " ".join(_visible(text).split())[:limit]


def clean_text(text: str, limit: int, what: str) -> str:
    """Several lines; at most one empty line in a row."""
    lines = [" ".join(line.split()) for line in _visible(text).splitlines()]
    return _within(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip(), limit, what)


def needed(text: str, what: str) -> str:
    if not text:
        raise Refused(f"{what} is empty. Please write a few words.")
    return text


def clean_list(text: str, *, most: int, limit: int, what: str) -> list[str]:
    """Words separated by commas, semicolons or lines; twice the same is once."""
    parts = [clean_line(part, limit, f"“{part.strip()[:20]}…” in {what}") for part in re.split(r"[,;\n]", text)]
    kept = list({part.casefold(): part for part in reversed(parts) if part}.values())[::-1]
    if len(kept) > most:
        raise Refused(
            f"{what[:1].upper()}{what[1:]} may have {most} entries; you gave {len(kept)}. Keep the most important."
        )
    return kept


def _visible(text: str) -> str:
    kept = (one for one in text if one in "\n\t" or not (_is_control(one) or one in INVISIBLE))
    return unicodedata.normalize("NFC", "".join(kept))


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn")


def _within(text: str, limit: int, what: str) -> str:
    if len(text) > limit:
        raise Refused(f"{what} is too long: {len(text)} characters, where {limit} fit. Please shorten it.")
    return text
