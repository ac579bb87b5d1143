"""What ships for the first meeting of each kind, and for the agenda of the ones after it; a program may edit its own."""

from collections.abc import Mapping

from bot.domain.kinds import FACTS
from bot.domain.people import Kind
from bot.domain.templates import Template, adds_up_to, at_most

LENGTHS = (30, 15)
FIRST, LATER = "First meetings", "Agendas of two"

_THIRTY: Mapping[Kind, str] = {
    Kind.SKILL: """5 minutes: who you are, outside your title.
15 minutes: one real question, brought by {mentee}. {mentor} asks before advising, and shows rather than tells.
5 minutes: what {mentee} takes away, and the first thing to try.
5 minutes: again or not? "This was good, and once is enough" is a fine answer.""",
    Kind.SPONSOR: """5 minutes: who you are, and what {mentee} is known for so far.
10 minutes: what {mentee} wants next, and what stands in the way.
10 minutes: in which rooms {mentor} has a voice, and what they would need to see before they use it for {mentee}.
5 minutes: one small thing {mentor} could do within a month, or an honest "not yet".""",
    Kind.PERSPECTIVE: """5 minutes: where each of you stands, and what you see from there every day.
10 minutes: {mentee} describes one thing in their work as if to a stranger.
10 minutes: {mentor} says what looks odd from outside. {mentee} only asks back.
5 minutes: what surprised each of you, and again or not?""",
    Kind.COACH: """5 minutes: what coaching is here: {mentor} asks, {mentee} finds the answer, and nobody advises.
5 minutes: {mentee} says what they want to be clear about when the half hour is over.
15 minutes: open questions, one at a time, and enough silence after each.
5 minutes: what {mentee} will do, and how the two of you want to go on.""",
    Kind.PEER: """4 minutes: who you are, outside your title.
10 minutes: {mentee} brings a question; {mentor} asks before advising.
10 minutes: the same the other way round.
6 minutes: what each of you takes away, and when you meet again.""",
    Kind.REVERSE: """5 minutes: who you are, and what each of you wants to be asked.
15 minutes: {mentor} shows one thing they do differently, on something real. {mentee} tries it.
5 minutes: what {mentee} never dared to ask. {mentor} answers as to a friend.
5 minutes: what you both take away, and again or not?""",
    Kind.MICRO: """3 minutes: who you are, in one line each.
7 minutes: the question, and why it matters now. {mentor} asks until it is sharp.
15 minutes: what {mentor} knows of it, and what they would try first.
5 minutes: what {mentee} will do. Then thanks, and that is it.""",
}
_FIFTEEN: Mapping[Kind, str] = {
    Kind.SKILL: """3 minutes: who you are, in one line each.
9 minutes: one real question, brought by {mentee}. {mentor} asks before advising.
3 minutes: what {mentee} takes away, and again or not?""",
    Kind.SPONSOR: """4 minutes: what {mentee} is known for, and what they want next.
8 minutes: where {mentor} has a voice, and what they would need to see first.
3 minutes: one small thing within a month, or an honest "not yet".""",
    Kind.PERSPECTIVE: """6 minutes: {mentee} describes one thing in their work as if to a stranger.
6 minutes: {mentor} says what looks odd from outside.
3 minutes: what surprised each of you, and again or not?""",
    Kind.COACH: """2 minutes: {mentee} says what they want to be clear about.
10 minutes: open questions, one at a time. No advice.
3 minutes: what {mentee} will do.""",
    Kind.PEER: """6 minutes: {mentee} brings a question.
6 minutes: the same the other way round.
3 minutes: what each of you takes away.""",
    Kind.REVERSE: """3 minutes: what {mentee} would like to see.
9 minutes: {mentor} shows one thing on something real.
3 minutes: what you both take away, and again or not?""",
    Kind.MICRO: """3 minutes: the question, and why it matters now.
9 minutes: what {mentor} knows of it, and what they would try first.
3 minutes: what {mentee} will do. Then thanks, and that is it.""",
}
_AGENDA: Mapping[Kind, str] = {
    Kind.SKILL: """What did I try since last time, and what happened?
What am I stuck with right now?
What would I like to be shown?""",
    Kind.SPONSOR: """What have I done that {mentor} can speak of?
Which door would help me most in the next quarter?
What should {mentor} know before somebody asks them about me?""",
    Kind.PERSPECTIVE: """What do I take for granted that may look odd from outside?
Which decision would I like to hear another view on?
What did I see differently since last time?""",
    Kind.COACH: """What do I want to be clear about at the end?
What have I been avoiding?
What did I do of what I set out to do?""",
    Kind.PEER: """What is my question this time?
What did I try of what we spoke about?
Where could I be of use to {mentor}?""",
    Kind.REVERSE: """What would I like to understand or try?
What did I do differently since last time?
What did nobody dare to tell me?""",
    Kind.MICRO: """What is my one question?
Why does it matter now?
What have I tried already?""",
}
_BLANKS = {"mentee": "Ana", "mentor": "Bo"}


def _guide(kind: Kind, minutes: int) -> Template:
    return Template(
        key=f"relationships.guide.{kind.value}.{minutes}",
        group=FIRST,
        name=f"{FACTS[kind].name.capitalize()}, {minutes} minutes",
        shipped=(_THIRTY if minutes == LENGTHS[0] else _FIFTEEN)[kind],
        check=adds_up_to(minutes),
        blanks=_BLANKS,
    )


def _agenda(kind: Kind) -> Template:
    return Template(
        key=f"relationships.agenda.{kind.value}",
        group=LATER,
        name=FACTS[kind].name.capitalize(),
        shipped=_AGENDA[kind],
        check=at_most(5),
        blanks=_BLANKS,
        limit=600,
    )


GUIDES: Mapping[tuple[Kind, int], Template] = {
    (kind, minutes): _guide(kind, minutes) for kind in Kind for minutes in LENGTHS
}
AGENDAS: Mapping[Kind, Template] = {kind: _agenda(kind) for kind in Kind}
