"""Values for tests: say what matters, the rest is ordinary.

`a_…` makes a value, `saved_…` stores it in an open work block and returns it as stored. People are named by their
first name: `a_member("Bo")` has the id U0BO, and circles seat them by the same word.
"""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from bot.domain.circles import Circle, CircleState, Seat
from bot.domain.commitments import Commitment
from bot.domain.goals import Goal, Milestone
from bot.domain.ids import (
    ChannelId,
    CircleId,
    CommitmentId,
    GoalId,
    MemberId,
    MilestoneId,
    ProgramId,
    RelationshipId,
    SessionId,
    TeamId,
)
from bot.domain.people import Kind, Member, Profile, Wish
from bot.domain.programs import Program, Role
from bot.domain.relationships import Relationship
from bot.domain.sessions import Session
from bot.domain.when import Rule, to_utc
from bot.store.audit import Entry
from bot.store.installations import Installation
from bot.store.unit_of_work import Work
from tests.clock import START

ZONE = "Europe/Berlin"


def an_id(name: str) -> MemberId:
    """Ana's id: U0ANA."""
    return MemberId(f"U0{name.upper()}")


def a_member(name: str = "Ana", /, **overrides: Any) -> Member:
    return replace(Member(an_id(name), name, zone=ZONE), **overrides)


def a_profile(name: str = "Ana", /, **overrides: Any) -> Profile:
    ordinary = Profile(
        an_id(name),
        offers=(Wish("Public speaking", 3),),
        wants=(Wish("Giving feedback", 1),),
        goals="Lead my first project without doing it all myself.",
        department="Design",
        location="Berlin",
        themes=("Finding my voice",),
    )
    return replace(ordinary, **overrides)


def a_program(**overrides: Any) -> Program:
    return replace(Program(ProgramId(1), "Spring 2026", ZONE, date(2026, 3, 2)), **overrides)


def a_rule(**overrides: Any) -> Rule:
    """Every other Thursday at three in the afternoon, Berlin time."""
    return replace(Rule(ZONE, time(15, 0), (3,), date(2026, 3, 5), every=2), **overrides)


def a_circle(*names: str, **overrides: Any) -> Circle:
    """An active circle of these people; of Ana, Bo, Chi and Dee where none is named."""
    who = names or ("Ana", "Bo", "Chi", "Dee")
    ordinary = Circle(
        CircleId(1),
        ProgramId(1),
        "Oak",
        "Finding my voice",
        CircleState.ACTIVE,
        a_rule(),
        channel=ChannelId(f"C0{str(overrides.get('name', 'Oak')).upper()}"),
        made_by=an_id("Lea"),
        because="You all want to be heard in large meetings.",
        created=date(2026, 3, 2),
        seats=tuple(Seat(an_id(name), START + timedelta(seconds=place)) for place, name in enumerate(who)),
    )
    return replace(ordinary, **overrides)


def a_session(**overrides: Any) -> Session:
    """The circle's first: on Thursday the 5th of March at three in the afternoon, Berlin time."""
    day = overrides.get("planned_for", date(2026, 3, 5))
    return replace(Session(SessionId(1), CircleId(1), day, to_utc(day, time(15, 0), ZONE), 60), **overrides)


def a_goal(**overrides: Any) -> Goal:
    """Ana's, for the end of the year."""
    plan = {"words": "I lead our customer meetings", "sign": "I have run four of them alone"}
    goal = Goal(**plan, by=date(2026, 12, 31), id=GoalId(1), owner=an_id("Ana"), made_at=START)
    return replace(goal, **overrides)


def a_milestone(**overrides: Any) -> Milestone:
    """Of Ana's first goal, for the end of April."""
    number, goal = MilestoneId(1), GoalId(1)
    step = Milestone(
        words="My first meeting alone", by=date(2026, 4, 30), id=number, goal=goal, owner=an_id("Ana"), made_at=START
    )
    return replace(step, **overrides)


