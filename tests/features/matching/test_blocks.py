"""How everything looks, one picture a branch, each within Slack's limits."""

from dataclasses import replace

import pytest

from bot.domain.drafts import ByHand, DraftState, Figures
from bot.domain.guides import GUIDES
from bot.domain.ids import ChannelId, CircleId, DraftId, IntroId
from bot.domain.intros import Fit, IntroState, Lines
from bot.domain.matching import Header, Pairs, Unmatched
from bot.domain.matching.report import Served
from bot.domain.people import Kind, Wish
from bot.features.matching import (
    blocks,
    draft_blocks,
    draft_pages,
    drawing_blocks,
    intro_blocks,
    place_blocks,
    publish_blocks,
)
from bot.features.matching.drawing_blocks import Progress
from bot.features.matching.finding import Found
from bot.features.matching.previews import Preview
from tests.builders import a_circle, a_member, a_profile, an_id
from tests.clock import START
from tests.features.matching.shown import (
    CONTENT,
    COUPLES,
    FEW,
    NASTY,
    OUTLINE,
    TWO,
    WAITING,
    a_candidate,
    a_couple,
    a_draft,
    a_drawn,
    an_intro,
    of_pairs,
    some_circles,
)


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
    looks_right(blocks.about(a_profile("Bo", goals="Secret", boundaries="Private"), Kind.SKILL))


def test_about_somebody_who_said_nothing(looks_right):
    looks_right(
        blocks.about(a_profile("Bo", offers=(), wants=(), department="", location="", seniority=0), Kind.SKILL)
    )


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
    looks_right(intro_blocks.guide(an_intro(), given, guide_of(an_intro())))


NAMES = {an_id("Ana"): "Ana", an_id("Bo"): "Bo <!here>"}


def guide_of(intro, minutes=30):
    return intro_blocks.guide_text(intro, GUIDES[intro.kind, minutes].shipped, NAMES)


def test_the_guide_of_a_quarter_of_an_hour_as_a_program_wrote_it(looks_right):
    nasty = intro_blocks.guide_text(an_intro(), "15 minutes: {mentee} asks <!channel> & {mentor} answers.", NAMES)
    looks_right(intro_blocks.guide(an_intro(), {}, nasty, 15))


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
    looks_right(draft_pages.apart_page(a_draft(by_hand=by_hand)))


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
    intro = an_intro(kind=kind, draft=DraftId(3), lines=Lines())
    looks_right(intro_blocks.guide(intro, {}, guide_of(intro)))


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
        looks_right(
            page(
                a_draft(),
                problem="They have no language in common.",
                one=(an_id("Ana"), "Ana"),
                other=(an_id("Bo"), "Bo"),
            )
        )


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
    checked = a_draft(
        state=DraftState.CHECKED, checks=DraftId(2), problem="" if same else "The matcher has changed since."
    )
    looks_right(draft_blocks.message(Preview(checked)))


def test_history(looks_right):
    looks_right(draft_blocks.history([]))
    published = a_draft(state=DraftState.PUBLISHED, published_by=an_id("Lea"), published_at=START)
    others = [a_draft(state=state, matcher=0) for state in DraftState if state is not DraftState.PUBLISHED]
    looks_right(draft_blocks.history([published, *others]))
