"""How candidates look, and how one asks one of them for a coffee. What people wrote is escaped or quoted."""

from collections.abc import Sequence

from bot import doors
from bot.domain import kinds
from bot.domain.ids import MemberId
from bot.domain.intros import LIGHT_KINDS, LINE_LIMIT
from bot.domain.matching.report import NO_COST, costs_once
from bot.domain.people import Kind, Member, Profile
from bot.features.matching.finding import Candidate, Found
from bot.slack import blocks
from bot.slack.blocks import Block, Element, Message, View
from bot.slack.payload import pack
from bot.slack.text import clip, escape, many, mention

KIND_NAMES: dict[Kind, str] = {kind: kinds.FACTS[kind].many for kind in Kind}
KIND_TIME: dict[Kind, str] = {kind: kinds.FACTS[kind].time for kind in Kind}
REASON_LIMIT = 500
SENIORITY = {1: "starting out", 2: "established", 3: "senior", 4: "leading others", 5: "executive"}


def no_profile() -> Message:
    words = "*Tell me about you first: three minutes.* Then I show you five people who fit, with a reason for each."
    return Message(
        "Tell me about you first, then I can find people who fit.",
        [
            blocks.section(words),
            blocks.bullets(
                "You choose whom to ask for a first coffee of half an hour.",
                "They say yes, not now, or ask to know more. A no costs nobody anything.",
                "If it is a yes, I open a conversation for the two of you, with a guide for the first meeting.",
            ),
            blocks.actions(
                blocks.button("Fill in my profile", doors.OPEN_PROFILE, style="primary"),
                blocks.button("See the circles", doors.JOIN_CIRCLE),
            ),
        ],
    )


def shortlist(found: Found) -> Message:
    if not found.candidates:
        return _nobody(found)
    names = KIND_NAMES[found.kind]
    count = len(found.candidates)
    words = (
        f"*{names} for you*: the best {count}, best first. Asking is light: half an hour, and no promise after it."
    )
    shown = [blocks.section(words if count > 1 else f"*{names} for you*: one person fits.", _kind_menu(found.kind))]
    common = _said_of_all(found.candidates)
    takes = " ".join([f"What it takes: {KIND_TIME[found.kind]}.", *common])
    shown.append(blocks.context(kinds.told_apart(found.kind), takes))
    for place, candidate in enumerate(found.candidates, start=1):
        shown += _candidate(place, candidate, found.kind, said=common)
    shown.append(blocks.context("Only you see this. `/mentor match blocks` lists whom you don't want to be shown."))
    return Message(f"{names} for you: {many(count, 'person fits', 'people fit')}.", shown)


def _nobody(found: Found) -> Message:
    names = KIND_NAMES[found.kind].lower()
    words = f"*No {names} fit right now.* Look for another kind, or widen what you look for in your profile."
    shown: list[Block] = [blocks.section(words, _kind_menu(found.kind))]
    if found.would_help:
        shown.append(blocks.context(f"What would help: {escape(found.would_help)}"))
    shown.append(
        blocks.actions(
            blocks.button("Change my profile", doors.OPEN_PROFILE, style="primary"),
            blocks.button("See the circles", doors.JOIN_CIRCLE),
        )
    )
    return Message(f"No {names} fit right now.", shown)


def _kind_menu(kind: Kind) -> Element:
    choices = [(name, one.value) for one, name in KIND_NAMES.items()]
    return blocks.menu("matching.kind", choices, chosen=kind.value, hint="Kind")


def _said_of_all(candidates: Sequence[Candidate]) -> list[str]:
    """What every one of several goes without, so that it need not stand below each."""
    if len(candidates) < 2 or len({one.costs for one in candidates}) > 1 or candidates[0].costs == NO_COST:
        return []
    return [f"With any of them: {_clear(candidates[0].costs)}"]


def _candidate(place: int, candidate: Candidate, kind: Kind, *, said: Sequence[str]) -> list[Block]:
    who = mention(candidate.member.id)
    costs = "" if said else _clear(candidate.costs)
    lines = [because(candidate), " ".join(part for part in (costs, room(candidate, kind)) if part)]
    words = "\n".join([f"*{place}.* {who} · {facts_line(candidate.profile)}", *filter(None, lines)])
    value = pack(member=candidate.member.id, kind=kind.value)
    hide = blocks.overflow("matching.block", [("Don't show me this person again", value)])
    hide["confirm"] = blocks.confirm(
        "Not this person?",
        "You won't be shown to each other any more, in no match and no circle. Nobody is told, not even program leads.",
        yes="Don't show them",
    )
    return [
        blocks.section(words),
        blocks.actions(
            blocks.button("Ask for an intro coffee", "matching.ask", value),
            blocks.button("About them", "matching.about", value),
            hide,
        ),
    ]


