"""Text as Slack reads it."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ids import ChannelId, MemberId
from bot.slack import text
from bot.slack.parse import find_command, suggestion

ANY = st.text(st.characters())
AT = datetime(2026, 3, 5, 14, 0, tzinfo=UTC)


@given(ANY)
def test_escaped_text_holds_no_token_of_slacks_and_reads_the_same(words):
    escaped = text.escape(words)
    assert "<" not in escaped and ">" not in escaped
    assert escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == words


@pytest.mark.parametrize("nasty", ["<!channel>", "<!here|here>", "<@U0BO>", "&lt;!channel&gt;", "<https://x|y>"])
def test_a_mention_somebody_typed_does_not_ring(nasty):
    assert "<" not in text.escape(f"Ask {nasty} about it")


@given(ANY, st.integers(1, 80))
def test_clipped_text_is_within_the_limit_as_the_strictest_client_counts(words, limit):
    assert text.length(text.clip(words, limit)) <= limit


@given(ANY)
def test_text_that_fits_is_left_alone(words):
    assert text.clip(words, text.length(words)) == words


def test_what_is_cut_ends_in_an_ellipsis_and_no_emoji_is_halved():
    assert text.clip("abcdef", 4) == "abc…"
    assert text.clip("ab 👩👩👩", 6) == "ab 👩…"
    assert text.clip("word word", 6) == "word…"


def test_length_counts_an_emoji_outside_the_basic_plane_as_two():
    assert (text.length("é"), text.length("👩"), text.length("عنا")) == (1, 2, 3)


def test_people_and_channels_are_tokens():
    assert text.mention(MemberId("U0ANA")) == "<@U0ANA>"
    assert text.channel_link(ChannelId("C0OAK")) == "<#C0OAK>"


def test_a_links_words_cannot_end_it():
    assert text.link("https://x.test/?a=1&b=2", "this | that >") == "<https://x.test/?a=1&amp;b=2|this / that &gt;>"


@pytest.mark.parametrize(
    ("made", "token"),
    [
        (text.moment(AT), "<!date^1772719200^{date_long_pretty} at {time}|Thu 05 Mar 14:00 UTC>"),
        (text.day(AT), "<!date^1772719200^{date_long}|Thu 05 Mar 14:00 UTC>"),
        (text.clock(AT), "<!date^1772719200^{time}|Thu 05 Mar 14:00 UTC>"),
    ],
)
def test_a_moment_is_shown_in_each_readers_zone_with_a_fallback_in_utc(made, token):
    assert made == token


@pytest.mark.parametrize(("count", "words"), [(0, "0 sessions"), (1, "1 session"), (2, "2 sessions")])
def test_a_number_comes_with_the_right_word(count, words):
    assert text.many(count, "session", "sessions") == words


@pytest.mark.parametrize(
    ("names", "words"),
    [([], ""), (["Ana"], "Ana"), (["Ana", "Bo"], "Ana and Bo"), (["Ana", "Bo", "Chi"], "Ana, Bo and Chi")],
)
def test_names_are_listed_as_people_say_them(names, words):
    assert text.listed(names) == words


def test_the_last_word_of_a_list_can_be_another():
    assert text.listed(["Ana", "Bo"], last="or") == "Ana or Bo"


def test_what_is_typed_behind_a_command_is_read_as_it_was_typed():
    """Slack sends it escaped; shown again it is escaped once and not twice."""
    commands = {"skills add": "the route"}
    assert find_command(commands, "skills add R&amp;D &lt;&amp;lt;&gt;") == ("the route", "R&D <&lt;>")
    assert find_command(commands, "skils &lt;b&gt;") == (None, "skils <b>")
    assert "`skils &lt;b&gt;`" in suggestion(commands, "skils <b>")


def test_nothing_that_somebody_wrote_is_markdown():
    hostile = "# <!channel> [a](b) **x** `y` ![](@U0ANA) :tada: \\ | ~z~"
    escaped = text.markdown(hostile)
    assert re.sub(r"\\(.)", r"\1", escaped) == hostile
    assert not re.search(r"(?<!\\)[*_`#<>\[\]!@~:]", escaped)
