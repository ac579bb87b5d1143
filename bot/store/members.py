"""Members and their profiles."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Column, Index, Integer, Row, String, Table, Text, bindparam, func, select, text, true
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql import Executable

from bot.domain.errors import Stale
from bot.domain.ids import ChannelId, MemberId, TeamId
from bot.domain.people import Availability, Kind, Member, Profile, Wish
from bot.domain.roster import Change, Known
from bot.store.base import Earliest, earliest, metadata, team_column
from bot.store.remembering import Remembering
from bot.store.types import Json, Moment, Sealed

PAGE = 500
"""How many profiles are read and unsealed at once."""


IS_PAUSED = text("paused_until IS NOT NULL")
members = Table(
    "members",
    metadata,
    team_column(primary_key=True),
    Column("id", String(20), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("zone", String(60), nullable=False, server_default="UTC"),
    Column("own_zone", String(60), nullable=False, server_default=""),
    Column("title", Text, nullable=False, server_default=""),
    Column("left", Boolean, nullable=False),
    Column("guest", Boolean, nullable=False),
    Column("dm", String(20)),
    Column("home_opened", Moment),
    Column("paused_until", Moment),
    Column("pause_note", Sealed("members.pause_note")),
    Index("ix_members_paused", "team", "paused_until", sqlite_where=IS_PAUSED, postgresql_where=IS_PAUSED),
)

profiles = Table(
    "profiles",
    metadata,
    team_column(primary_key=True),
    Column("member", String(20), primary_key=True),
    Column("offers", Json, nullable=False),
    Column("wants", Json, nullable=False),
    Column("goals", Sealed("profiles.goals")),
    Column("seniority", Integer, nullable=False),
    Column("department", Text, nullable=False),
    Column("location", Text, nullable=False),
    Column("languages", Json, nullable=False),
    Column("availability", Json, nullable=False),
    Column("capacity", Integer, nullable=False),
    Column("interests", Json, nullable=False),
    Column("seeks", Json, nullable=False),
    Column("offers_kinds", Json, nullable=False),
    Column("boundaries", Sealed("profiles.boundaries")),
    Column("manager", String(20)),
    Column("themes", Json, nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_profiles_manager", "team", "manager"),
)


class Members(Remembering):
    def __init__(self, connection: AsyncConnection, team: TeamId) -> None:
        super().__init__(connection, team)
        self.moved: dict[MemberId, str] = {}
        """Whose clock this block has changed, and the zone they lived by before."""

    async def get(self, member: MemberId) -> Member | None:
        return await self.once(("get", member), lambda: self._get(member))

    async def _get(self, member: MemberId) -> Member | None:
        row = await self.first(select(members).where(self.mine(members, members.c.id == member)))
        return member_of(row) if row else None

    async def named(self, ids: Collection[MemberId]) -> dict[MemberId, Member]:
        """Those of `ids` that are known, by id; one query."""
        if not ids:
            return {}
        found = await self.rows(select(members).where(self.mine(members, members.c.id.in_(set(ids)))))
        return {MemberId(row.id): member_of(row) for row in found}

    async def everyone(self) -> list[Member]:
        """All who are still here, by id."""
        found = await self.rows(
            select(members).where(self.mine(members, members.c.left.is_(False))).order_by(members.c.id)
        )
        return [member_of(row) for row in found]

    async def count(self) -> int:
        row = await self.first(select(func.count()).where(self.mine(members, members.c.left.is_(False))))
        return int(row[0]) if row else 0

    async def count_profiles(self) -> int:
        row = await self.first(select(func.count()).where(self.mine(profiles)))
        return int(row[0]) if row else 0

    async def save(self, member: Member) -> None:
        """Add a member, or write what is known now."""
        values = asdict(member)
        if not await self.insert_once(members, values):
            await self._notice(member)
            await self.run(members.update().where(self.mine(members, members.c.id == member.id)).values(**values))

    def earliest_back(self) -> Earliest:
        return earliest(members.c.paused_until, self.mine(members, members.c.paused_until.is_not(None)))

    async def coming_back(self, now: datetime) -> list[Member]:
        """Those whose break is over; who left meanwhile too."""
        over = self.mine(members, members.c.paused_until.is_not(None), members.c.paused_until <= now)
        return [member_of(row) for row in await self.rows(select(members).where(over).order_by(members.c.id))]

    async def end_pause(self, member: MemberId) -> None:
        mine = self.mine(members, members.c.id == member)
        await self.run(members.update().where(mine).values(paused_until=None, pause_note=""))

    async def remember_dm(self, member: MemberId, channel: ChannelId) -> None:
        await self.run(members.update().where(self.mine(members, members.c.id == member)).values(dm=channel))

    async def remember_home(self, member: MemberId, at: datetime) -> None:
        await self.run(members.update().where(self.mine(members, members.c.id == member)).values(home_opened=at))

    async def profile(self, member: MemberId) -> Profile | None:
        row = await self.first(select(profiles).where(self.mine(profiles, profiles.c.member == member)))
        return _profile(row) if row else None

    async def profiles_of(self, ids: Collection[MemberId]) -> dict[MemberId, Profile]:
        if not ids:
            return {}
        found = await self.rows(select(profiles).where(self.mine(profiles, profiles.c.member.in_(set(ids)))))
        return {MemberId(row.member): _profile(row) for row in found}

    async def profiles(self) -> list[Profile]:
        """The profiles of all who are still here, by member."""
        joined = profiles.join(members, (members.c.team == profiles.c.team) & (members.c.id == profiles.c.member))
        asked = select(profiles).select_from(joined).where(self.mine(profiles, members.c.left.is_(False)))
        found: list[Profile] = []
        while True:
            # Unsealing ten thousand at once would hold up everybody's click.
            after = profiles.c.member > found[-1].member if found else true()
            page = await self.rows(asked.where(after).order_by(profiles.c.member).limit(PAGE))
            found += [_profile(row) for row in page]
            if len(page) < PAGE:
                return found

    async def add_profile(self, profile: Profile) -> None:
        """The first profile of a member; `Stale` if there is one already."""
        if not await self.insert_once(profiles, _profile_values(profile) | {"member": profile.member, "version": 1}):
            raise Stale

    async def save_profile(self, profile: Profile) -> None:
        """Save what was read before; `Stale` if somebody saved in between."""
        done = await self.run(
            profiles.update()
            .where(self.mine(profiles, profiles.c.member == profile.member, profiles.c.version == profile.version))
            .values(version=profile.version + 1, **_profile_values(profile))
        )
        if done.rowcount != 1:
            raise Stale

    async def known(self) -> Known:
        """Everybody, those who left too, with the profiles there are."""
        people = await self.rows(select(members).where(self.mine(members)))
        told = await self.rows(select(profiles).where(self.mine(profiles)))
        return Known(
            {MemberId(row.id): member_of(row) for row in people},
            {MemberId(row.member): _profile(row) for row in told},
        )

    async def bring_in(self, changes: Sequence[Change]) -> None:
        """Write what a file changes, a statement a kind; `Stale` if somebody saved one of them in between."""
        new = [_newcomer(change.member) for change in changes if change.is_new]
        moved = [change.member for change in changes if change.member_differs and not change.is_new]
        written = [change.profile for change in changes if change.profile is not None and change.profile_differs]
        first = [profile for profile in written if profile.version == 0]
        again = [profile for profile in written if profile.version > 0]
        zones = [{"the_id": member.id, "own_zone": member.own_zone} for member in moved]
        await self._write_all(members.insert().values(team=self.team, id=bindparam("the_id")), new)
        await self._write_all(members.update().where(self.mine(members, members.c.id == bindparam("the_id"))), zones)
        added = profiles.insert().values(team=self.team, member=bindparam("the_member"), version=1)
        await self._write_all(added, [_first(profile) for profile in first])
        await self._write_all(self._if_unchanged(), [_again(profile) for profile in again])

    async def _notice(self, member: Member) -> None:
        """Before they are written: whether their clock is another than it was."""
        known = await self.get(member.id)
        if known is not None and known.tz != member.tz:
            self.moved.setdefault(member.id, known.tz)

    def _if_unchanged(self) -> Executable:
        same = profiles.c.version == bindparam("the_version")
        return profiles.update().where(self.mine(profiles, profiles.c.member == bindparam("the_member"), same))

    async def _write_all(self, statement: Executable, values: list[dict[str, Any]]) -> None:
        if not values:
            return
        self._answers.clear()
        try:
            done = await self.connection.execute(statement, values)
        except IntegrityError:
            raise Stale from None
        if done.rowcount not in (len(values), -1):
            raise Stale
        self.changes += 1


def member_of(row: Row[Any]) -> Member:
    return Member(
        id=MemberId(row.id),
        name=row.name,
        zone=row.zone,
        own_zone=row.own_zone,
        title=row.title,
        left=row.left,
        guest=row.guest,
        dm=ChannelId(row.dm) if row.dm else None,
        home_opened=row.home_opened,
        paused_until=row.paused_until,
        pause_note=row.pause_note or "",
    )


def _profile(row: Row[Any]) -> Profile:
    return Profile(
        member=MemberId(row.member),
        offers=tuple(Wish(skill, level) for skill, level in row.offers),
        wants=tuple(Wish(skill, level) for skill, level in row.wants),
        goals=row.goals or "",
        seniority=row.seniority,
        department=row.department,
        location=row.location,
        languages=tuple(row.languages),
        availability=Availability(
            tuple(row.availability["days"]), row.availability["start"], row.availability["end"]
        ),
        capacity=row.capacity,
        interests=tuple(row.interests),
        seeks=tuple(Kind(kind) for kind in row.seeks),
        offers_kinds=tuple(Kind(kind) for kind in row.offers_kinds),
        boundaries=row.boundaries or "",
        manager=MemberId(row.manager) if row.manager else None,
        themes=tuple(row.themes),
        version=row.version,
    )


def _newcomer(member: Member) -> dict[str, Any]:
    values = asdict(member)
    return {"the_id": values.pop("id")} | values


def _first(profile: Profile) -> dict[str, Any]:
    return {"the_member": profile.member} | _profile_values(profile)


def _again(profile: Profile) -> dict[str, Any]:
    named = {"the_member": profile.member, "the_version": profile.version, "version": profile.version + 1}
    return named | _profile_values(profile)


def _profile_values(profile: Profile) -> dict[str, Any]:
    return {
        "offers": [[wish.skill, wish.level] for wish in profile.offers],
        "wants": [[wish.skill, wish.level] for wish in profile.wants],
        "goals": profile.goals,
        "seniority": profile.seniority,
        "department": profile.department,
        "location": profile.location,
        "languages": list(profile.languages),
        "availability": {
            "days": list(profile.availability.days),
            "start": profile.availability.start,
            "end": profile.availability.end,
        },
        "capacity": profile.capacity,
        "interests": list(profile.interests),
        "seeks": list(profile.seeks),
        "offers_kinds": list(profile.offers_kinds),
        "boundaries": profile.boundaries,
        "manager": profile.manager,
        "themes": list(profile.themes),
    }
