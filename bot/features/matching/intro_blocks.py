"""How a request for a coffee looks to both sides, from the asking to the first meeting."""

from collections.abc import Mapping, Sequence

from bot import doors
from bot.domain.guides import LENGTHS
from bot.domain.ids import MemberId
from bot.domain.intros import Fit, Intro
from bot.domain.people import Kind, Profile
from bot.domain.templates import fill, lines
from bot.features.matching.blocks import KIND_TIME, because, cost, facts_line, profile_facts
from bot.features.matching.finding import Candidate
from bot.slack import blocks
from bot.slack.blocks import Block, Element, Message, View
from bot.slack.payload import pack
from bot.slack.text import day, escape, mention

AS_WHAT: dict[Kind, str] = {
    Kind.SKILL: "to learn from you",
    Kind.SPONSOR: "to win you as a sponsor",
    Kind.PERSPECTIVE: "to hear how things look from where you stand",
    Kind.COACH: "to be coached by you",
    Kind.PEER: "to find a peer to think with",
    Kind.REVERSE: "to learn from somebody earlier in their career",
    Kind.MICRO: "with one question",
}


TOGETHER_AS: dict[Kind, str] = {
    Kind.SKILL: "to pass on a skill",
    Kind.SPONSOR: "as sponsor and sponsored",
    Kind.PERSPECTIVE: "for another perspective",
    Kind.COACH: "as coach and coached",
    Kind.PEER: "as peers",
    Kind.REVERSE: "to learn from somebody earlier in their career",
    Kind.MICRO: "for one question",
}


def asked(intro: Intro) -> View:
    who = mention(intro.asked)
    words = (
        f"*I pass it on in {who}'s working hours*: right away if it is between 9 and 18 on a working day there, else at 9 "
        f"on their next working morning. They have until {day(intro.answer_by)} to answer. "
        "If it's a yes, I open a conversation for the two of you; if not, I show you who fits next."
    )
    return blocks.modal("Asked", [blocks.section(words), blocks.context("You can take it back on your Home tab.")])


def letter(intro: Intro, asker: Profile) -> Message:
    """To the one who is asked. The lines of the asker wait behind "Tell me more"."""
    who = mention(intro.asker)
    opening = f"*{who} asks you for an intro coffee*, {AS_WHAT[intro.kind]}: half an hour, no promise after it."
    shown: list[Block] = [blocks.section(f"{opening}\n{facts_line(asker)}".strip())]
    if intro.lines.via:
        shown.append(
            blocks.context(f"{mention(MemberId(intro.lines.via))} knows you both, and thinks you should meet.")
        )
    if intro.lines.why:
        shown.append(blocks.quote(intro.lines.why))
    shown += [
        blocks.actions(
            blocks.button("Accept", "matching.accept", pack(intro=intro.id), style="primary"),
            blocks.button("Not now", "matching.decline", pack(intro=intro.id)),
            blocks.button("Tell me more", "matching.more", pack(intro=intro.id)),
        ),
        blocks.context(f"A no is fine and costs nothing. Without an answer it lapses on {day(intro.answer_by)}."),
    ]
    return Message(f"{who} asks you for an intro coffee.", shown)


def more(intro: Intro, asker: Profile) -> View:
    """What the asker's profile tells others, and what they wrote for this request."""
    shown = [blocks.section(f"*{mention(intro.asker)}*"), *profile_facts(asker)]
    for name, line in (
        ("Why you", intro.lines.why),
        ("Hopes to learn", intro.lines.hope),
        ("Offers", intro.lines.offer),
    ):
        if line:
            shown += [blocks.section(f"*{name}*"), blocks.quote(line)]
    if not intro.lines.any:
        shown.append(blocks.context("They wrote no lines of their own."))
    shown.append(blocks.context(f"What it takes: {KIND_TIME[intro.kind]}."))
    if not intro.lines.question:
        ask = blocks.button("Ask them one thing", "matching.ask-back", pack(intro=intro.id))
        shown.append(blocks.section("Something you need to know before you decide?", ask))
    return blocks.modal("Who is asking", shown)


