"""`python -m bot outbox`, as an operator types it."""

import asyncio
from datetime import timedelta

import pytest

from bot import mailroom
from bot.app import clock
from bot.domain.ids import ChannelId, LetterId, MemberId
from bot.store.engine import connect
from bot.store.epoch import Epochs
from bot.store.keyring import Keyring, new_key
from bot.store.outbox import State, outbox
from bot.store.unit_of_work import Store
from tests.builders import an_installation

OAK = ChannelId("C0OAK")
KEYS = new_key()
KEY = "sessions.agenda:7"


@pytest.fixture
async def store(database_url):
    store = Store(connect(database_url, Keyring.parse(KEYS)))
    yield store
    await store.close()


@pytest.fixture
async def letters(store: Store, team, database_url, monkeypatch, tmp_path):
    """One of each state, from a day ago; the command line finds the same database."""
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "MENTOR_DATABASE_URL": database_url,
        "MENTOR_ENCRYPTION_KEYS": KEYS,
        "MENTOR_BOT_TOKEN": "xoxb-1",
        "MENTOR_APP_TOKEN": "xapp-1",
    }.items():
        monkeypatch.setenv(name, value)
    yesterday = clock() - timedelta(days=1)
    async with store.open_work(team) as work:
        await work.installations.save(an_installation(team))
        await work.outbox.add("sessions.agenda", 7, to=OAK, due=yesterday, payload={"private": "words"})
        for number, state in enumerate(State, start=100):
            await work.outbox.add("test.word", number, to=MemberId(f"U{number}"), due=yesterday)
            await work.connection.execute(
                outbox.update().where(outbox.c.subject == str(number)).values(state=state.value)
            )
    return team


async def run(act, *given, **more) -> int:
    """In a thread of its own, for each command runs a loop of its own."""
    return await asyncio.to_thread(act, *given, **more)


async def state_of(store: Store, team, number: int) -> State:
    async with store.open_view(team) as work:
        return (await work.outbox.show(LetterId(number))).state


async def test_the_list_shows_what_needs_somebody(letters, capsys):
    assert await run(mailroom.show_letters) == 0
    said = capsys.readouterr().out
    shown = {line.split()[1] for line in said.splitlines()[:-1]}
    assert shown == {"pending", "unknown", "uncertain", "dead"}
    assert KEY in said and "5 letters in T0OAK" in said


@pytest.mark.parametrize("state", ["sent", "expired", "all"])
async def test_a_list_of_one_state(letters, capsys, state):
    assert await run(mailroom.show_letters, state, limit=3) == 0
    assert f"{3 if state == 'all' else 1} letters" in capsys.readouterr().out


@pytest.mark.parametrize("which", [KEY, "1"])
async def test_one_letters_story(letters, capsys, which):
    assert await run(mailroom.drop, KEY, "nobody wants it") == 0
    assert await run(mailroom.show, which) == 0
    said = capsys.readouterr().out
    assert f"{KEY}\n  moot: It was not wanted any more." in said
    assert "dropped: nobody wants it" in said and "operator  outbox.drop  nobody wants it" in said
    assert "private" not in said


@pytest.mark.parametrize("which", ["999", "no such key", "9" * 40, "²"])
async def test_a_letter_that_is_not_there(letters, capsys, which):
    for act in (mailroom.show, mailroom.retry, mailroom.seen):
        assert await run(act, which) == 1
        assert "no such letter" in capsys.readouterr().out


async def test_retry_drop_and_seen_do_it_once(letters, store, capsys):
    uncertain, dead = (list(State).index(state) + 2 for state in (State.UNCERTAIN, State.DEAD))
    assert await run(mailroom.seen, str(uncertain)) == 0
    assert await state_of(store, letters, uncertain) is State.SENT
    assert await run(mailroom.seen, str(uncertain), "C0OAK", "1.1") == 1
    assert await run(mailroom.retry, str(dead)) == 0
    assert await state_of(store, letters, dead) is State.PENDING
    assert await run(mailroom.retry, str(dead)) == 1


async def test_a_restore_that_leaves_no_trace_can_be_told(letters, store, capsys):
    epochs, now = Epochs(store.engine), clock()
    async with store.transaction() as connection:
        await epochs.beat(connection, now, now)
    assert await run(mailroom.restored) == 0
    async with store.transaction() as connection:
        assert (await epochs.verify(connection, now, now)).new
