"""Settings, from the environment and a `.env` file; read once, by app and the command line.

Our names start with MENTOR_: Bolt switches on file stores in the home directory when it sees SLACK_CLIENT_ID.
"""

from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

LEAST_DRAW_MEMORY = 512
"""The libraries of the matcher alone take most of it."""
SLACK_API = "https://slack.com/api/"
LOCAL = "local"


def _enough_to_draw(given: int) -> int:
    if given != 0 and given < LEAST_DRAW_MEMORY:
        raise ValueError(f"0 (by how many people there are) or at least {LEAST_DRAW_MEMORY} MiB")
    return given


def _an_address(given: str) -> str:
    """Without the slash at its end. LOCAL stands for the web server's own address, for trying it out on one machine."""
    if given and given != LOCAL and not given.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise ValueError("must begin with https://, as calendars send the private address with every look")
    return given.rstrip("/")


class Mode(StrEnum):
    SOCKET = "socket"
    HTTP = "http"


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="MENTOR_", env_file=".env", extra="ignore")

    mode: Mode = Mode.SOCKET
    bot_token: SecretStr = SecretStr("")
    app_token: SecretStr = SecretStr("")
    signing_secret: SecretStr = SecretStr("")
    encryption_keys: SecretStr = SecretStr("")
    database_url: SecretStr = SecretStr("sqlite:///mentor.db")
    slack_api_url: str = SLACK_API
    command: str = "/mentor"
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=0, le=65535)
    log_level: str = "INFO"
    log_json: bool = False
    owners: str = ""
    """Members (their Slack ids, separated by commas) who own the bot in the workspace and name its leads."""
    public_url: Annotated[str, AfterValidator(_an_address)] = ""
    """Where the bot's web server is reached from outside, such as https://mentor.example.org; calendars ask there."""
    migrate_at_start: bool = True
    draw_memory: Annotated[int, AfterValidator(_enough_to_draw)] = 0
    """How many MiB a draw of circles may take; 0 goes by how many people there are."""

    WHERE: ClassVar[dict[str, str]] = {
        "bot_token": "the bot token (xoxb-…), from your Slack app under OAuth & Permissions",
        "app_token": "the app-level token (xapp-…) with connections:write, from Basic Information → App-Level Tokens",
        "signing_secret": "the signing secret, from Basic Information → App Credentials",
        "encryption_keys": "the key that seals what members write; `python -m bot new-key` makes one",
    }

    def model_post_init(self, _context: Any) -> None:
        if not self.slack_api_url.endswith("/"):
            self.slack_api_url += "/"

    @property
    def owner_ids(self) -> list[str]:
        return [part.strip() for part in self.owners.split(",") if part.strip()]

    def missing(self) -> list[str]:
        """A line for each setting that is needed in this mode and not there, with where to get it."""
        needed = ["bot_token", "encryption_keys"]
        needed += ["app_token"] if self.mode is Mode.SOCKET else ["signing_secret"]
        return [
            f"MENTOR_{name.upper()}: {self.WHERE[name]}"
            for name in needed
            if not getattr(self, name).get_secret_value()
        ]


class SettingsError(Exception):
    """The settings cannot be used; the text says which and what to do."""


def parse_settings(**given: Any) -> Settings:
    """Settings as they are, be they complete or not; `SettingsError` names every one that is wrong."""
    try:
        return Settings(**given)
    except ValidationError as wrong:
        lines = [f"MENTOR_{'_'.join(str(part) for part in e['loc']).upper()}: {e['msg']}" for e in wrong.errors()]
        raise SettingsError("\n".join(["These settings are wrong:", *lines])) from wrong


def read_settings(**given: Any) -> Settings:
    """Settings that are complete, or `SettingsError` naming everything that is missing or wrong at once."""
    settings = parse_settings(**given)
    if missing := settings.missing():
        lines = [f"  {line}" for line in missing]
        raise SettingsError("\n".join(["These settings are missing (environment or .env):", *lines]))
    return settings
