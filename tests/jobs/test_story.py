"""The log tells one letter's whole story by its key, and what it says of no other letter gets in between."""

from structlog.testing import capture_logs

from bot.domain.ids import MemberId
from tests.jobs.conftest import KIND, OAK, Desk


def story(lines, subject: str) -> list[str]:
    return [line["event"] for line in lines if line.get("key") == f"{KIND}:{subject}"]


async def test_a_letter_that_is_sent(desk: Desk):
    with capture_logs() as lines:
        await desk.promise("hello", "another")
        await desk.promise("hello")
        await desk.deliverer().deliver_once()
    assert story(lines, "hello") == ["promised", "claimed", "sent"]
    assert all(line["team"] == desk.team for line in lines if "key" in line)


async def test_a_letter_whose_answer_got_lost_and_is_found(desk: Desk):
    desk.slack.faults["chat.postMessage"] = ["cut-after"]
    with capture_logs() as lines:
        await desk.promise("hello")
        await desk.deliverer().deliver_once()
        desk.clock.forward(seconds=61)
        await desk.deliverer().deliver_once()
    assert story(lines, "hello") == ["promised", "claimed", "not sent", "looked for"]
    assert [line["found"] for line in lines if line["event"] == "looked for"] == ["there"]


async def test_a_letter_that_somebody_settles(desk: Desk):
    desk.slack.scopes.clear()
    desk.slack.faults["chat.postMessage"] = ["cut-after", "ok"]
    with capture_logs() as lines:
        await desk.promise("hello", to=OAK)
        await desk.deliverer().deliver_once()
        desk.clock.forward(seconds=61)
        await desk.deliverer().deliver_once()
        letter, ana = await desk.id_of("hello"), MemberId("U0ANA")
        async with desk.store.open_work(desk.team) as work:
            await work.outbox.retry(letter, by=ana, now=desk.clock.now())
        async with desk.store.open_work(desk.team) as work:
            await work.outbox.drop(letter, "it was there", by=ana, now=desk.clock.now())
    told = ["promised", "claimed", "not sent", "looked for", "outbox.retry", "outbox.drop"]
    assert story(lines, "hello") == told


async def test_what_was_rolled_back_is_not_told(desk: Desk):
    with capture_logs() as lines:
        try:
            async with desk.store.open_work(desk.team) as work:
                await work.outbox.add(KIND, "hello", to=OAK, due=desk.clock.now())
                raise LookupError
        except LookupError:
            pass
    assert story(lines, "hello") == []
