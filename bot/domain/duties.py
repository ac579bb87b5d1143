"""What somebody may do in a session: sit in the hot seat, or hold one of the three roles."""

from enum import StrEnum


class Duty(StrEnum):
    SEAT = "seat"
    FACILITATOR = "facilitator"
    TIMEKEEPER = "timekeeper"
    SCRIBE = "scribe"


ROLES = (Duty.FACILITATOR, Duty.TIMEKEEPER, Duty.SCRIBE)
