"""What Slack's failures mean."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.failures import MEANINGS, SENTENCES, Meaning, lost_answer, sorted_failure


def refused(error: str, *, status: int = 200, headers: dict | None = None, **more) -> SlackApiError:
    data = {"ok": False, "error": error, **more}
    response = AsyncSlackResponse(
        client=None, http_verb="POST", api_url="x", req_args={}, data=data, headers=headers or {}, status_code=status
    )
    return SlackApiError("no", response)


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        ("invalid_blocks", Meaning.OURS),
        ("expired_trigger_id", Meaning.TOO_LATE),
        ("channel_not_found", Meaning.GONE),
        ("restricted_action", Meaning.FORBIDDEN),
        ("name_taken", Meaning.TAKEN),
        ("already_in_channel", Meaning.DONE),
        ("token_revoked", Meaning.LOCKED_OUT),
        ("missing_scope", Meaning.SCOPE),
        ("ratelimited", Meaning.LATER),
        ("internal_error", Meaning.UNCERTAIN),
    ],
)
def test_a_code_has_its_meaning(code, meaning):
    assert sorted_failure(refused(code)).meaning is meaning


def test_every_meaning_is_somebodys():
    assert set(MEANINGS.values()) == set(Meaning)


def test_an_unknown_code_is_tried_again():
    failure = sorted_failure(refused("a_code_of_next_year"))
    assert (failure.meaning, failure.code) == (Meaning.LATER, "a_code_of_next_year")
    assert failure.wait > 0


def test_a_server_error_may_have_happened_whatever_it_says():
    assert sorted_failure(refused("invalid_blocks", status=503)).meaning is Meaning.UNCERTAIN


def test_the_wait_is_slacks_own_and_only_for_later():
    assert sorted_failure(refused("ratelimited", headers={"Retry-After": "7"})).wait == 7.0
    assert sorted_failure(refused("ratelimited")).wait > 0
    assert sorted_failure(refused("channel_not_found", headers={"Retry-After": "7"})).wait == 0.0


def test_the_place_of_a_mistake_is_kept():
    pointers = {"messages": ["must be less than 76 characters [json-pointer:/blocks/0/elements/0/text]"]}
    assert "json-pointer:/blocks/0" in str(sorted_failure(refused("invalid_blocks", response_metadata=pointers)))


def test_a_missing_scope_is_named():
    assert sorted_failure(refused("missing_scope", needed="im:write")).where == "needs im:write"


def test_a_lost_answer_is_uncertain_and_says_how_it_got_lost():
    failure = lost_answer(TimeoutError())
    assert (failure.code, failure.meaning) == ("TimeoutError", Meaning.UNCERTAIN)


def test_whatever_a_member_may_meet_has_a_sentence_that_ends_properly():
    shown = set(Meaning) - {Meaning.DONE}
    assert set(SENTENCES) == shown
    assert all(sentence.endswith(".") for sentence in SENTENCES.values())
