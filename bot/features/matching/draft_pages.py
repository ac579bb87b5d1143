"""The page on which a lead goes through a draft and changes it by hand."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.domain import when
from bot.domain.drafts import Draft, DraftState, Group, is_locked
from bot.domain.ids import MemberId
from bot.domain.matching import Circle, Circles, Pair, Pairs, Unmatched, Unplaced
from bot.domain.matching.report import costs_once, told_of, why
from bot.domain.matching.report_circles import without_hours
from bot.features.matching import draft_blocks
from bot.features.matching.blocks import KIND_NAMES
from bot.features.matching.draft_words import by_hand, headline, in_figures, served_least
from bot.features.matching.drawing_blocks import TITLE, TITLE_OF_PAIRS
from bot.features.matching.previews import Drawn, Preview
from bot.features.matching.publish_blocks import publish_button
from bot.slack import blocks
from bot.slack.blocks import Block, Element, View
from bot.slack.payload import pack
from bot.slack.text import escape, listed, mention

Part = TypeVar("Part")

CIRCLES_A_PAGE = 8
PAIRS_A_PAGE = 12
UNPLACED_A_PAGE = 15
WORST_SHOWN = 10
MOST_APART = 40


def title(draft: Draft) -> str:
    return TITLE_OF_PAIRS if draft.kind.value == "pairs" else TITLE


def page(shown: Preview, number: int = 1, *, notice: str = "") -> View:
    """One page of the draft, counted from 1; those with a place first, then those without one."""
    draft = shown.draft
    if shown.drawn is None or draft.state not in (DraftState.READY, DraftState.PUBLISHED):
        return blocks.modal(title(draft), draft_blocks.message(shown).blocks)
    pages = _pages(shown, shown.drawn)
    number = min(max(number, 1), len(pages))
    top: list[Block] = [blocks.section(f":information_source: {notice}")] if notice else []
    top.append(blocks.section(f"*{headline(draft)}*"))
    if number == 1:
        top += [*served_least(shown, WORST_SHOWN), *in_figures(shown.outline), *draft_blocks.note(shown)]
    top.append(blocks.actions(*_acts(shown)))
    top += by_hand(draft)
    return blocks.modal(
        title(draft), [*top, blocks.divider(), *pages[number - 1], *_turning(draft, number, len(pages))]
    )


def _acts(shown: Preview) -> list[Element]:
    draft = shown.draft
    report = draft_blocks.report_button(draft)
    if not draft.is_ready:
        return [blocks.button("Draw it again to check", "matching.replay", pack(draft=draft.id)), report]
    return [
        *([publish_button(shown)] if shown.groups else []),
        blocks.button("Swap two people", "matching.swap", pack(draft=draft.id)),
        blocks.button("Keep two apart", "matching.apart", pack(draft=draft.id)),
        draft_blocks.again_button(draft),
        report,
        draft_blocks.discard_button(draft),
    ]


def _pages(shown: Preview, drawn: Drawn) -> list[list[Block]]:
    if isinstance(drawn, Pairs):
        return _pages_of_pairs(shown.draft, drawn)
    return _pages_of_circles(shown.draft, drawn)


def _pages_of_circles(draft: Draft, circles: Circles) -> list[list[Block]]:
    made = _in_parts(circles.circles, CIRCLES_A_PAGE, lambda place, one: _circle(draft, place, one))
    head = "*Without a circle*, and what would place them"
    made += _without(head, circles.unplaced, lambda one: _unplaced(draft, one))
    return made or [[blocks.section("No circle could be made, and nobody waits for one.")]]


def _pages_of_pairs(draft: Draft, pairs: Pairs) -> list[list[Block]]:
    made = _in_parts(pairs.pairs, PAIRS_A_PAGE, lambda place, one: _pair(draft, place, one))
    head = "*Without a mentor*, and what would help"
    made += _without(head, pairs.unmatched, lambda one: _unmatched(draft, one))
    return made or [[blocks.section("Nobody looks for a mentor any more.")]]


def _in_parts(every: Sequence[Part], size: int, look: Callable[[int, Part], list[Block]]) -> list[list[Block]]:
    numbered = list(enumerate(every, start=1))
    return [[block for place, one in part for block in look(place, one)] for part in _parts(numbered, size)]


def _without(head: str, every: Sequence[Part], look: Callable[[Part], Block]) -> list[list[Block]]:
    return [[blocks.section(head), *map(look, part)] for part in _parts(every, UNPLACED_A_PAGE)]


def _parts(every: Sequence[Part], size: int) -> list[Sequence[Part]]:
    return [every[start : start + size] for start in range(0, len(every), size)]


def _circle(draft: Draft, place: int, circle: Circle) -> list[Block]:
    members = tuple(map(MemberId, circle.members))
    theme = escape(circle.theme or "Open theme")
    words = (
        f"*{place}. {theme}*{_locked(draft, members)}\n{listed([mention(one) for one in members])}\n"
        f"{hours(circle)}, {circle.when['minutes']} minutes"
    )
    reason = without_hours(circle.because)
    return [
        blocks.section(words, _menu(draft, members)),
        *([blocks.context(escape(reason))] if reason else []),
    ]


def _pair(draft: Draft, place: int, pair: Pair) -> list[Block]:
    couple = (MemberId(pair.mentee), MemberId(pair.mentor))
    words = f"*{place}.* {mention(couple[0])} with {mention(couple[1])}{_kind(draft, pair)}{_locked(draft, couple)}"
    reason = escape(f"{told_of(pair.because)} {costs_once(told_of(pair.costs))}".strip())
    return [blocks.section(words, _menu(draft, couple) or _look_again(draft, couple)), blocks.context(reason)]


def _look_again(draft: Draft, couple: Group) -> Element:
    """After publishing: somebody else for the mentee of a pair that doesn't work."""
    menu = blocks.overflow("matching.rematch", [("Find another mentor", pack(draft=draft.id, first=couple[0]))])
    menu["confirm"] = blocks.confirm(
        "Look again for them?",
        "The mentee hears from me who else fits, and chooses. Nobody is blamed, and the log keeps no names.",
        yes="Look again",
    )
    return menu


