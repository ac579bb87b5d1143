"""`/mentor match circles`, `pairs` and `history`: drafts, looked at, changed by hand and published, by leads."""

from bot.domain.drafts import DraftKind
from bot.domain.errors import Refused
from bot.domain.ids import CircleId, DraftId, MemberId
from bot.feature import Deps
from bot.features.matching import (
    changing,
    draft_blocks,
    draft_pages,
    draft_people,
    drafting,
    drawing_blocks,
    place_blocks,
    placing,
    publish_blocks,
    publishing,
    publishing_pairs,
    reporting,
    running,
    seeking,
)
from bot.features.matching.gathering import Wanted
from bot.features.matching.handlers import read_kind
from bot.features.matching.previews import Preview
from bot.slack.blocks import View
from bot.slack.replies import Answers, Edit, Modal, Options, Reply, Turn
from bot.slack.requests import Click, Command, Request, Suggest
from bot.slack.routes import Routes

routes = Routes()

EVERYBODY = ("everybody", "everyone", "all")


@routes.command(
    "match circles",
    usage="[everybody]",
    help="Draw circles for the whole program; look, change, publish.",
    for_leads=True,
    order=62,
)
async def draw(request: Command, deps: Deps) -> Reply:
    word = request.words.strip().lower()
    if word not in ("", *EVERYBODY):
        raise Refused("Type `/mentor match circles`, or `/mentor match circles everybody` for all with a profile.")
    draft = await drafting.start(request, Wanted(everyone=bool(word)), deps)
    running.begin(request.team, draft, deps)
    return Reply(drawing_blocks.begun(draft))


@routes.command(
    "match pairs",
    usage="[kind]",
    help="Draw mentoring pairs for the whole program; look, change, publish.",
    for_leads=True,
    order=63,
)
async def draw_pairs(request: Command, deps: Deps) -> Reply:
    wanted = Wanted(DraftKind.PAIRS, sought=read_kind(request.words, for_all=True))
    draft = await drafting.start(request, wanted, deps)
    running.begin(request.team, draft, deps)
    return Reply(drawing_blocks.begun(draft))


@routes.click("matching.stop")
async def stop(request: Click, deps: Deps) -> Answers:
    shown = await running.stop(request, _draft(request), deps)
    put_away = await _message(request, shown.draft.id, deps)
    return (*put_away, Turn(draft_pages.page(shown))) if request.view else put_away


@routes.command("match history", help="The last drafts, and who published them.", for_leads=True, order=64)
async def history(request: Command, deps: Deps) -> Reply:
    return Reply(draft_blocks.history(await drafting.latest_for(request, deps)))


@routes.click("matching.draft")
async def look(request: Click, deps: Deps) -> Answers:
    return _opened(request, draft_pages.page(await drafting.preview_for(request, _draft(request), deps)))


@routes.click("matching.page")
async def turn_page(request: Click, deps: Deps) -> Answers:
    shown = await drafting.preview_for(request, _draft(request), deps)
    return _opened(request, draft_pages.page(shown, request.payload.number("page")))


@routes.click("matching.again")
async def run_again(request: Click, deps: Deps) -> Answers:
    earlier = (await drafting.preview_for(request, _draft(request), deps)).draft
    draft = await drafting.start(request, drafting.wanted_again(earlier), deps, after=earlier)
    running.begin(request.team, draft, deps, view=request.view.id if request.view else "")
    return await _message(request, earlier.id, deps)


@routes.click("matching.discard")
async def discard(request: Click, deps: Deps) -> Answers:
    draft = await drafting.discard(request, _draft(request), deps)
    put_away = await _message(request, draft.id, deps)
    return (*put_away, Turn(draft_pages.page(Preview(draft)))) if request.view else put_away


@routes.click("matching.lock")
async def lock(request: Click, deps: Deps) -> Answers:
    first, locked = MemberId(request.payload.word("first")), bool(request.payload.number("lock"))
    shown = await changing.lock(request, _draft(request), first, locked=locked, deps=deps)
    notice = "Locked: it stays as it is when you run it again." if locked else "Unlocked."
    return _opened(request, draft_pages.page(shown, notice=notice))


@routes.click("matching.swap")
async def open_swap(request: Click, deps: Deps) -> Answers:
    shown = await drafting.preview_for(request, _draft(request), deps)
    return _opened(request, draft_pages.swap_page(shown.draft))


@routes.click("matching.swap_two")
async def swap(request: Click, deps: Deps) -> Answers:
    one, other = _picked(request)
    try:
        shown = await changing.swap_two(request, _draft(request), one, other, deps)
    except Refused as refused:
        shown = await drafting.preview_for(request, _draft(request), deps)
        first, second = await _by_name(request, one, other, deps)
        page = draft_pages.swap_page(shown.draft, problem=refused.sentence, one=first, other=second)
        return _opened(request, page)
    return _opened(request, draft_pages.page(shown, notice="Swapped. Every rule still holds."))


@routes.click("matching.apart")
async def open_apart(request: Click, deps: Deps) -> Answers:
    shown = await drafting.preview_for(request, _draft(request), deps)
    return _opened(request, draft_pages.apart_page(shown.draft))


