"""What the tests of blocks show: candidates, intros, drafts of circles and of pairs."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.drafts import Draft, DraftKind, DraftState, Figures
from bot.domain.ids import DraftId, IntroId, ProgramId
from bot.domain.intros import Intro, Lines
from bot.domain.matching import Circle, Circles, Header, Pair, Pairs, Unmatched, Unplaced
from bot.domain.matching.outline import Outline
from bot.domain.matching.report import NOTHING, Figure, Reach, Served
from bot.domain.people import Kind
from bot.features.matching.finding import Candidate
from tests.builders import a_member, a_profile, an_id
from tests.clock import START

NASTY = "<!channel> & <@U0BO> *bold* `x` 😀" + "x" * 3000
FREE = "Offers *giving feedback*, which you asked for; 24 shared working hours a week."


def a_candidate(name="Bo", **overrides):
    profile = a_profile(name, offers_kinds=(Kind.SKILL,), interests=("chess",))
    return replace(Candidate(a_member(name), profile, FREE, "Costs you nothing you asked for.", 2), **overrides)


def an_intro(**overrides):
    ordinary = Intro(
        IntroId(7),
        an_id("Ana"),
        an_id("Bo"),
        Kind.SKILL,
        START,
        START + timedelta(days=3, hours=8),
        because=FREE,
        lines=Lines("You ran the move to the new platform.", "To say no well", "Good coffee"),
    )
    return replace(ordinary, **overrides)


def a_draft(**overrides):
    ordinary = Draft(
        DraftId(3), ProgramId(1), an_id("Lea"), START, DraftState.READY, False, 1, figures=Figures(9, 8, 2), matcher=1
    )
    return replace(ordinary, **overrides)


def a_drawn(*names, theme="Finding my voice", because="Theme *Finding my voice* (4 of 4 chose it)."):
    when = {
        "utc": "Tue 14:00",
        "minutes": 60,
        "local": {"America/New_York": "Tue 09:00", "Europe/Berlin": "Tue 15:00"},
    }
    members = tuple(sorted(map(an_id, names)))
    return Circle(members, theme, 76, when, because, 900, dict.fromkeys(members, 200))


def some_circles(*made, unplaced=(), note=None):
    seated = sum(len(circle.members) for circle in made)
    figures = {"broken": 0, "worst": {"id": an_id("Ana"), "value": 130}, "mean": 212, "departments": 3.0}
    cut = {"broken": 1, "worst": {"id": an_id("Bo"), "value": 20}, "mean": 150, "departments": 2.1}
    summary = {
        "people": seated + len(unplaced),
        "placed": seated,
        "unplaced": len(unplaced),
        "circles": len(made),
        "sizes": [len(circle.members) for circle in made],
        "note": note,
        "before": cut,
        "after": figures if made else figures | {"worst": None},
    }
    return Circles(Header(1, "digest"), tuple(made), tuple(unplaced), summary)


WAITING = Unplaced(an_id("Ida"), "overlap", "60 more free minutes around Tue 15:00, Berlin time, would place them.")
TWO = some_circles(
    a_drawn("Ana", "Bo", "Chi", "Dee"), a_drawn("Eve", "Fay", "Gus", "Hal", theme=None), unplaced=[WAITING]
)


OUTLINE = Outline(
    figures=(
        Figure("share at least two hours a week and a theme they chose with everyone in their circle", 8, 9, 4),
        Figure("meet somebody of another department", 9, 9, 7),
        Figure("Circles that break a rule", 0, None, 2),
        Figure("Couples who sat in a circle together before", 1, None, 0),
    ),
    against="a list cut in order",
    worst=(
        Served(an_id("Ana"), 1, "Chose other themes; the circle's is *Finding my voice*."),
        Served(an_id("Eve"), 2, "1 of the 3 others is from <!channel> & Legal too."),
        Served(an_id("Bo"), 1, NOTHING),
    ),
    reach=(Reach("Sales & Co", 6, 5), Reach(None, 5, 5)),
)
CONTENT = replace(OUTLINE, worst=OUTLINE.worst[2:], against="the earlier draw", reach=())
FEW = Outline((), "a list cut in order", OUTLINE.worst, ())


def a_couple(one, other, **overrides):
    costs = "Nothing close to *sql*; nothing close to *pricing*; only 3 shared working hours a week."
    return replace(Pair(an_id(one), an_id(other), "skill", 7000, FREE, costs, {}), **overrides)


COUPLES = Pairs(
    Header(1, "digest"),
    (a_couple("Ana", "Bo"), a_couple("Chi", "Bo", type="sponsor", costs="Costs you nothing you asked for.")),
    (Unmatched(an_id("Ida"), "level", "Allowing mentors 1 level above them would open 2 mentors."),),
    {},
)


def of_pairs(**overrides):
    return a_draft(**{"kind": DraftKind.PAIRS, "figures": Figures(3, 2, 2), **overrides})
