"""Programs, and who may do what.

A program is a cohort with rules of its own. Authority is asked here, at the moment of acting: hiding a button is a
courtesy, `may` is the rule.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.domain.errors import Refused
from bot.domain.ids import MemberId, ProgramId


class Role(StrEnum):
    OWNER = "owner"
    LEAD = "lead"


class Act(StrEnum):
    """What somebody wants to do that is not only about themselves."""

    RUN_PROGRAM = "run the program"
    MATCH_EVERYONE = "match everybody"
    CREATE_CIRCLE = "start a circle"
    CHANGE_CIRCLE = "change this circle"
    NAME_LEADS = "name program leads"


NEEDS: dict[Act, frozenset[Role]] = {
    Act.RUN_PROGRAM: frozenset({Role.OWNER, Role.LEAD}),
    Act.MATCH_EVERYONE: frozenset({Role.OWNER, Role.LEAD}),
    Act.CREATE_CIRCLE: frozenset({Role.OWNER, Role.LEAD}),
    Act.CHANGE_CIRCLE: frozenset({Role.OWNER, Role.LEAD}),
    Act.NAME_LEADS: frozenset({Role.OWNER}),
}


@dataclass(frozen=True)
class Rules:
    """What a program sets; the defaults are the product's."""

    circle_min: int = 4
    circle_max: int = 8
    circle_aim: int = 5
    sessions: int = 6
    every_weeks: int = 2
    minutes: int = 60
    answer_days: int = 3
    """Working days to answer a match before the next candidate is asked."""
    members_create_circles: bool = True
    min_overlap_minutes: int = 60
    apart_from_manager: int = 2
    """How many steps up the reporting line may not sit in one circle."""
    quorum_min: int = 3
    """How many make a session at least; half of a circle and one where that is more."""
    write_from: str = "09:00"
    write_until: str = "18:00"
    """Outside these hours, by the clock where the reader is, nobody is written to unasked."""
    weekly_messages: int = 3
    """How many unasked messages a member gets a week at most."""
    keep_holidays: bool = True
    weeks_off: tuple[str, ...] = ()
    """Mondays of the weeks in which the company is away, as "2026-12-21"."""
    theme_choices: tuple[str, ...] = (
        "Leading without authority",
        "Finding my voice",
        "Growing as a specialist",
        "First-time manager",
        "Working across cultures",
        "Wellbeing and boundaries",
    )


@dataclass(frozen=True)
class Program:
    id: ProgramId
    name: str
    zone: str
    starts: date
    rules: Rules = field(default_factory=Rules)
    version: int = 1


def may(act: Act, roles: Collection[Role], *, rules: Rules | None = None, in_circle: bool = False) -> bool:
    """Whether somebody with these roles may do this; `in_circle` where they are a member of the circle it is about."""
    if NEEDS[act] & set(roles):
        return True
    if act is Act.CREATE_CIRCLE:
        return rules is not None and rules.members_create_circles
    return act is Act.CHANGE_CIRCLE and in_circle


def require(act: Act, roles: Collection[Role], *, rules: Rules | None = None, in_circle: bool = False) -> None:
    if may(act, roles, rules=rules, in_circle=in_circle):
        return
    if act is Act.CHANGE_CIRCLE:
        raise Refused("Only members of this circle and program leads can change it.")
    raise Refused(
        f"Only program leads can {act.value}. Ask one of them, or type `/mentor help` to see what you can do."
    )


def owners_and_leads(roles: dict[MemberId, frozenset[Role]]) -> list[MemberId]:
    return sorted(member for member, held in roles.items() if held)
