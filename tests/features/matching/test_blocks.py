"""How everything looks, one picture a branch, each within Slack's limits."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.drafts import ByHand, Draft, DraftKind, DraftState, Figures
from bot.domain.ids import ChannelId, CircleId, DraftId, IntroId, MergerId, ProgramId
from bot.domain.intros import Fit, Intro, IntroState, Lines
from bot.domain.matching import Circle, Circles, Header, Pair, Pairs, Unmatched, Unplaced
from bot.domain.matching.outline import Outline
from bot.domain.matching.report import NOTHING, Figure, Reach, Served
from bot.domain.mergers import Merger, Tally
from bot.domain.people import Kind, Wish
from bot.features.matching import (
    blocks,
    draft_blocks,
    draft_pages,
    drawing_blocks,
    intro_blocks,
    merge_blocks,
    place_blocks,
    publish_blocks,
    rematch_blocks,
)
from bot.features.matching.drawing_blocks import Progress
from bot.features.matching.finding import Candidate, Found
from bot.features.matching.merging import Asked, Proposal, Standing
from bot.features.matching.previews import Preview
from bot.features.matching.rematching import OtherCircle, Together
from tests.builders import a_circle, a_member, a_profile, an_id
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


WAITING = Unplaced(an_id("Ida"), "overlap", "60 more free minutes around Tue 15:00 (Europe/Berlin) would place them.")
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
    (Unmatched(an_id("Ida"), "level", "Allowing a level gap of 1 would open 2 mentors."),),
    {},
)


def of_pairs(**overrides):
    return a_draft(**{"kind": DraftKind.PAIRS, "figures": Figures(3, 2, 2), **overrides})


def test_no_profile_yet(looks_right):
    looks_right(blocks.no_profile())


def test_candidates(looks_right):
    looks_right(blocks.shortlist(Found(Kind.SKILL, (a_candidate(), a_candidate("Chi", free_places=1)))))


def test_one_candidate(looks_right):
    looks_right(blocks.shortlist(Found(Kind.SPONSOR, (a_candidate(),))))


def test_a_peer_costs_no_place(looks_right):
    looks_right(blocks.shortlist(Found(Kind.PEER, (a_candidate(),))))


@pytest.mark.parametrize("would_help", ["", "A mentor for *contracts*: none offers it."], ids=["plain", "help"])
def test_nobody_fits(looks_right, would_help):
    looks_right(blocks.shortlist(Found(Kind.REVERSE, (), would_help)))


def test_nasty_words_ring_nobody(looks_right):
    nasty = a_profile("Bo", department=NASTY[:80], location="\u202eoslo", offers=(Wish(NASTY[:60]),))
    looks_right(blocks.shortlist(Found(Kind.SKILL, (a_candidate(profile=nasty, because=NASTY, costs=NASTY),) * 5)))


def test_about_a_candidate(looks_right):
    looks_right(blocks.about(a_profile("Bo", goals="Secret", boundaries="Private")))


def test_about_somebody_who_said_nothing(looks_right):
    looks_right(blocks.about(a_profile("Bo", offers=(), wants=(), department="", location="", seniority=0)))


def test_the_form_for_a_coffee(looks_right):
    looks_right(blocks.ask_form(an_id("Bo"), Kind.SKILL))


def test_nobody_hidden(looks_right):
    looks_right(blocks.hidden_people([]))


def test_people_hidden(looks_right):
    looks_right(blocks.hidden_people([a_member("Bo"), a_member("Chi", name="<!channel>")]))


def test_a_great_many_hidden_are_within_limits(looks_right):
    looks_right(blocks.hidden_people([a_member(f"Bo{number}") for number in range(90)]))


def test_asked(looks_right):
    looks_right(intro_blocks.asked(an_intro()))


@pytest.mark.parametrize("kind", list(Kind))
def test_the_letter(looks_right, kind):
    looks_right(intro_blocks.letter(an_intro(kind=kind), a_profile()))


def test_the_letter_without_lines(looks_right):
    looks_right(intro_blocks.letter(an_intro(lines=Lines()), a_profile(department="", location="")))


@pytest.mark.parametrize("lines", [Lines("You.", "To say no well", "Good coffee"), Lines()], ids=["lines", "none"])
def test_more_about_who_asks(looks_right, lines):
    looks_right(intro_blocks.more(an_intro(lines=lines), a_profile()))


def test_answers(looks_right):
    for answer in (intro_blocks.accepted, intro_blocks.declined, intro_blocks.withdrawn, intro_blocks.lapsed):
        looks_right(answer(an_intro()))


@pytest.mark.parametrize("given", [{}, {an_id("Bo"): "No calls on Fridays.\n<!channel>"}], ids=["free", "boundaries"])
def test_the_guide(looks_right, given):
    looks_right(intro_blocks.guide(an_intro(), given))


@pytest.mark.parametrize("following", [None, a_candidate("Chi")], ids=["nobody", "next"])
def test_no_and_no_answer(looks_right, following):
    looks_right(intro_blocks.not_now(an_intro(state=IntroState.DECLINED), following))
    looks_right(intro_blocks.no_answer(an_intro(state=IntroState.EXPIRED), following))


def test_slack_could_not_bring_them_together(looks_right):
    looks_right(intro_blocks.failed(an_intro(), an_id("Ana")))


@pytest.mark.parametrize("reader", ["Ana", "Bo"])
def test_was_it_a_good_match(reader, looks_right):
    looks_right(intro_blocks.fit(an_intro(state=IntroState.ACCEPTED), an_id(reader)))


@pytest.mark.parametrize("said", Fit)
def test_how_it_was(said, looks_right):
    looks_right(intro_blocks.fit_said(an_intro(state=IntroState.ACCEPTED), said))


def test_home_with_requests_both_ways(looks_right):
    mine = an_intro(id=IntroId(8), asker=an_id("Bo"), asked=an_id("Chi"))
    looks_right(intro_blocks.at_home(an_id("Bo"), [an_intro(), mine]))


def test_home_without_requests():
    assert intro_blocks.at_home(an_id("Bo"), []) == []


@pytest.mark.parametrize("state", list(DraftState))
def test_the_message_of_a_draft(looks_right, state):
    problem = f"The circle of {an_id('Ana')}, {an_id('Bo')} cannot be kept." if state is DraftState.FAILED else ""
    locked = ByHand(locked=((an_id("Ana"), an_id("Bo")),))
    looks_right(draft_blocks.message(Preview(a_draft(state=state, problem=problem, by_hand=locked), TWO, OUTLINE)))


@pytest.mark.parametrize("done", [0, 9, 10, 57, 100])
def test_how_far_a_draw_is(looks_right, done):
    looks_right(drawing_blocks.drawing(a_draft(state=DraftState.DRAWING), Progress(done, 100)))


def test_the_answer_to_the_command(looks_right):
    looks_right(drawing_blocks.begun(a_draft(state=DraftState.DRAWING)))
    looks_right(drawing_blocks.working(a_draft(state=DraftState.DRAWING, figures=Figures())))


@pytest.mark.parametrize("state", list(DraftState))
@pytest.mark.parametrize("number", [1, 2, 99])
def test_the_pages_of_a_draft(looks_right, state, number):
    looks_right(draft_pages.page(Preview(a_draft(state=state), TWO, OUTLINE), number))


def test_a_page_with_what_was_done_by_hand(looks_right):
    by_hand = ByHand(
        locked=(tuple(map(an_id, ("Ana", "Bo", "Chi", "Dee"))),),
        apart=((an_id("Ana"), an_id("Eve")),),
        swaps=((an_id("Bo"), an_id("Fay")),),
    )
    looks_right(draft_pages.page(Preview(a_draft(by_hand=by_hand), TWO, OUTLINE), notice="Locked."))


def test_a_draft_without_any_circle(looks_right):
    none = some_circles(unplaced=[WAITING], note="3 people cannot make a circle of 4 to 8: 1 more would do.")
    looks_right(draft_pages.page(Preview(a_draft(figures=Figures(1, 0, 0)), none)))


@pytest.mark.parametrize("outline", [None, CONTENT, FEW], ids=["old", "content", "few"])
def test_what_is_said_of_a_draft(looks_right, outline):
    looks_right(draft_blocks.message(Preview(a_draft(), TWO, outline)))


@pytest.mark.parametrize("state", list(DraftState))
def test_the_message_and_page_of_a_draft_of_pairs(looks_right, state):
    shown = Preview(of_pairs(state=state, problem="No."), COUPLES, OUTLINE)
    looks_right(draft_blocks.message(shown))
    looks_right(draft_pages.page(shown))


def test_pairs_of_one_kind_with_locks_and_whoever_waits(looks_right):
    by_hand = ByHand(locked=((an_id("Ana"), an_id("Bo")),), swaps=((an_id("Ana"), an_id("Chi")),))
    shown = Preview(of_pairs(sought=Kind.SPONSOR, by_hand=by_hand), COUPLES, FEW)
    looks_right(draft_pages.page(shown))
    looks_right(draft_pages.page(shown, 2))
    looks_right(draft_pages.swap_page(shown.draft))
    looks_right(draft_pages.apart_page(shown.draft))


def test_no_pair_at_all(looks_right):
    none = Pairs(Header(1, "digest"), (), COUPLES.unmatched, {})
    looks_right(draft_pages.page(Preview(of_pairs(figures=Figures(1, 0, 0)), none, FEW)))


def test_pairs_published_or_not(looks_right):
    shown = Preview(of_pairs(), COUPLES)
    looks_right(publish_blocks.published_pairs(shown.draft, 1))
    looks_right(publish_blocks.in_the_way(shown, [(1, "<@U0ANA> is on a pause.")]))


@pytest.mark.parametrize("kind", list(Kind))
def test_the_guide_of_a_pair_that_a_lead_matched(looks_right, kind):
    looks_right(intro_blocks.guide(an_intro(kind=kind, draft=DraftId(3), lines=Lines()), {}))


def test_something_does_not_work(looks_right):
    me = an_id("Ana")
    looks_right(rematch_blocks.together(Together(), me))
    both = Together((an_intro(), an_intro(asker=an_id("Bo"), asked=me, kind=Kind.PEER)), (a_circle(name="<Oak>"),))
    looks_right(rematch_blocks.together(both, me))
    looks_right(rematch_blocks.unfit(an_intro(), me, a_candidate("Chi")))
    looks_right(rematch_blocks.unfit(an_intro(), me, None))
    looks_right(rematch_blocks.unfit(an_intro(), an_id("Bo"), None))
    looks_right(rematch_blocks.told(an_intro(), me))
    looks_right(rematch_blocks.moved_on(an_intro(), an_id("Bo")))
    looks_right(rematch_blocks.another(an_intro(), a_candidate("Chi")))


@pytest.mark.parametrize("found", [None, a_circle(id=CircleId(5), name="Birch & <Co>")], ids=["none", "found"])
def test_another_circle(looks_right, found):
    looks_right(rematch_blocks.other_circle(OtherCircle(a_circle(), found)))
    looks_right(rematch_blocks.moved(a_circle()))


def a_merger(**overrides):
    return replace(Merger(MergerId(2), CircleId(1), CircleId(2), None, BECAUSE, an_id("Lea"), START), **overrides)


BECAUSE = "Theme *Finding my voice* (5 of 6 chose it); 3 departments; everyone is free Tue 15:00 in Berlin."


@pytest.mark.parametrize("slot", [None, 76], ids=["same", "new"])
def test_two_circles_could_become_one(looks_right, slot):
    small, into = (
        a_circle("Ana", "Bo", name="<Oak>"),
        a_circle("Chi", "Dee", "Eve", "Fay", name="Birch", channel="C0B"),
    )
    proposal = Proposal(small, into, into.rule, slot, BECAUSE)
    asked = Asked(a_merger(slot=slot), small, into, into.rule, Tally(6, 3, 1))
    few = replace(asked, tally=Tally(4, 3, 1))
    looks_right(merge_blocks.standing(Standing((proposal,), (asked, few), (small,))))
    looks_right(merge_blocks.asked_both(proposal))
    looks_right(merge_blocks.question(asked.merger, small, into, into.rule))
    looks_right(merge_blocks.merged(small, into))
    looks_right(merge_blocks.done(asked))


def test_no_circle_too_small_and_what_was_answered(looks_right):
    looks_right(merge_blocks.standing(Standing()))
    looks_right(merge_blocks.voted(fine=True))
    looks_right(merge_blocks.voted(fine=False))


def test_a_large_draft_of_pairs_is_within_limits(looks_right):
    many = tuple(a_couple(f"A{number}", f"B{number}", because=NASTY, costs=NASTY) for number in range(30))
    waiting = tuple(Unmatched(f"U0W{number}", "overlap", NASTY) for number in range(20))
    lacks = tuple(Served(f"U0A{number}", number, NASTY[:300]) for number in range(30))
    large = Preview(of_pairs(), Pairs(Header(1, "digest"), many, waiting, {}), replace(OUTLINE, worst=lacks))
    for number in (1, 3, 4):
        looks_right(draft_pages.page(large, number))


def test_a_large_draft_is_within_limits(looks_right):
    names = [f"P{number}" for number in range(8)]
    many = [a_drawn(*(f"{name}X{number}" for name in names), theme=NASTY[:80], because=NASTY) for number in range(30)]
    large = some_circles(
        *many, unplaced=[replace(WAITING, id=f"U0W{number}", would_help=NASTY) for number in range(40)]
    )
    for number in (1, 4, 5, 7):
        looks_right(draft_pages.page(Preview(a_draft(), large), number))


def test_pages_to_do_something_by_hand(looks_right):
    for page in (draft_pages.swap_page, draft_pages.apart_page):
        looks_right(page(a_draft()))
        looks_right(page(a_draft(), problem="They have no language in common.", one=an_id("Ana"), other=an_id("Bo")))


def test_published(looks_right):
    looks_right(publish_blocks.published(a_draft(), ["Oak", "Birch & <Co>"], 8))


@pytest.mark.parametrize("places", [[1], [1, 2]], ids=["one", "all"])
def test_something_is_in_the_way(looks_right, places):
    looks_right(
        publish_blocks.in_the_way(Preview(a_draft(), TWO), [(place, "<@U0ANA> is on a pause.") for place in places])
    )


def test_a_room(looks_right):
    circle = a_circle(id=CircleId(4), name="<Oak>", channel=ChannelId("C0OAK"))
    looks_right(place_blocks.room(a_draft(), an_id("Ida"), None, chose_theme=False))
    for chose in (True, False):
        looks_right(place_blocks.room(a_draft(), an_id("Ida"), circle, chose_theme=chose))
    looks_right(place_blocks.offered(a_draft(), an_id("Ida"), circle))
    looks_right(place_blocks.offer(circle))


@pytest.mark.parametrize("same", [True, False])
def test_drawn_again(looks_right, same):
    looks_right(draft_pages.same_again(a_draft(), same=same))


def test_history(looks_right):
    looks_right(draft_blocks.history([]))
    published = a_draft(state=DraftState.PUBLISHED, published_by=an_id("Lea"), published_at=START)
    others = [a_draft(state=state, matcher=0) for state in DraftState if state is not DraftState.PUBLISHED]
    looks_right(draft_blocks.history([published, *others]))
