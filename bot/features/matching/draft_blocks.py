"""How a draft of circles looks to a lead: a message that sums it up, and a page to go through it and change it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from bot import doors
from bot.domain import matching, when
from bot.domain.circles import Circle
from bot.domain.drafts import Draft, DraftState, is_locked
from bot.domain.ids import MemberId
from bot.domain.matching import Circles, Unplaced
from bot.features.matching import drawing_blocks
from bot.features.matching.drawing_blocks import TITLE, Progress
from bot.slack import blocks
from bot.slack.blocks import Block, Element, Message, View
from bot.slack.payload import pack
from bot.slack.text import day, escape, listed, many, mention

Part = TypeVar("Part")

CIRCLES_A_PAGE = 8
UNPLACED_A_PAGE = 15
WHY_UNPLACED = {
    "headcount": "The number of people doesn't come out even.",
    "overlap": "Too few others are free in the same hours.",
    "language": "Too few others speak one of their languages.",
    "manager_line": "Too many of the others are on the same reporting line.",
    "no_circle_fits": "No circle fits by the rules.",
}


@dataclass(frozen=True)
class Preview:
    """A draft as a lead looks at it; `circles` is None while it is being drawn or where it could not be."""

    draft: Draft
    circles: Circles | None = None
    progress: Progress | None = None


def message(shown: Preview) -> Message:
    """In the lead's conversation with the bot, changed in place as things go on."""
    draft, circles = shown.draft, shown.circles
    if draft.state is DraftState.DRAWING:
        return drawing_blocks.drawing(draft, shown.progress)
    if draft.state is DraftState.STOPPED:
        return drawing_blocks.stopped(draft)
    if draft.state is DraftState.DISCARDED:
        words = f"_Draft {draft.id} was put away. Nobody has heard of it._"
        return Message("The draft was put away.", [blocks.section(words)])
    if draft.state is DraftState.FAILED or circles is None:
        words = f"*The circles could not be drawn.* {with_names(draft)}"
        again = blocks.button("Draw again", "matching.again", pack(draft=draft.id))
        hint = [blocks.context("Drawing again lets go of the locks.")] if draft.by_hand.locked else []
        return Message("The circles could not be drawn.", [blocks.section(words), blocks.actions(again), *hint])
    look = blocks.button("Look at the circles", "matching.draft", pack(draft=draft.id), style="primary")
    buttons = [look] if draft.state is DraftState.PUBLISHED else [look, _again(draft), _discard(draft)]
    head = headline(draft)
    return Message(head, [blocks.section(f"*{head}*"), *_figures(circles), blocks.actions(*buttons)])


def headline(draft: Draft) -> str:
    figures = draft.figures
    placed = f"{figures.placed} of {figures.people} people in {many(figures.circles, 'circle', 'circles')}"
    if draft.state is DraftState.PUBLISHED:
        return f"Published: {placed}"
    return f"Draft {draft.id}: {placed}. Nobody hears of it before you publish"


def with_names(draft: Draft) -> str:
    """What the matcher says of ids, said of people."""
    words = escape(draft.problem)
    people = {member for group in (*draft.by_hand.locked, *draft.by_hand.apart) for member in group}
    for member in sorted(people):
        words = words.replace(member, mention(member))
    return words


def _figures(circles: Circles) -> list[Block]:
    before, after = circles.summary["before"], circles.summary["after"]
    lines = [f"Sizes: {_sizes(circles.summary['sizes'])}"]
    if circles.circles:
        lines += _compared(before, after)
    lines.append(f"Without a circle: {circles.summary['unplaced']}")
    shown = [blocks.fields(*lines)]
    note = circles.summary["note"]
    return [*shown, blocks.context(escape(note))] if note else shown


