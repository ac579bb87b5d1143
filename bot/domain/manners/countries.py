"""Which country somebody is in: what they chose, else what their location says, else their time zone where it belongs to
one country alone; else none, and then no holidays are kept."""

import re
from functools import cache

from bot.domain.manners.world import ROWS

NOWHERE = "-"
"""Chosen by who wants no holidays kept."""
SHORTEST_NAME = 4
"""Shorter words in a location are seldom a place."""
ALSO = {
    "usa": "US",
    "uk": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "uae": "AE",
    "holland": "NL",
    "czechia": "CZ",
}


def name_of(code: str) -> str:
    """ "Portugal" for "PT"; "" for what is no country."""
    return _names().get(code, "")


def country_of(zone: str, location: str = "", chosen: str = "") -> str:
    """The code of the country, "" for none."""
    if chosen:
        return chosen if chosen in _names() else ""
    return _by_location(location) or _by_zone().get(zone, "")


def like(typed: str, most: int = 50) -> list[tuple[str, str]]:
    """Names and codes of countries that have what somebody typed so far."""
    wanted = " ".join(typed.split()).casefold()
    found = [
        (name, code) for code, name in _names().items() if wanted in name.casefold() or wanted == code.casefold()
    ]
    return sorted(found, key=lambda one: (not one[0].casefold().startswith(wanted), one[0]))[:most]


def _by_location(location: str) -> str:
    """The country named there, or of the cities named there; "" where they are of several."""
    words = location.casefold()
    for known in (_countries_by_name(), _cities()):
        found = {code for name, code in known.items() if _says(words, name)}
        if len(found) == 1:
            return found.pop()
    return ""


def _says(words: str, name: str) -> bool:
    return name in words and re.search(rf"\b{re.escape(name)}\b", words) is not None


@cache
def _rows() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    split = (row.split("|") for row in ROWS.splitlines())
    return tuple((code, name, tuple(zones.split())) for code, name, zones in split)


@cache
def _names() -> dict[str, str]:
    return {code: name for code, name, _zones in _rows() if name}


@cache
def _by_zone() -> dict[str, str]:
    return {zone: code for code, _name, zones in _rows() for zone in zones}


@cache
def _countries_by_name() -> dict[str, str]:
    return {name.casefold(): code for code, name in _names().items()} | ALSO


@cache
def _cities() -> dict[str, str]:
    return dict(
        _city(zone, code) for zone, code in _by_zone().items() if len(zone.rpartition("/")[2]) >= SHORTEST_NAME
    )


def _city(zone: str, code: str) -> tuple[str, str]:
    return zone.rpartition("/")[2].replace("_", " ").casefold(), code
