"""What Slack's failures mean, sorted once: too late, gone, forbidden, taken, locked out, later, or our own mistake.

The groups follow Slack's error tables. A code that is in none of them is treated as `Later`: tried again with
back-off, and given up in the open, never dropped in silence.
"""

import json
from enum import StrEnum

from slack_sdk.errors import SlackApiError


class Meaning(StrEnum):
    OURS = "ours"
    """A payload Slack refuses: never tried again."""
    TOO_LATE = "too_late"
    GONE = "gone"
    """The conversation or person is not there any more."""
    FORBIDDEN = "forbidden"
    """The workspace's rules do not allow it."""
    TAKEN = "taken"
    DONE = "done"
    """It was so already."""
    LOCKED_OUT = "locked_out"
    """The token is not good any more: stop sending in this workspace."""
    SCOPE = "scope"
    LATER = "later"
    """Certain that nothing happened: try again."""
    UNCERTAIN = "uncertain"
    """It may have happened."""


_GROUPS: dict[Meaning, str] = {
    Meaning.OURS: """invalid_blocks invalid_blocks_format invalid_arguments invalid_arg_name missing_argument msg_too_long
        msg_blocks_too_long no_text view_too_large markdown_text_conflict invalid_metadata_format invalid_metadata_schema
        metadata_too_large duplicate_external_id invalid_name_specials invalid_name_maxlength invalid_name_punctuation
        invalid_name_required invalid_name too_long unknown_method only_one_table_allowed too_many_attachments""",
    Meaning.TOO_LATE: """expired_trigger_id exchanged_trigger_id invalid_trigger_id hash_conflict not_found
        push_limit_reached used_url expired_url""",
    Meaning.GONE: """channel_not_found is_archived is_inactive not_in_channel user_not_found users_not_found user_disabled
        user_not_visible message_not_found thread_not_found cannot_dm_bot cannot_reply_to_message messages_tab_disabled
        user_not_in_channel canvas_not_found canvas_deleted""",
    Meaning.FORBIDDEN: """restricted_action restricted_action_read_only_channel restricted_action_thread_only_channel
        restricted_action_thread_locked restricted_action_non_threadable_channel cannot_create_channel cant_invite
        cant_invite_self user_is_restricted ura_max_channels org_user_not_in_team invitee_cant_see_channel
        no_external_invite_permission invalid_user_combination permission_denied plan_upgrade_required paid_teams_only
        edit_window_closed cant_update_message cant_delete_message not_enabled canvas_disabled_user_team ekm_access_denied
        too_many_users too_many_pins too_many_bookmarks too_many_reactions channel_canvas_already_exists
        free_team_canvas_tab_already_exists team_tier_cannot_create_channel_canvases""",
    Meaning.TAKEN: "name_taken",
    Meaning.DONE: "already_in_channel already_archived already_reacted no_reaction already_pinned",
    Meaning.LOCKED_OUT: """token_revoked account_inactive invalid_auth not_authed token_expired not_allowed_token_type
        no_permission team_access_not_granted org_login_required team_added_to_org access_denied accesslimited""",
    Meaning.SCOPE: "missing_scope",
    Meaning.LATER: """ratelimited rate_limited message_limit_exceeded restricted_too_many external_channel_migrating
        update_failed""",
    Meaning.UNCERTAIN: "internal_error fatal_error service_unavailable request_timeout",
}
MEANINGS: dict[str, Meaning] = {code: meaning for meaning, codes in _GROUPS.items() for code in codes.split()}

DEFAULT_WAIT = 30.0
SERVER_ERROR = 500


class SlackFailure(Exception):
    """Slack did not do what was asked. `code` is Slack's own word, `wait` in seconds where it named a time."""

    def __init__(self, code: str, meaning: Meaning, *, wait: float = 0.0, where: str = "") -> None:
        super().__init__(f"{code} ({meaning})" + (f": {where}" if where else ""))
        self.code = code
        self.meaning = meaning
        self.wait = wait
        self.where = where
        """What Slack said about the place of the mistake; never what people wrote."""

    @property
    def sentence(self) -> str:
        """What a member is told of it."""
        return SENTENCES.get(self.meaning, SENTENCES[Meaning.LATER])


class NoAddress(SlackFailure):
    """A response address took no reply: it was used up, too old, or out of reach."""


def sorted_failure(error: SlackApiError) -> SlackFailure:
    response = error.response
    code = str(response.get("error") or f"http_{response.status_code}")
    if response.status_code >= SERVER_ERROR:
        return SlackFailure(code, Meaning.UNCERTAIN)
    meaning = MEANINGS.get(code, Meaning.LATER)
    wait = float(response.headers.get("Retry-After", DEFAULT_WAIT)) if meaning is Meaning.LATER else 0.0
    where = "; ".join((response.get("response_metadata") or {}).get("messages") or [])
    if meaning is Meaning.SCOPE:
        where = f"needs {response.get('needed')}"
    return SlackFailure(code, meaning, wait=wait, where=where)


def refused_reply(status: int, body: str) -> NoAddress:
    """A response address that takes no more says so as JSON, or in a bare word."""
    try:
        said = json.loads(body)
    except ValueError:
        said = body
    code = said.get("error") if isinstance(said, dict) else said
    return NoAddress(str(code or f"http_{status}")[:80], Meaning.TOO_LATE)


def lost_reply(error: Exception) -> NoAddress:
    return NoAddress(type(error).__name__, Meaning.UNCERTAIN)


def lost_answer(error: Exception) -> SlackFailure:
    """The connection broke or nothing came back in time: it may have happened."""
    return SlackFailure(type(error).__name__, Meaning.UNCERTAIN)


SENTENCES: dict[Meaning, str] = {
    Meaning.OURS: "Slack did not accept what I wanted to show. It is a mistake of mine, and it has been noted.",
    Meaning.TOO_LATE: "That took a moment too long for Slack. Please click again.",
    Meaning.GONE: "That channel or person isn't there any more, so I could not do it.",
    Meaning.FORBIDDEN: "This workspace's rules do not let me do that. A workspace admin can change it.",
    Meaning.TAKEN: "That name is taken. Please choose another one.",
    Meaning.LOCKED_OUT: "I have lost my access to this workspace. The person who runs this bot has to install it again.",
    Meaning.SCOPE: "I lack a permission for that. The person who runs this bot can see which with `python -m bot doctor`.",
    Meaning.LATER: "Slack asks me to slow down. Please try again in a minute.",
    Meaning.UNCERTAIN: "Slack did not answer, so I don't know whether that went through. Have a look, then try again.",
}
