"""What the tests of drafts do again and again: draw one, look at what came of it, pick two people."""

from bot.features.matching import drafting, lead_handlers
from bot.slack.replies import Reply
from bot.slack.requests import Command
from bot.store.outbox import outbox
from tests.builders import an_id
from tests.features.answers import picked_person, typed


async def drawn(deps, team, words=""):
    reply = await lead_handlers.draw(Command(team, an_id("Lea"), words=words), deps)
    assert isinstance(reply, Reply)
    await deps.background.quiet()
    async with deps.store.open_view(team) as work:
        (draft,) = await work.drafts.latest(1)
        return await drafting.preview_within(work, draft.id)


async def circles_of(deps, team):
    async with deps.store.open_view(team) as work:
        return await work.circles.open()


async def letters_of(deps, team):
    async with deps.store.open_view(team) as work:
        return [row.kind for row in await work.outbox.rows(outbox.select().order_by(outbox.c.id))]


async def acts_of(deps, team):
    async with deps.store.open_view(team) as work:
        return [entry.act for entry in await work.audit.latest()]


def picks(one, other):
    return typed(one=picked_person(an_id(one)), other=picked_person(an_id(other)))


def two_apart(shown):
    """Somebody of the first circle and somebody of the second."""
    return shown.circles.circles[0].members[0][2:].title(), shown.circles.circles[1].members[0][2:].title()