def accepted(intro: Intro) -> Message:
    words = f"*You said yes to {mention(intro.asker)}.* I'm opening a conversation for the two of you, with a guide."
    return Message("You said yes.", [blocks.section(words)])


def declined(intro: Intro) -> Message:
    words = f"*Not now, then.* I tell {mention(intro.asker)} kindly, without a reason."
    add = blocks.button("Add a kind line", "matching.kind-line", pack(intro=intro.id))
    pause = blocks.context("Too many requests? `/mentor pause` gives you a break until a day you choose.")
    named = blocks.section("A line of yours, or a name of somebody who may fit better, makes it easier to hear.", add)
    return Message("Not now, then.", [blocks.section(words), named, pause])


def withdrawn(intro: Intro) -> Message:
    words = f"{mention(intro.asker)} took the request for an intro coffee back. There is nothing to do."
    return Message(words, [blocks.section(words)])


def guide(intro: Intro, boundaries: Mapping[MemberId, str], text: str, minutes: int = LENGTHS[0]) -> Message:
    """Into the conversation of the two: what to do first, and how the time goes well. `text` is the guide of their kind
    as the program has it, the blanks filled in."""
    asker, asked_one = mention(intro.asker), mention(intro.asked)
    other = next(length for length in LENGTHS if length != minutes)
    switch = blocks.button(f"The {other}-minute guide", "matching.guide", pack(intro=intro.id, minutes=other))
    shown: list[Block] = [
        *_brought_together(intro),
        blocks.section(f"*{minutes} minutes that go well*\n{_as_list(text)}"),
        blocks.actions(switch, block="guide"),
    ]
    for member, words in boundaries.items():
        shown += [blocks.section(f"{mention(member)} asks you to respect:"), blocks.quote(words)]
    shown.append(
        blocks.context(
            "What you talk about stays between you. I can't read this conversation.",
            "Doesn't it work? `/mentor match again` finds somebody else, and tells nobody.",
        )
    )
    return Message(f"{asker} and {asked_one}, here is a start for your intro coffee.", shown)


def _as_list(text: str) -> str:
    """What a program wrote, escaped, a line each."""
    return "\n".join(f"• {line}" for line in lines(text))


def guide_text(intro: Intro, text: str, names: Mapping[MemberId, str]) -> str:
    """With the names of the two, who are mentioned once above it: a mention in every line would shout."""
    asker, asked_one = (names.get(member, "you") for member in (intro.asker, intro.asked))
    return escape(fill(text, {"mentee": asker, "mentor": asked_one}))


def _brought_together(intro: Intro) -> list[Block]:
    asker, asked_one = mention(intro.asker), mention(intro.asked)
    if intro.draft is None:
        words = f"*{asker}, {asked_one}: you both said yes to a coffee.* {asker}, offer two times in the coming days."
        return [blocks.section(words)]
    words = (
        f"*{asker}, {asked_one}: your program brings you together*, {TOGETHER_AS[intro.kind]}. "
        f"{asker}, offer two times in the coming days."
    )
    return [blocks.section(words), blocks.context(f"Why, as {asker} may read it: {escape(intro.because)}")]


def fit(intro: Intro, reader: MemberId) -> Message:
    """To each of the two, some days after they said yes."""
    other = mention(intro.other(reader))
    words = f"*Was the coffee with {other} a good match?* One click is enough."
    answers = [
        _fit_button(intro, "A good match", Fit.OK, style="primary"),
        _fit_button(intro, "Not a match", Fit.MISMATCH),
        _fit_button(intro, "We haven't met yet", Fit.NEVER_MET),
    ]
    secret = (
        f"Your answer stays with me: neither {other} nor a program lead sees it. It guides whom I suggest to you."
    )
    shown = [blocks.section(words), blocks.actions(*answers), blocks.context(secret)]
    return Message("Was your intro coffee a good match?", shown)


def _fit_button(intro: Intro, words: str, said: Fit, *, style: str = "") -> Element:
    return blocks.button(words, f"matching.fit:{said.value}", pack(intro=intro.id, said=said.value), style=style)


