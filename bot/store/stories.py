"""Stories, their words sealed, with what each of those named has said to the wording as it is."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from sqlalchemy import Boolean, Column, Index, Integer, Row, String, Table, select
from sqlalchemy.sql import ColumnElement

from bot.domain.errors import Gone
from bot.domain.ids import CircleId, MemberId, StoryId
from bot.domain.stories import Story, StoryState
from bot.store.base import Repository, metadata, team_column
from bot.store.types import Moment, Sealed

stories = Table(
    "stories",
    metadata,
    Column("id", Integer, primary_key=True),
    team_column(),
    Column("author", String(20), nullable=False),
    Column("text", Sealed("stories.text"), nullable=False),
    Column("circle", Integer),
    Column("state", String(10), nullable=False),
    Column("edition", Integer, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("shown_at", Moment),
    Column("version", Integer, nullable=False),
    Index("ix_stories_author", "team", "author"),
    Index("ix_stories_shown", "team", "shown_at"),
)
named = Table(
    "story_names",
    metadata,
    team_column(primary_key=True),
    Column("story", Integer, primary_key=True, autoincrement=False),
    Column("member", String(20), primary_key=True),
    Column("fine", Boolean),
    Index("ix_story_names_member", "team", "member"),
)


class Stories(Repository):
    async def get(self, story: StoryId) -> Story:
        found = await self.find(story)
        if found is None:
            raise Gone("That story isn't there any more. `/mentor stories` shows those that are.")
        return found

    async def find(self, story: StoryId) -> Story | None:
        found = await self._load(stories.c.id == story)
        return found[0] if found else None

    async def by_author(self, member: MemberId) -> list[Story]:
        return await self._load(stories.c.author == member)

    async def naming(self, member: MemberId) -> list[Story]:
        """All in which somebody else names this member."""
        about = select(named.c.story).where(self.mine(named, named.c.member == member))
        return await self._load(stories.c.id.in_(about))

    async def shown(self, limit: int) -> list[Story]:
        """The latest that everybody may read, the newest first."""
        newest = (
            select(stories.c.id)
            .where(self.mine(stories, stories.c.state == StoryState.SHOWN.value))
            .order_by(stories.c.shown_at.desc(), stories.c.id.desc())
            .limit(limit)
        )
        found = await self._load(stories.c.id.in_(newest))
        return sorted(found, key=lambda one: (str(one.shown_at), one.id), reverse=True)

    async def add(self, story: Story) -> Story:
        """Store a new one (its `id` is not read)."""
        number = StoryId(await self.insert(stories, _values(story) | {"version": 1}))
        await self._keep_names(replace(story, id=number))
        return await self.get(number)

    async def save(self, story: Story) -> None:
        """`Stale` if somebody saved in between."""
        await self.save_version(stories, story.id, story.version, _values(story))
        await self._keep_names(story)

    async def _keep_names(self, story: Story) -> None:
        await self.run(named.delete().where(self.mine(named, named.c.story == story.id)))
        rows = [
            {"team": self.team, "story": story.id, "member": member, "fine": story.answers.get(member)}
            for member in story.named
        ]
        if rows:
            await self.connection.execute(named.insert(), rows)

    async def _load(self, *conditions: ColumnElement[bool]) -> list[Story]:
        found = await self.rows(select(stories).where(self.mine(stories, *conditions)).order_by(stories.c.id))
        names = await self._names_of([row.id for row in found])
        return [_story(row, names[row.id]) for row in found]

    async def _names_of(self, numbers: Collection[int]) -> dict[int, dict[MemberId, bool | None]]:
        told: dict[int, dict[MemberId, bool | None]] = {number: {} for number in numbers}
        if numbers:
            for row in await self.rows(select(named).where(self.mine(named, named.c.story.in_(set(numbers))))):
                told[row.story][MemberId(row.member)] = row.fine
        return told


def _story(row: Row[Any], names: dict[MemberId, bool | None]) -> Story:
    return Story(
        text=row.text,
        named=tuple(sorted(names)),
        id=StoryId(row.id),
        author=MemberId(row.author),
        made_at=row.made_at,
        circle=CircleId(row.circle) if row.circle else None,
        state=StoryState(row.state),
        answers={member: fine for member, fine in names.items() if fine is not None},
        edition=row.edition,
        shown_at=row.shown_at,
        version=row.version,
    )


def _values(story: Story) -> dict[str, Any]:
    return {
        "author": story.author,
        "text": story.text,
        "circle": story.circle,
        "state": story.state.value,
        "edition": story.edition,
        "made_at": story.made_at,
        "shown_at": story.shown_at,
    }