def facts_line(profile: Profile) -> str:
    facts = [SENIORITY.get(profile.seniority, ""), escape(profile.department), escape(profile.location)]
    return " · ".join(fact for fact in facts if fact)


def because(candidate: Candidate) -> str:
    # Five of these share a message, which Slack cuts off at some thirteen thousand characters.
    return escape(clip(candidate.because, REASON_LIMIT))


def cost(candidate: Candidate, kind: Kind) -> str:
    """Of one person: the time, what is missing, and how much room they have."""
    parts = (f"_What it takes:_ {KIND_TIME[kind]}.", _clear(candidate.costs), room(candidate, kind))
    return " ".join(part for part in parts if part)


def _clear(costs: str) -> str:
    """What one goes without; nothing where that is nothing."""
    return "" if costs == NO_COST else escape(clip(costs_once(costs), REASON_LIMIT))


def room(candidate: Candidate, kind: Kind) -> str:
    """Peers give as much as they get, and a micro question takes no place, so there it says nothing."""
    return "" if kind in LIGHT_KINDS else f"They have {many(candidate.free_places, 'place', 'places')} free."


def about(profile: Profile, kind: Kind, knows_both: Sequence[MemberId] = ()) -> View:
    """What a profile tells others: never goals, never boundaries before a yes."""
    shown = [blocks.section(mention(profile.member)), *profile_facts(profile)]
    if knows_both:
        shown += [blocks.divider(), blocks.section("*Who knows you both.* An introduction is the warmest way in:")]
    for known in knows_both:
        value = pack(member=profile.member, kind=kind.value, via=known)
        button = blocks.button("Ask to be introduced", "matching.introduce", value)
        shown.append(blocks.section(mention(known), button, block=f"via-{known}"))
    return blocks.modal("About them", shown)


def profile_facts(profile: Profile) -> list[Block]:
    shown: list[Block] = [blocks.section(facts_line(profile) or "No details yet.")]
    lines = [
        _named("Can help with", [wish.skill for wish in profile.offers]),
        _named("Wants to learn", [wish.skill for wish in profile.wants]),
        _named("Interests", profile.interests),
    ]
    given = [line for line in lines if line]
    return [*shown, blocks.bullets(*given)] if given else shown


def _named(name: str, words: Sequence[str]) -> str:
    return f"{name}: {', '.join(words)}" if words else ""


def ask_form(member: MemberId, kind: Kind) -> View:
    opening = f"Half an hour with {mention(member)}, to find out whether it fits. All three lines are optional."
    shown = [
        blocks.section(opening),
        _line("Why you?", "why", "You ran the move to the new platform, and I'm about to run one."),
        _line("What I hope to learn", "hope", "How to say no to a customer without losing them."),
        _line("What I can offer in return", "offer", "A look at your dashboards, or good coffee."),
        blocks.context("They see these lines and what your profile tells others. Your goals stay with you."),
    ]
    notes = pack(member=member, kind=kind.value)
    return blocks.modal("Ask for an intro coffee", shown, callback="matching.ask", submit="Ask", notes=notes)


def _line(label: str, block: str, hint: str) -> Block:
    return blocks.field_input(label, blocks.line(block, most=LINE_LIMIT, hint=hint), block=block, optional=True)


def hidden_people(others: Sequence[Member]) -> Message:
    if not others:
        words = "*You have hidden nobody.* The ⋯ next to a candidate hides somebody from you, and you from them."
        find = blocks.button("Find a match", doors.FIND_MATCH)
        return Message("You have hidden nobody.", [blocks.section(words), blocks.actions(find)])
    shown: list[Block] = [
        blocks.section("*People you don't want to be shown.* They are not told, and program leads don't see it.")
    ]
    for other in others[:SHOWN_HIDDEN]:
        button = blocks.button("Show them again", "matching.unblock", pack(member=other.id))
        shown.append(blocks.section(mention(other.id), button))
    return Message(f"You have hidden {many(len(others), 'person', 'people')}.", shown)


SHOWN_HIDDEN = 40