FIT_WORDS: dict[Fit, str] = {
    Fit.OK: "*Good to hear.* If you'd like to go on, agree on the next date while it is fresh.",
    Fit.MISMATCH: "*Thank you for saying so.* It happens, and nobody is to blame. I won't suggest you to each other again.",
    Fit.NEVER_MET: "*No harm done.* Two times in one line are often enough; your conversation is among your direct messages.",
}


def fit_said(intro: Intro, said: Fit) -> Message:
    change = blocks.button("Change my answer", "matching.fit-again", pack(intro=intro.id))
    others = [blocks.button("See who else fits", doors.FIND_MATCH)] if said is Fit.MISMATCH else []
    return Message("Thank you.", [blocks.section(FIT_WORDS[said]), blocks.actions(*others, change)])


def not_now(intro: Intro, candidate: Candidate | None) -> Message:
    """To the asker after a no."""
    words = f"*{mention(intro.asked)} can't take a coffee on just now.* It's about their time, not about you."
    return Message("Your intro coffee: not now.", [blocks.section(words), *following(intro.kind, candidate)])


def no_answer(intro: Intro, candidate: Candidate | None) -> Message:
    """To the asker when the time to answer is over."""
    words = f"*No answer from {mention(intro.asked)} so far*, so I closed the request. Some weeks are like that."
    return Message("Your intro coffee had no answer.", [blocks.section(words), *following(intro.kind, candidate)])


def lapsed(intro: Intro) -> Message:
    """To the one who was asked and did not answer."""
    words = (
        f"The request of {mention(intro.asker)} for an intro coffee has lapsed, and that's fine. "
        "If you'd like to meet after all, just write to them."
    )
    pause = blocks.context("Too much on your plate? `/mentor pause` gives you a break until a day you choose.")
    return Message("A request for an intro coffee has lapsed.", [blocks.section(words), pause])


def failed(intro: Intro, reader: MemberId) -> Message:
    words = f"I could not open a conversation between you and {mention(intro.other(reader))}: Slack can't reach them."
    find = blocks.button("See who else fits", doors.FIND_MATCH, style="primary")
    return Message(words, [blocks.section(words), blocks.actions(find)])


def following(kind: Kind, candidate: Candidate | None) -> list[Block]:
    """The next best person to ask, or where to look."""
    others = blocks.button("See who else fits", doors.FIND_MATCH)
    if candidate is None:
        return [blocks.actions(others)]
    who = mention(candidate.member.id)
    words = f"*Next best: {who}* · {facts_line(candidate.profile)}\n{because(candidate)}\n{cost(candidate, kind)}"
    value = pack(member=candidate.member.id, kind=kind.value)
    ask = blocks.button("Ask for an intro coffee", "matching.ask", value, style="primary")
    return [blocks.section(words), blocks.actions(ask, others)]


def at_home(member: MemberId, open_now: Sequence[Intro]) -> list[Block]:
    """The requests that wait for an answer: mine to give first, then mine to wait for."""
    to_answer = [intro for intro in open_now if intro.asked == member]
    waiting = [intro for intro in open_now if intro.asker == member]
    if not open_now:
        return []
    shown: list[Block] = [blocks.section("*Intro coffees*")]
    for intro in to_answer:
        accept = blocks.button("Accept", "matching.accept", pack(intro=intro.id), style="primary")
        shown += [
            blocks.section(f"{mention(intro.asker)} asks you, until {day(intro.answer_by)}."),
            blocks.actions(
                accept,
                blocks.button("Not now", "matching.decline", pack(intro=intro.id)),
                blocks.button("Tell me more", "matching.more", pack(intro=intro.id)),
            ),
        ]
    for intro in waiting:
        back = blocks.button("Take it back", "matching.withdraw", pack(intro=intro.id))
        shown.append(
            blocks.section(f"You asked {mention(intro.asked)}; they have until {day(intro.answer_by)}.", back)
        )
    return shown
