"""Sealing: nobody without the key can read it, and keys can be changed."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from bot.store.engine import connect
from bot.store.keyring import Key, Keyring, KeyringError, new_key
from bot.store.unit_of_work import Store
from tests.builders import a_member, saved_installation, saved_member, saved_profile

SECRET = "I want to leave my team before the summer"
OLD, NEW = new_key("k1"), new_key("k2")


@given(st.text())
def test_what_was_sealed_opens(words):
    keyring = Keyring.parse(OLD)
    assert keyring.open(keyring.seal(words, "profiles.goals"), "profiles.goals") == words


def test_a_sealed_text_shows_neither_the_words_nor_that_two_are_equal():
    keyring = Keyring.parse(OLD)
    first, second = (keyring.seal(SECRET, "profiles.goals") for _ in range(2))
    assert first != second
    assert SECRET.encode() not in base64.b64decode(first.partition(".")[2])


def test_a_sealed_text_does_not_open_in_another_column():
    keyring = Keyring.parse(OLD)
    with pytest.raises(KeyringError, match="does not open"):
        keyring.open(keyring.seal(SECRET, "profiles.goals"), "profiles.boundaries")


def test_an_altered_text_does_not_open():
    keyring = Keyring.parse(OLD)
    name, _, body = keyring.seal(SECRET, "profiles.goals").partition(".")
    raw = bytearray(base64.b64decode(body))
    raw[-1] ^= 1
    with pytest.raises(KeyringError, match="altered"):
        keyring.open(f"{name}.{base64.b64encode(bytes(raw)).decode()}", "profiles.goals")


def test_after_a_new_key_is_put_in_front_the_old_texts_open_and_new_ones_use_it():
    sealed = Keyring.parse(OLD).seal(SECRET, "profiles.goals")
    both = Keyring.parse(f"{NEW},{OLD}")
    assert both.open(sealed, "profiles.goals") == SECRET
    assert not both.is_current(sealed)
    assert both.is_current(both.seal(SECRET, "profiles.goals"))


def test_without_its_key_a_text_stays_shut_and_the_key_is_named():
    with pytest.raises(KeyringError, match=r"'k1'.*MENTOR_ENCRYPTION_KEYS"):
        Keyring.parse(NEW).open(Keyring.parse(OLD).seal(SECRET, "profiles.goals"), "profiles.goals")


@pytest.mark.parametrize(
    "written",
    ["k1", "k1:", ":c2hvcnQ=", "k1:c2hvcnQ=", "k 1:" + "A" * 43 + "=", "k1:not base64", "k1:" + "A" * 43 + "=,k2:x"],
)
def test_a_malformed_key_is_refused_with_how_to_make_one(written):
    with pytest.raises(KeyringError, match="new-key"):
        Keyring.parse(written)


@pytest.mark.parametrize("written", ["", " , "])
def test_no_key_at_all_is_refused(written):
    with pytest.raises(KeyringError, match="At least one"):
        Keyring.parse(written)


def test_a_key_does_not_show_itself():
    assert repr(Key("k1", b"secret" * 8)) == "Key('k1')"


async def fill(store: Store, team) -> None:
    async with store.open_work(team) as work:
        await saved_profile(work, goals=SECRET, boundaries=SECRET)
        await saved_member(work, "Bo", pause_note=SECRET)
        await saved_installation(work, token="xoxb-not-for-everyone")


@pytest.mark.database("sqlite")
async def test_sealed_words_are_nowhere_in_the_file(store, team, sqlite_file):
    await fill(store, team)
    files = b"".join(path.read_bytes() for path in sqlite_file.parent.iterdir())
    assert b"U0ANA" in files
    assert SECRET.encode() not in files
    assert b"xoxb" not in files


async def test_sealed_words_are_not_in_the_raw_columns(store, team):
    await fill(store, team)
    async with store.open_view(team) as work:
        for column in ("goals FROM profiles", "boundaries FROM profiles", "token FROM installations"):
            raw = (await work.connection.execute(text(f"SELECT {column}"))).scalar_one()
            assert raw.startswith("k1.")
            assert SECRET not in raw
            assert "xoxb" not in raw


async def test_rows_open_after_a_key_change(database_url, team):
    before = Store(connect(database_url, Keyring.parse(OLD)))
    await fill(before, team)
    await before.close()
    after = Store(connect(database_url, Keyring.parse(f"{NEW},{OLD}")))
    async with after.open_view(team) as work:
        assert (await work.members.profile(a_member().id)).goals == SECRET
    await after.close()
    lost = Store(connect(database_url, Keyring.parse(NEW)))
    with pytest.raises(KeyringError):
        async with lost.open_view(team) as work:
            await work.members.profile(a_member().id)
    await lost.close()
