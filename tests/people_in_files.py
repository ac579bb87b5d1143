"""People as a database may hold them, for properties: whatever the forms let through, and names as the directory keeps them."""

from hypothesis import strategies as st

from bot.domain.ids import MemberId
from bot.domain.people import Availability, Kind, Member, Profile, Wish
from bot.domain.words import clean_line

NASTY = st.sampled_from(
    [
        "=1+1",
        "-",
        "+49",
        "@all",
        "'",
        "'=x",
        "a;b",
        'say "hi"',
        '"',
        "a, b",
        "#1",
        "SQL (teach)",
        "(solid)",
        "שלום",
        "🦊",
        "ñ",
    ]
)
CLOCKS = ["07:30", "09:00", "12:00"], ["12:30", "17:00", "23:59"]


def lines(limit: int):
    """What a field of a form makes of any text."""
    typed = st.one_of(NASTY, st.text(max_size=limit), st.builds("{}{}".format, NASTY, st.text(max_size=9)))
    return typed.map(lambda text: clean_line(text, 10_000, "It")).filter(lambda text: len(text) <= limit)


def several(limit: int, most: int):
    entries = lines(limit).filter(bool)
    return st.lists(entries, max_size=most, unique_by=str.casefold).map(tuple)


def wishes():
    made = st.builds(Wish, lines(60).filter(bool), st.integers(1, 3))
    return st.lists(made, max_size=4, unique_by=lambda wish: wish.skill.casefold()).map(tuple)


def subsets(values):
    return st.lists(st.sampled_from(values), unique=True, max_size=4).map(tuple)


@st.composite
def everybody(draw, most: int = 5):
    """Members and the profiles some of them have; each reports to somebody further up, if to anybody."""
    ids = [MemberId(f"U0{number:03}") for number in range(draw(st.integers(1, most)))]
    members = {
        id: Member(
            id,
            draw(lines(30)),
            zone=draw(st.sampled_from(["UTC", "Europe/Berlin", "Nowhere/Odd"])),
            own_zone=draw(st.sampled_from(["", "Asia/Tokyo"])),
        )
        for id in ids
    }
    profiles = {id: draw(profile(id, [None, *ids[:number]])) for number, id in enumerate(ids) if draw(st.booleans())}
    return members, profiles


def profile(id: MemberId, above: list[MemberId | None]):
    return st.builds(
        Profile,
        st.just(id),
        offers=wishes(),
        wants=wishes(),
        goals=st.just("Nobody else's business."),
        boundaries=st.just("No calls on Fridays."),
        seniority=st.integers(1, 5),
        department=lines(80),
        location=lines(80),
        languages=subsets(["en", "de", "fr", "yue"]),
        availability=st.builds(
            Availability,
            subsets([0, 1, 2, 3, 4, 5, 6]).map(lambda days: tuple(sorted(days))),
            st.sampled_from(CLOCKS[0]),
            st.sampled_from(CLOCKS[1]),
        ),
        capacity=st.integers(0, 10),
        interests=several(40, 4),
        seeks=subsets(list(Kind)),
        offers_kinds=subsets(list(Kind)),
        manager=st.sampled_from(above),
        themes=several(75, 3),
    )
