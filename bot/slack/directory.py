"""Who people are, as Slack knows it: read when somebody is met for the first time, kept up to date by events."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.domain.errors import Refused
from bot.domain.ids import MemberId, TeamId
from bot.domain.people import Member
from bot.domain.words import cut_line
from bot.slack.failures import Meaning, SlackFailure
from bot.slack.gateway import Gateway

SLACKBOT = MemberId("USLACKBOT")


class Directory:
    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def look_up(self, team: TeamId, member: MemberId) -> Member:
        """A person of this workspace; `Refused` for bots and for people from other organisations."""
        try:
            person = await self._gateway.person(team, member)
        except SlackFailure as failure:
            if failure.meaning is Meaning.GONE:
                raise Refused("I can't find that person in this workspace.") from failure
            raise
        return as_member(person)

    async def look_up_all(self, team: TeamId, members: Iterable[MemberId]) -> list[Member]:
        return [await self.look_up(team, member) for member in members]


def as_member(person: Mapping[str, Any]) -> Member:
    """A person of `users.info`, `team_join` or `user_change` as a member."""
    if person.get("is_bot") or person["id"] == SLACKBOT or person.get("is_app_user"):
        raise Refused("That is an app, and apps don't need mentors.")
    if person.get("is_stranger"):
        raise Refused("That person belongs to another organisation, so they can't take part here.")
    profile = person.get("profile") or {}
    shown = profile.get("display_name") or profile.get("real_name") or person.get("real_name") or person.get("name")
    return Member(
        id=MemberId(person["id"]),
        name=cut_line(str(shown or ""), 120) or "Somebody",
        zone=str(person.get("tz") or "UTC"),
        title=cut_line(str(profile.get("title") or ""), 120),
        left=bool(person.get("deleted")),
        guest=bool(person.get("is_restricted") or person.get("is_ultra_restricted")),
    )


def refreshed(known: Member, seen: Member) -> Member:
    """What we knew, with what Slack says now; our own settings stay."""
    return replace(known, name=seen.name, zone=seen.zone, title=seen.title, left=seen.left, guest=seen.guest)
