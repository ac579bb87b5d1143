"""The classes of letters, and what a member can turn off."""

from enum import StrEnum


class Manner(StrEnum):
    """What a letter is to its reader. Every kind of letter declares one."""

    ASKED = "asked"
    """What they have just asked for and wait for: at once, at any hour, even on a break."""
    RECEIPT = "receipt"
    """Of what they did a few minutes ago: at once while they are still there, else in their hours."""
    REPLY = "reply"
    """News of what they asked for earlier, such as somebody's answer: in their hours, never counted."""
    SESSION = "session"
    """Part of a session of that very day: when it is due, whatever the hour; nothing on a break."""
    NUDGE = "nudge"
    """Everything else, that they did not ask for: in their hours, at most so many a week, the rest in one message."""
    ROOM = "room"
    """Into a channel. Who plans it picks the circle's own hour."""


class Topic(StrEnum):
    """What nudges are about, as far as a member can turn them off."""

    COMMITMENTS = "commitments"
    CHECKINS = "checkins"
    HOTSEAT = "hotseat"
    PEOPLE = "people"
    CIRCLES = "circles"
    LEADING = "leading"
