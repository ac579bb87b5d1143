"""A promised letter goes out once, on time, or not at all."""

from bot.store.outbox import State
from tests.jobs.conftest import ANA, Desk


async def test_a_due_letter_is_sent_and_remembered(desk: Desk):
    await desk.promise("hello")
    assert await desk.deliverer().deliver_once() == 1
    assert desk.slack.texts("D0ANA") == ["hello"]
    standing = await desk.standing("hello")
    assert standing.state is State.SENT
    async with desk.store.open_view(desk.team) as work:
        assert await work.messages.where_is("test.word", "hello") == standing.place
        assert (await work.members.get(ANA)).dm == "D0ANA"
