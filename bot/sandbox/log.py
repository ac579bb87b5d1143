"""Every call that the bot made and what it was told; apart, the ones that Slack would call our own bug."""

from collections import deque
from dataclasses import asdict, dataclass

from bot.sandbox.clock import Clock
from bot.sandbox.model import Json

KEPT = 20_000

# SLACK.md 3.6, class "our bug".
OUR_BUG = frozenset(
    {
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_arguments",
        "invalid_arg_name",
        "invalid_json",
        "missing_argument",
        "msg_too_long",
        "msg_blocks_too_long",
        "only_one_table_allowed",
        "no_text",
        "view_too_large",
        "markdown_text_conflict",
        "invalid_metadata_format",
        "invalid_metadata_schema",
        "metadata_too_large",
        "duplicate_external_id",
        "invalid_name_specials",
        "invalid_name_maxlength",
        "invalid_name_punctuation",
        "invalid_name_required",
        "too_long",
        "unknown_method",
        "missing_scope",
        "not_allowed_token_type",
        "invalid_response_action",
    }
)


@dataclass(frozen=True)
class Entry:
    n: int
    method: str
    args: Json
    answer: Json
    at: str


class CallLog:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self._refusals: list[Entry] = []
        self._count = 0

    def add(self, method: str, args: Json, *, answer: Json) -> None:
        self._count += 1
        entry = Entry(self._count, method, args, answer, self._clock.now().isoformat())
        self._entries.append(entry)
        if answer.get("error") in OUR_BUG:
            self._refusals.append(entry)

    def after(self, number: int) -> list[Json]:
        return [asdict(entry) for entry in self._entries if entry.n > number]

    def refusals(self) -> list[Json]:
        return [asdict(entry) for entry in self._refusals]