def a_commitment(name: str = "Ana", /, **overrides: Any) -> Commitment:
    """Made in the circle's first session, due on the day before its second one."""
    ordinary = Commitment(
        will="Ask Miriam for ten minutes",
        by=date(2026, 3, 18),
        id=CommitmentId(1),
        owner=an_id(name),
        circle=CircleId(1),
        session=SessionId(1),
        slot=1,
        made_at=START + timedelta(days=3, hours=6),
    )
    return replace(ordinary, **overrides)


def a_relationship(mentee: str = "Ana", mentor: str = "Bo", /, **overrides: Any) -> Relationship:
    """Begun on the Monday morning, not met yet."""
    ordinary = Relationship(
        RelationshipId(1), Kind.SKILL, an_id(mentee), an_id(mentor), START, 4, 60, START, group=ChannelId("G0PAIR")
    )
    return replace(ordinary, **overrides)


async def saved_relationship(
    work: Work, mentee: str = "Ana", mentor: str = "Bo", /, **overrides: Any
) -> Relationship:
    """A relationship; the two are stored too where they are not yet."""
    known = await work.members.named([an_id(mentee), an_id(mentor)])
    for name in (mentee, mentor):
        if an_id(name) not in known:
            await saved_member(work, name)
    await work.relationships.add([a_relationship(mentee, mentor, **overrides)])
    return (await work.relationships.of(an_id(mentee)))[-1]


def an_installation(team: TeamId, **overrides: Any) -> Installation:
    scopes = ("chat:write", "commands", "im:write", "users:read", "groups:write", "groups:read")
    ordinary = Installation(team, "Oak Inc", "U0MENTOR", "A0MENTOR", f"xoxb-{team}", scopes, START)
    return replace(ordinary, **overrides)


def an_entry(**overrides: Any) -> Entry:
    return replace(Entry(START, an_id("Lea"), "circle.create", "circle:1", {"name": "Oak"}), **overrides)


async def saved_member(work: Work, name: str = "Ana", /, **overrides: Any) -> Member:
    member = a_member(name, **overrides)
    await work.members.save(member)
    return member


async def saved_people(work: Work, *names: str) -> list[Member]:
    """Members with an ordinary profile each."""
    for name in names:
        await saved_profile(work, name)
    return [a_member(name) for name in names]


async def saved_profile(work: Work, name: str = "Ana", /, **overrides: Any) -> Profile:
    """A profile, and the member it is of."""
    await saved_member(work, name)
    profile = a_profile(name, **overrides)
    await work.members.add_profile(profile)
    return profile


async def saved_lead(work: Work, name: str = "Lea", role: Role = Role.LEAD) -> Member:
    member = await saved_member(work, name)
    await work.programs.give_role(member.id, role)
    return member


async def saved_program(work: Work, **overrides: Any) -> Program:
    program = a_program(**overrides)
    return replace(program, id=await work.programs.add(program), version=1)


async def saved_circle(work: Work, *names: str, **overrides: Any) -> Circle:
    """A circle; its members are stored too where they are not yet, a program is not."""
    circle = a_circle(*names, **overrides)
    known = await work.members.named(circle.members)
    for name in names or ("Ana", "Bo", "Chi", "Dee"):
        if an_id(name) not in known:
            await saved_member(work, name)
    return await work.circles.add(circle)


async def saved_session(work: Work, **overrides: Any) -> Session:
    session = a_session(**overrides)
    await work.sessions.plan(session)
    every = await work.sessions.of_circle(session.circle)
    return next(one for one in every if one.planned_for == session.planned_for)


async def saved_commitment(work: Work, name: str = "Ana", /, **overrides: Any) -> Commitment:
    return await work.commitments.add(a_commitment(name, **overrides))


async def saved_installation(work: Work, **overrides: Any) -> Installation:
    installation = an_installation(work.team, **overrides)
    await work.installations.save(installation)
    return installation
