"""Time zones as people look for them: by city, the common ones first."""

from functools import cache
from zoneinfo import available_timezones

from bot.domain.when import is_zone

COMMON = (
    "America/Los_Angeles", "America/Denver", "America/Chicago", "America/New_York", "America/Toronto",
    "America/Mexico_City", "America/Bogota", "America/Sao_Paulo", "America/Argentina/Buenos_Aires", "Atlantic/Azores",
    "Europe/London", "Europe/Dublin", "Europe/Lisbon", "Africa/Lagos", "Europe/Berlin", "Europe/Paris",
    "Europe/Madrid", "Europe/Rome", "Europe/Amsterdam", "Europe/Stockholm", "Europe/Warsaw", "Africa/Johannesburg",
    "Africa/Cairo", "Europe/Athens", "Europe/Kyiv", "Europe/Istanbul", "Africa/Nairobi", "Asia/Dubai", "Asia/Karachi",
    "Asia/Kolkata", "Asia/Kathmandu", "Asia/Dhaka", "Asia/Bangkok", "Asia/Jakarta", "Asia/Shanghai", "Asia/Singapore",
    "Asia/Manila", "Australia/Perth", "Asia/Tokyo", "Asia/Seoul", "Australia/Adelaide", "Australia/Sydney",
    "Pacific/Auckland", "UTC",
)  # fmt: skip


def like(typed: str, most: int = 50) -> list[str]:
    """Zones whose name has what somebody typed so far; the common ones where nothing was typed."""
    wanted = "_".join(typed.split()).casefold()
    if not wanted:
        return [zone for zone in COMMON if is_zone(zone)][:most]
    found = [zone for zone in _places() if wanted in zone.casefold()]
    return sorted(found, key=lambda zone: (not _city(zone).startswith(wanted), zone not in COMMON, zone))[:most]


def label(zone: str) -> str:
    """ "Berlin (Europe/Berlin)"."""
    city = zone.rpartition("/")[2].replace("_", " ")
    return zone if city == zone else f"{city} ({zone})"


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].casefold()


@cache
def _places() -> tuple[str, ...]:
    """Zones named after a place; the rest of the database is offsets and old names of countries."""
    return tuple(sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")))
