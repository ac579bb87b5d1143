"""What somebody sees who is to say whether a post is there."""

from bot.domain.ids import ChannelId
from bot.slack import blocks
from bot.slack.blocks import Message
from bot.slack.payload import pack
from bot.slack.text import channel_link, mention, moment
from bot.store.outbox import Letter

WORDS = {
    "circles.welcome": "the welcome",
    "circles.closing": "the announcement that the circle ends",
    "circles.closed": "the goodbye",
    "circles.rhythm": "the new rhythm",
    "sessions.agenda": "the agenda",
    "sessions.thread": "the thread for the session",
    "sessions.wrapup": "the wrap-up of the session",
    "sessions.moved": "the new time of a session",
    "sessions.skipped": "that a session is left out",
    "sessions.off": "that a week is left out",
    "sessions.restored": "that a session takes place after all",
    "checkins.thread": "this week's question",
    "checkins.answer": "an answer to this week's question",
    "checkins.summary": "the summary of this week's answers",
    "hotseat.changed": "who sits when",
    "hotseat.brief-shared": "the presenter's brief",
}


def question(letter: Letter) -> Message:
    what, where = what_it_is(letter), _where(letter)
    opening = f"*Is {what} there?* It was due in {where} on {moment(letter.due)}."
    why = "Slack's answer got lost, and I can't read there. I don't want to say it twice, so please have a look."
    return Message(
        f"I may not have posted {what}.",
        [
            blocks.section(f"{opening} {why}"),
            blocks.actions(
                blocks.button("It is there", "lost.there", pack(letter=letter.id), style="primary"),
                blocks.button("Post it again", "lost.again", pack(letter=letter.id)),
            ),
        ],
    )


def posted_again(letter: Letter) -> Message:
    return _said(f"Thank you. I post {what_it_is(letter)} in {_where(letter)} again.")


def stands(letter: Letter) -> Message:
    """Where it stands nobody has told us: a click says that it is there, and not which message it is."""
    opening = f"Thank you. Then {what_it_is(letter)} stays as it is in {_where(letter)}."
    return _said(f"{opening} I can't find it myself, so what would be changed in it later stays as it is, too.")


def settled_already() -> Message:
    return _said("That is settled already. There is nothing left to do.")


def too_late(letter: Letter) -> Message:
    return _said(f"The time for {what_it_is(letter)} is over, so I leave it.")


def what_it_is(letter: Letter) -> str:
    return WORDS.get(letter.kind, "a message")


def _where(letter: Letter) -> str:
    if letter.member:
        return f"my conversation with {mention(letter.member)}"
    return channel_link(ChannelId(letter.to))


def _said(words: str) -> Message:
    return Message(words, [blocks.section(words)])