@routes.click("matching.keep_apart")
async def keep_apart(request: Click, deps: Deps) -> Answers:
    one, other = _picked(request)
    try:
        shown, unlocked = await changing.keep_apart(request, _draft(request), one, other, deps)
    except Refused as refused:
        shown = await drafting.preview_for(request, _draft(request), deps)
        first, second = await _by_name(request, one, other, deps)
        page = draft_pages.apart_page(shown.draft, problem=refused.sentence, one=first, other=second)
        return _opened(request, page)
    lock = " The lock that held them together is off." if unlocked else ""
    return _opened(request, draft_pages.page(shown, notice=f"Noted. Run it again to have them apart.{lock}"))


@routes.click("matching.allow")
async def take_back_apart(request: Click, deps: Deps) -> Answers:
    one, other = MemberId(request.payload.word("one")), MemberId(request.payload.word("other"))
    shown = await changing.allow(request, _draft(request), one, other, deps)
    notice = "Taken back. When you run it again, the two may be together."
    return _opened(request, draft_pages.page(shown, notice=notice))


@routes.click("matching.pick")
async def pick(request: Click, deps: Deps) -> None:
    """Somebody was picked in a page; it is read when the button below is clicked."""


@routes.suggestion("matching.pick")
async def suggest_people(request: Suggest, deps: Deps) -> Options:
    if request.view is None:
        return Options()
    return Options(await draft_people.like(request, DraftId(request.view.notes.number("draft")), request.typed, deps))


@routes.click("matching.publish")
async def publish(request: Click, deps: Deps) -> Answers:
    shown, skip = await drafting.preview_for(request, _draft(request), deps), bool(request.payload.number("skip"))
    act = publishing_pairs.publish_pairs if shown.is_of_pairs else publishing.publish
    done = await act(request, shown.draft.id, without_affected=skip, deps=deps)
    if done.problems:
        problems = [(problem.place, problem.sentence) for problem in done.problems]
        return _opened(request, publish_blocks.in_the_way(shown, problems))
    changed = await _message(request, done.draft.id, deps)
    if shown.is_of_pairs:
        return (*changed, _opened(request, publish_blocks.published_pairs(done.draft, done.pairs)))
    names = [circle.name for circle in done.circles]
    return (*changed, _opened(request, publish_blocks.published(done.draft, names, done.people)))


@routes.click("matching.place")
async def find_place(request: Click, deps: Deps) -> Answers:
    draft = (await drafting.preview_for(request, _draft(request), deps)).draft
    member = MemberId(request.payload.word("member"))
    if draft.kind is DraftKind.PAIRS:
        return _opened(
            request, place_blocks.mentor(draft, member, *await seeking.look(request, draft.id, member, deps))
        )
    room = await placing.room_for(request, member, deps)
    return _opened(request, place_blocks.room(draft, room.member, room.circle, chose_theme=room.chose_theme))


@routes.click("matching.seek")
async def seek(request: Click, deps: Deps) -> Answers:
    draft = (await drafting.preview_for(request, _draft(request), deps)).draft
    member = MemberId(request.payload.word("member"))
    await seeking.offer(request, draft.id, member, deps)
    return _opened(request, place_blocks.told(draft, member))


@routes.click("matching.offer")
async def offer_place(request: Click, deps: Deps) -> Answers:
    draft = (await drafting.preview_for(request, _draft(request), deps)).draft
    member, circle = MemberId(request.payload.word("member")), CircleId(request.payload.number("circle"))
    offered = await placing.offer(request, member, circle, deps)
    return _opened(request, place_blocks.offered(draft, member, offered))


@routes.click("matching.report")
async def send_report(request: Click, deps: Deps) -> Answers:
    shown = await reporting.send_report(request, _draft(request), deps)
    if request.view is None:
        return None
    return Turn(draft_pages.page(shown, notice="The report is in our conversation, as a page to open in a browser."))


@routes.click("matching.replay")
async def replay(request: Click, deps: Deps) -> Answers:
    """As long as any draw and as costly, so it goes the same way: behind the answer, one at a time, to be stopped."""
    check = await drafting.start_check(request, _draft(request), deps)
    running.begin(request.team, check, deps, view=request.view.id if request.view else "")
    return None


def _draft(request: Click) -> DraftId:
    return DraftId(request.payload.number("draft"))


def _picked(request: Click) -> tuple[MemberId, MemberId]:
    return MemberId(request.answers.choice("one")), MemberId(request.answers.choice("other"))


async def _by_name(
    request: Click, one: MemberId, other: MemberId, deps: Deps
) -> tuple[draft_pages.Picked, draft_pages.Picked]:
    names = await draft_people.names_of(request, [one, other], deps)
    return (one, names.get(one, "")), (other, names.get(other, ""))


def _opened(request: Click, view: View) -> Modal | Turn:
    """From a message a page opens; in a page the page turns."""
    return Modal(view) if request.view is None else Turn(view)


async def _message(request: Request, number: DraftId, deps: Deps) -> tuple[Edit, ...]:
    """The lead's message about a draft, as the draft stands now."""
    async with deps.store.open_view(request.team) as work:
        shown = await drafting.preview_within(work, number)
        place = await drafting.where(work, shown.draft)
    return () if place is None else (Edit(place.channel, place.ts, draft_blocks.message(shown)),)