def _compared(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """How the circles do, and beside it how circles would that are cut from a list of names in order."""
    lines = [
        f"Fit, on average: {after['mean']} (a list cut in order: {before['mean']})",
        f"Rules broken: none (a list cut in order: in {many(before['broken'], 'circle', 'circles')})",
    ]
    if after["departments"]:
        lines.append(f"Departments a circle: {after['departments']} (a list cut in order: {before['departments']})")
    if after["worst"]:
        who = mention(MemberId(after["worst"]["id"]))
        lines.append(f"Served least: {who}, with a fit of {after['worst']['value']}")
    return lines


def _sizes(sizes: Sequence[int]) -> str:
    """Such as "3 circles of 5 and 1 circle of 6"."""
    counted = sorted(Counter(sizes).items())
    return listed([f"{many(count, 'circle', 'circles')} of {size}" for size, count in counted]) or "none"


# The page


def page(shown: Preview, number: int = 1, *, notice: str = "") -> View:
    """One page of the draft, counted from 1; the circles first, then those without one."""
    if shown.circles is None or shown.draft.state not in (DraftState.READY, DraftState.PUBLISHED):
        return blocks.modal(TITLE, message(shown).blocks)
    pages = _pages(shown, shown.circles)
    number = min(max(number, 1), len(pages))
    top: list[Block] = [blocks.section(f":information_source: {notice}")] if notice else []
    top.append(blocks.section(f"*{headline(shown.draft)}*"))
    if number == 1:
        top += _figures(shown.circles)
    if shown.draft.is_ready:
        top.append(blocks.actions(*_acts(shown, shown.circles)))
    else:
        check = blocks.button("Draw it again to check", "matching.replay", pack(draft=shown.draft.id))
        top.append(blocks.actions(check))
    top += _by_hand(shown.draft)
    return blocks.modal(
        TITLE, [*top, blocks.divider(), *pages[number - 1], *_turning(shown.draft, number, len(pages))]
    )


def _acts(shown: Preview, circles: Circles) -> list[Element]:
    draft = shown.draft
    return [
        *([publish_button(draft, circles)] if circles.circles else []),
        blocks.button("Swap two people", "matching.swap", pack(draft=draft.id)),
        blocks.button("Keep two apart", "matching.apart", pack(draft=draft.id)),
        _again(draft),
        _discard(draft),
    ]


def publish_button(draft: Draft, circles: Circles, *, left_out: Sequence[int] = ()) -> Element:
    """`left_out` are the places of circles that don't hold any more."""
    going = [circle for place, circle in enumerate(circles.circles, start=1) if place not in left_out]
    people = sum(len(circle.members) for circle in going)
    words = (
        f"{many(people, 'person', 'people')} in {many(len(going), 'circle', 'circles')} will be brought into private "
        "channels and hear from me. Those without a circle hear nothing."
    )
    sure = blocks.confirm("Publish these circles?", words, yes="Publish", no="Not yet")
    label = "Publish the others" if left_out else "Publish"
    value = pack(draft=draft.id, skip=1 if left_out else 0)
    return blocks.button(label, "matching.publish", value, style="primary", confirm=sure)


def _again(draft: Draft) -> Element:
    return blocks.button("Run again", "matching.again", pack(draft=draft.id))


def _discard(draft: Draft) -> Element:
    sure = blocks.confirm(
        "Put this draft away?", "Nobody has heard of it. You can draw a new one.", yes="Put it away"
    )
    return blocks.button("Discard", "matching.discard", pack(draft=draft.id), confirm=sure)


def _by_hand(draft: Draft) -> list[Block]:
    made = draft.by_hand
    said = []
    if made.locked:
        said.append(f"Locked: {many(len(made.locked), 'circle', 'circles')}, kept when you run it again.")
    said += [f"Kept apart: {mention(one)} and {mention(other)}." for one, other in made.apart[:10]]
    said += [f"Swapped: {mention(one)} and {mention(other)}." for one, other in made.swaps[-10:]]
    return [blocks.context(" ".join(said))] if said else []


def _pages(shown: Preview, circles: Circles) -> list[list[Block]]:
    numbered = list(enumerate(circles.circles, start=1))
    made = [
        [block for place, circle in part for block in _circle(shown.draft, place, circle)]
        for part in _parts(numbered, CIRCLES_A_PAGE)
    ]
    for part in _parts(circles.unplaced, UNPLACED_A_PAGE):
        head = blocks.section("*Without a circle*, and what would place them")
        made.append([head, *(_unplaced(shown.draft, one) for one in part)])
    return made or [[blocks.section("No circle could be made. Below is who waits, and why.")]]


def _parts(every: Sequence[Part], size: int) -> list[Sequence[Part]]:
    return [every[start : start + size] for start in range(0, len(every), size)]


def _circle(draft: Draft, place: int, circle: matching.Circle) -> list[Block]:
    members = [MemberId(member) for member in circle.members]
    locked = is_locked(draft.by_hand, members)
    theme = escape(circle.theme or "Open theme")
    words = (
        f"*{place}. {theme}*{' :lock:' if locked else ''}\n{listed([mention(one) for one in members])}\n"
        f"{hours(circle)}, {circle.when['minutes']} minutes"
    )
    return [
        blocks.section(words, _circle_menu(draft, members, locked=locked) if draft.is_ready else None),
        blocks.context(escape(circle.because)),
    ]


def _circle_menu(draft: Draft, members: Sequence[MemberId], *, locked: bool) -> Element:
    value = pack(draft=draft.id, first=members[0], lock=0 if locked else 1)
    return blocks.overflow("matching.lock", [("Unlock" if locked else "Lock: keep it when you run it again", value)])


def hours(circle: matching.Circle) -> str:
    """The slot as the clocks of its members show it."""
    local = circle.when["local"]
    return " · ".join(f"{at} {when.place(zone)}" for zone, at in list(local.items())[:6])


def _unplaced(draft: Draft, one: Unplaced) -> Block:
    words = f"{mention(MemberId(one.id))}: {WHY_UNPLACED.get(one.reason, 'No circle fits.')} {escape(one.would_help)}"
    if draft.state is not DraftState.PUBLISHED:
        return blocks.section(words)
    return blocks.section(words, blocks.button("Find a place", "matching.place", pack(draft=draft.id, member=one.id)))


def _turning(draft: Draft, number: int, count: int) -> list[Block]:
    if count == 1:
        return []
    buttons = []
    if number > 1:
        buttons.append(blocks.button("Back", "matching.page:back", pack(draft=draft.id, page=number - 1)))
    if number < count:
        buttons.append(blocks.button("Next", "matching.page:next", pack(draft=draft.id, page=number + 1)))
    return [blocks.context(f"Page {number} of {count}"), blocks.actions(*buttons)]


# By hand


def swap_page(draft: Draft, *, problem: str = "", one: str = "", other: str = "") -> View:
    opening = (
        "*Swap two people.* They change places; either may be waiting for a circle. Every rule is checked first."
    )
    return _pick_two(draft, opening, ("Swap them", "matching.swap_two"), problem=problem, chosen=(one, other))


def apart_page(draft: Draft, *, problem: str = "", one: str = "", other: str = "") -> View:
    opening = "*Keep two people apart.* They won't sit in one circle when you run it again. Neither is told."
    return _pick_two(draft, opening, ("Keep them apart", "matching.keep_apart"), problem=problem, chosen=(one, other))


def _pick_two(draft: Draft, opening: str, act: tuple[str, str], *, problem: str, chosen: tuple[str, str]) -> View:
    shown: list[Block] = [blocks.section(opening)]
    if problem:
        shown.append(blocks.section(f":warning: {problem}"))
    shown += [
        blocks.section("One of them", blocks.person_menu("matching.pick:one", chosen=chosen[0]), block="one"),
        blocks.section("The other", blocks.person_menu("matching.pick:other", chosen=chosen[1]), block="other"),
        blocks.actions(
            blocks.button(act[0], act[1], pack(draft=draft.id), style="primary"),
            blocks.button("Back to the draft", "matching.page:draft", pack(draft=draft.id, page=1)),
        ),
    ]
    return blocks.modal(TITLE, shown)


# Publishing and after


def published(draft: Draft, circles: Sequence[str], people: int) -> View:
    words = (
        f"*Published.* {many(people, 'person is', 'people are')} on the way into "
        f"{many(len(circles), 'circle', 'circles')}: {escape(listed(list(circles)))}. "
        "I make the channels now, and introduce everybody there."
    )
    look = blocks.button("Look at the draft again", "matching.page:draft", pack(draft=draft.id, page=1))
    return blocks.modal(TITLE, [blocks.section(words), blocks.actions(look)])


def in_the_way(shown: Preview, problems: Sequence[tuple[int, str]]) -> View:
    """Things have changed since the draft was drawn; nothing was published."""
    head = f"*Nothing was published yet.* {many(len(problems), 'circle does', 'circles do')} not hold any more:"
    lines = [blocks.section(f"*Circle {place}*: {sentence}") for place, sentence in problems[:40]]
    buttons = [blocks.button("Run again", "matching.again", pack(draft=shown.draft.id), style="primary")]
    if shown.circles and len(problems) < len(shown.circles.circles):
        left_out = [place for place, _ in problems]
        buttons.append(publish_button(shown.draft, shown.circles, left_out=left_out))
    hint = blocks.context("Running it again takes people as they are now; your locks and bans are kept.")
    return blocks.modal(TITLE, [blocks.section(head), *lines, hint, blocks.actions(*buttons)])


def room(draft: Draft, member: MemberId, circle: Circle | None, *, chose_theme: bool) -> View:
    who = mention(member)
    back = blocks.button("Back to the draft", "matching.page:draft", pack(draft=draft.id, page=1))
    if circle is None:
        words = f"*No circle with room fits {who} by all rules.* They stay on the list for the next draft."
        return blocks.modal(TITLE, [blocks.section(words), blocks.actions(back)])
    why = "its theme is one they chose" if chose_theme else "it is the one they add most to"
    free = many(circle.size_max - len(circle.members), "seat", "seats")
    words = (
        f"*{escape(circle.name)} would suit {who}*: {why}, and it meets inside their hours, "
        f"{when.in_words(circle.rule)}. It has {free} free."
    )
    value = pack(draft=draft.id, member=member, circle=circle.id)
    offer = blocks.button("Offer it to them", "matching.offer", value, style="primary")
    hint = blocks.context("They hear of it from me in their own hours, and decide for themselves.")
    return blocks.modal(TITLE, [blocks.section(words), blocks.actions(offer, back), hint])


def offered(draft: Draft, member: MemberId, circle: Circle) -> View:
    words = f"*Offered.* {mention(member)} hears of {escape(circle.name)} in their own hours."
    back = blocks.button("Back to the draft", "matching.page:draft", pack(draft=draft.id, page=1))
    return blocks.modal(TITLE, [blocks.section(words), blocks.actions(back)])


def offer(circle: Circle) -> Message:
    """To a member for whom a lead found a place."""
    words = (
        f"*There is a seat for you in {escape(circle.name)}*: {escape(circle.theme)}, {when.in_words(circle.rule)}. "
        "Have a look, and join if you like."
    )
    buttons = [
        blocks.button("Look at the circle", doors.SHOW_CIRCLE, pack(circle=circle.id), style="primary"),
        blocks.button("See the other circles", doors.JOIN_CIRCLE),
    ]
    hint = blocks.context("It's an offer: if it doesn't suit you, there is nothing to do.")
    return Message(
        f"There is a seat for you in {escape(circle.name)}.", [blocks.section(words), blocks.actions(*buttons), hint]
    )


def same_again(draft: Draft, *, same: bool) -> View:
    words = (
        f"*The same, byte for byte.* Draft {draft.id} was drawn again from what was kept of it, with seed {draft.seed}."
        if same
        else f"*Not the same.* Draft {draft.id} was drawn by version {draft.matcher} of the matcher, which has changed since."
    )
    return blocks.modal(TITLE, [blocks.section(words)])


def history(drafts: Sequence[Draft]) -> Message:
    if not drafts:
        words = "*No drafts yet.* `/mentor match circles` draws the first; nobody hears of it before you publish."
        return Message("No drafts yet.", [blocks.section(words)])
    head = "The last draft" if len(drafts) == 1 else f"The last {len(drafts)} drafts"
    shown: list[Block] = [blocks.section(f"*{head}*")]
    for draft in drafts:
        look = blocks.button("Look", "matching.draft", pack(draft=draft.id))
        shown.append(blocks.section(_line(draft), look if draft.matcher else None))
    shown.append(
        blocks.context("Each keeps what it was drawn from, so that it can be drawn again with the same result.")
    )
    return Message(f"{head}.", shown)


def _line(draft: Draft) -> str:
    figures = draft.figures
    words = f"*{draft.id}* · {day(draft.made_at)} · {mention(draft.made_by)} · "
    if draft.matcher:
        words += f"{figures.placed} of {figures.people} in {many(figures.circles, 'circle', 'circles')} · "
    if draft.published_by and draft.published_at:
        return f"{words}published by {mention(draft.published_by)}, {day(draft.published_at)}"
    return words + {"drawing": "being drawn", "ready": "not published", "failed": "failed", "stopped": "stopped"}.get(
        draft.state, "put away"
    )