def _kind(draft: Draft, pair: Pair) -> str:
    """Said where it is not the same for all."""
    if draft.sought:
        return ""
    name = next((name for kind, name in KIND_NAMES.items() if kind.value == pair.type), pair.type)
    return f" · {escape(name.removesuffix('s').lower())}"


def _locked(draft: Draft, group: Group) -> str:
    return " :lock:" if is_locked(draft.by_hand, group) else ""


def _menu(draft: Draft, group: Group) -> Element | None:
    if not draft.is_ready:
        return None
    locked = is_locked(draft.by_hand, group)
    value = pack(draft=draft.id, first=group[0], lock=0 if locked else 1)
    return blocks.overflow("matching.lock", [("Unlock" if locked else "Lock: keep it when you run it again", value)])


def hours(circle: Circle) -> str:
    """The slot as the clocks of its members show it."""
    local = circle.when["local"]
    return " · ".join(f"{at} {when.place(zone)}" for zone, at in list(local.items())[:6])


def _unplaced(draft: Draft, one: Unplaced) -> Block:
    words = f"{mention(MemberId(one.id))}: {why(one.reason, 'circle')} {escape(one.would_help)}"
    if draft.state is not DraftState.PUBLISHED:
        return blocks.section(words)
    return blocks.section(words, blocks.button("Find a place", "matching.place", pack(draft=draft.id, member=one.id)))


def _unmatched(draft: Draft, one: Unmatched) -> Block:
    words = f"{mention(MemberId(one.mentee))}: {why(one.reason, 'mentor')} {escape(one.would_help)}"
    if draft.state is not DraftState.PUBLISHED:
        return blocks.section(words)
    return blocks.section(
        words, blocks.button("Find a mentor", "matching.place", pack(draft=draft.id, member=one.mentee))
    )


def _turning(draft: Draft, number: int, count: int) -> list[Block]:
    if count == 1:
        return []
    buttons = []
    if number > 1:
        buttons.append(blocks.button("Back", "matching.page:back", pack(draft=draft.id, page=number - 1)))
    if number < count:
        buttons.append(blocks.button("Next", "matching.page:next", pack(draft=draft.id, page=number + 1)))
    return [blocks.context(f"Page {number} of {count}"), blocks.actions(*buttons)]


def back_button(draft: Draft) -> Element:
    return blocks.button("Back to the draft", "matching.page:draft", pack(draft=draft.id, page=1))


# By hand


Picked = tuple[str, str]
"""A member's id and name, both "" for nobody."""
NOBODY = ("", "")


def swap_page(draft: Draft, *, problem: str = "", one: Picked = NOBODY, other: Picked = NOBODY) -> View:
    who = (
        "Two people who look for a mentor: each gets the other's, and either may be waiting for one."
        if draft.kind.value == "pairs"
        else "They change places; either may be waiting for a circle."
    )
    opening = f"*Swap two people.* {who} Every rule is checked first."
    return _pick_two(draft, opening, ("Swap them", "matching.swap_two"), problem=problem, chosen=(one, other))


def apart_page(draft: Draft, *, problem: str = "", one: Picked = NOBODY, other: Picked = NOBODY) -> View:
    together = "be a pair" if draft.kind.value == "pairs" else "sit in one circle"
    opening = f"*Keep two people apart.* They won't {together} when you run it again. Neither is told."
    act = ("Keep them apart", "matching.keep_apart")
    return _pick_two(draft, opening, act, problem=problem, chosen=(one, other), more=_kept_apart(draft))


def _kept_apart(draft: Draft) -> list[Block]:
    """Each couple, with the way back."""
    if not draft.by_hand.apart:
        return []
    shown: list[Block] = [blocks.divider(), blocks.section("*Kept apart now*")]
    for place, (one, other) in enumerate(draft.by_hand.apart[-MOST_APART:]):
        back = blocks.button("Take back", f"matching.allow:{place}", pack(draft=draft.id, one=one, other=other))
        shown.append(blocks.section(f"{mention(one)} and {mention(other)}", back))
    return shown


def _pick_two(
    draft: Draft,
    opening: str,
    act: tuple[str, str],
    *,
    problem: str,
    chosen: tuple[Picked, Picked],
    more: Sequence[Block] = (),
) -> View:
    shown: list[Block] = [blocks.section(opening)]
    if problem:
        shown.append(blocks.section(f":warning: {problem}"))
    shown += [
        blocks.section("One of them", _people_menu("matching.pick:one", chosen[0]), block="one"),
        blocks.section("The other", _people_menu("matching.pick:other", chosen[1]), block="other"),
        blocks.actions(
            blocks.button(act[0], act[1], pack(draft=draft.id), style="primary"),
            back_button(draft),
        ),
        *more,
    ]
    return blocks.modal(title(draft), shown, notes=pack(draft=draft.id))


def _people_menu(action: str, picked: Picked) -> Element:
    """Offers the people of the draft and nobody else."""
    menu = blocks.searched_menu(action, hint="Choose a person of this draft")
    if all(picked):
        menu["initial_option"] = blocks.option(picked[1], picked[0])
    return menu
