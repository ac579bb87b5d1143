"""Settings: what is missing or wrong is named at once, with where to get it."""

import pytest

from bot.config import Mode, SettingsError, read_settings

WHOLE = {"bot_token": "xoxb-1", "app_token": "xapp-1", "encryption_keys": "k1:x"}


@pytest.fixture(autouse=True)
def no_settings_around(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    for name in ("BOT_TOKEN", "APP_TOKEN", "SIGNING_SECRET", "ENCRYPTION_KEYS", "MODE", "PORT"):
        monkeypatch.delenv(f"MENTOR_{name}", raising=False)


def test_everything_missing_is_named_with_where_to_get_it():
    with pytest.raises(SettingsError) as refused:
        read_settings()
    for words in ("MENTOR_BOT_TOKEN", "OAuth & Permissions", "MENTOR_APP_TOKEN", "connections:write", "new-key"):
        assert words in str(refused.value)


def test_http_mode_wants_the_signing_secret_and_no_app_token(monkeypatch):
    monkeypatch.setenv("MENTOR_MODE", "http")
    with pytest.raises(SettingsError) as refused:
        read_settings(bot_token="xoxb-1", encryption_keys="k1:x")
    assert "MENTOR_SIGNING_SECRET" in str(refused.value) and "APP_TOKEN" not in str(refused.value)


def test_a_wrong_value_is_named(monkeypatch):
    monkeypatch.setenv("MENTOR_PORT", "many")
    with pytest.raises(SettingsError, match="MENTOR_PORT"):
        read_settings(**WHOLE)


def test_the_env_file_is_read(tmp_path):
    (tmp_path / ".env").write_text("MENTOR_BOT_TOKEN=xoxb-2\nMENTOR_APP_TOKEN=xapp-2\nMENTOR_ENCRYPTION_KEYS=k1:x\n")
    settings = read_settings()
    assert settings.bot_token.get_secret_value() == "xoxb-2" and settings.mode is Mode.SOCKET
    assert "xoxb-2" not in repr(settings)


def test_owners_and_the_address_are_made_tidy():
    settings = read_settings(**WHOLE, owners="U1, U2,,", slack_api_url="http://127.0.0.1:1/api")
    assert settings.owner_ids == ["U1", "U2"] and settings.slack_api_url.endswith("/api/")


@pytest.mark.parametrize("given", ["1", "-1", "511"])
def test_too_little_memory_for_any_draw_is_refused_at_the_start(monkeypatch, given):
    monkeypatch.setenv("MENTOR_DRAW_MEMORY", given)
    with pytest.raises(SettingsError, match=r"MENTOR_DRAW_MEMORY.*at least 512 MiB"):
        read_settings(bot_token="xoxb-1", app_token="xapp-1", encryption_keys="k1:x")


@pytest.mark.parametrize("given", ["0", "512", "4096"])
def test_memory_for_draws_goes_by_the_program_or_is_given(monkeypatch, given):
    monkeypatch.setenv("MENTOR_DRAW_MEMORY", given)
    found = read_settings(bot_token="xoxb-1", app_token="xapp-1", encryption_keys="k1:x")
    assert found.draw_memory == int(given)
