"""What is said of a draft wherever it is shown: how far it goes, in figures, and who is served least."""

from collections.abc import Iterable, Sequence

from bot.domain.drafts import Draft, DraftState
from bot.domain.ids import MemberId
from bot.domain.matching.outline import Outline
from bot.domain.matching.report import IN_ORDER, NOTHING, Figure, Served, said
from bot.features.matching.blocks import KIND_NAMES
from bot.features.matching.previews import Preview
from bot.slack import blocks
from bot.slack.blocks import Block
from bot.slack.text import escape, listed, many, mention

FEW = "_Figures about fewer than five people are not shown._"


def besides(draft: Draft, outline: Outline | None) -> str:
    """What a draw of pairs is about once many are served: without this its figures read as if nobody had anybody."""
    served, people = draft.figures.served, draft.figures.people
    if not served:
        return ""
    who = "All of them have" if served == people else f"{served} of these {people} {'has' if served == 1 else 'have'}"
    kinds = {kind.value: name for kind, name in KIND_NAMES.items()}
    looked = [f"{kinds.get(kind, kind).lower()} ({count})" for kind, count in outline.sought] if outline else []
    now = f" This draft goes by what they look for besides: {listed(looked)}." if looked else ""
    return f"{who} somebody of another kind already, or asked one.{now}"


def headline(draft: Draft) -> str:
    placed = _placed(draft)
    if draft.state is DraftState.PUBLISHED:
        return f"Published: {placed}"
    return f"Draft {draft.id}: {placed}. Nobody hears of it before you publish"


def _placed(draft: Draft) -> str:
    figures = draft.figures
    if draft.kind.value == "pairs":
        what = KIND_NAMES[draft.sought].lower() if draft.sought else "mentors"
        who = "person who looks" if figures.people == 1 else "people who look"
        if not figures.served:
            return f"{figures.placed} of {figures.people} {who} for {what} have one"
        more = "one more mentor" if draft.sought is None else what
        return f"{figures.placed} of {figures.people} {who} for {more} {'gets' if figures.placed == 1 else 'get'} one"
    return f"{figures.placed} of {figures.people} people in {many(figures.circles, 'circle', 'circles')}"


def in_figures(outline: Outline | None) -> list[Block]:
    """How the draft does, and beside it how the earlier one did; nothing about fewer than five people."""
    if outline is None:
        return []
    if not outline.figures:
        return [blocks.context(FEW)]
    lines = [f"*{_line(one)}*{_beside(one, outline.against)}" for one in outline.figures]
    return [blocks.section("\n".join(f"• {line}" for line in [*lines, *_reach(outline)]))]


def _line(one: Figure) -> str:
    return escape(said(one))


def _beside(one: Figure, against: str) -> str:
    """What the earlier draw had; a comparison that needs explaining stands in the report alone."""
    if one.before is None or against == IN_ORDER:
        return ""
    return f" ({against}: {one.before if one.of else one.before or 'none'})"


def _reach(outline: Outline) -> list[str]:
    if not outline.reach:
        return []
    parts = [f"{escape(one.dept or 'small departments')} {one.across} of {one.people}" for one in outline.reach[:6]]
    more = f" and {len(outline.reach) - 6} more" if len(outline.reach) > 6 else ""
    return [f"Who meets another department: {', '.join(parts)}{more}"]


def served_least(shown: Preview, most: int) -> list[Block]:
    """Whoever gains least first, with what they go without; the one alone where nobody goes without anything."""
    if shown.outline is None or not shown.outline.worst:
        return []
    lacking = [one for one in shown.outline.worst if one.lacks != NOTHING] or shown.outline.worst[:1]
    noun = "pair" if shown.is_of_pairs else "circle"
    lines = [_served(one, noun) for one in lacking[:most]]
    look = ":" if shown.draft.state is DraftState.PUBLISHED else ", and so is worth a look before you publish:"
    return [blocks.section(f"*Who gets least of what they asked for*{look}\n" + "\n".join(lines))]


def _served(one: Served, noun: str) -> str:
    return f"• {mention(MemberId(one.id))} ({noun} {one.place}): {escape(one.lacks)}"


def problem(draft: Draft) -> str:
    """What the matcher says of ids, said of people."""
    words = escape(draft.problem)
    people = {member for group in (*draft.by_hand.locked, *draft.by_hand.apart) for member in group}
    for member in sorted(people):
        words = words.replace(member, mention(member))
    return words


def by_hand(draft: Draft) -> list[Block]:
    made = draft.by_hand
    said: list[str] = []
    if made.locked:
        noun = draft.kind.value
        said.append(f"Locked: {many(len(made.locked), noun[:-1], noun)}, kept when you run it again.")
    said += _couples("Kept apart", made.apart[:10])
    said += [f"And {len(made.apart) - 10} more couples kept apart."] if len(made.apart) > 10 else []
    if made.apart and draft.is_ready:
        carried = f" What was kept apart in draft {draft.after} is carried over." if draft.after else ""
        said.append(
            f"They stay apart when you run it again.{carried} *Keep two apart* has the list, to take it back."
        )
    said += _couples("Swapped", made.swaps[-10:])
    return [blocks.context(" ".join(said))] if said else []


def _couples(what: str, couples: Iterable[Sequence[MemberId]]) -> list[str]:
    return [f"{what}: {mention(one)} and {mention(other)}." for one, other in couples]
