"""Manners: whether, when and in which message somebody hears what they did not ask for."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import manners, when
from bot.domain.errors import Refused
from bot.domain.ids import LetterId, MemberId
from bot.domain.manners import Go, Hours, House, Join, Letter, Manner, Merge, Never, Own, Reader, Told, Topic, Wait
from bot.domain.people import Member

LISBON = Hours("Europe/Lisbon")
MONDAY = date(2026, 3, 2)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """In the week of Monday 2 March 2026, when Lisbon is on UTC; `day` counts from Monday, 0."""
    return datetime(2026, 3, 2, hour, minute, tzinfo=UTC) + timedelta(days=day)


def a_letter(manner=Manner.NUDGE, *, due=None, **more):
    return Letter(manner, due or at(0, 10), **more)


def a_reader(hours=LISBON, **more):
    return Reader(hours=hours, **more)


def had(count: int, *, joinable: bool = True, times: int = 0) -> Told:
    return Told({MONDAY: count}, {MONDAY: LetterId(7)} if joinable else {}, times)


NOTHING = Told()


# Hours


@pytest.mark.parametrize(
    ("now", "why", "until"),
    [
        (at(0, 20), "quiet hours", "Tuesday 3 March at 09:00"),
        (at(1, 7), "quiet hours", "Tuesday 3 March at 09:00"),
        (at(4, 18), "quiet hours", "Monday 9 March at 09:00"),
        (at(5, 12), "the weekend", "Monday 9 March at 09:00"),
        (at(2, 12), "a holiday in Portugal", "Thursday 5 March at 09:00"),
        (at(7, 12), "a week off", "Monday 16 March at 09:00"),
    ],
)
def test_outside_their_hours_it_waits_and_says_why(now, why, until):
    off = frozenset({MONDAY + timedelta(days=2)})
    away = House(weeks_off=frozenset({MONDAY + timedelta(weeks=1)})).away if why == "a week off" else frozenset()
    hours = Hours("Europe/Lisbon", off=off, away=away, country="Portugal")
    verdict = manners.decide(a_letter(), a_reader(hours), NOTHING, now)
    assert isinstance(verdict, Wait)
    assert verdict.why == f"{why} until {until}, Lisbon time"


def test_somebodys_own_hours_count():
    late = Hours("Europe/Lisbon", opens=time(14), closes=time(22))
    assert manners.decide(a_letter(), a_reader(late), NOTHING, at(0, 21)) == Go(MONDAY)
    assert manners.decide(a_letter(), a_reader(late), NOTHING, at(0, 10)).until == at(0, 14)


def test_slacks_do_not_disturb_is_waited_out_unless_that_is_too_late():
    busy = a_reader(quiet_until=at(0, 15))
    assert manners.decide(a_letter(), busy, NOTHING, at(0, 10)).until == at(0, 15)
    assert manners.decide(a_letter(deadline=at(0, 14)), busy, NOTHING, at(0, 10)) == Go(MONDAY)


@pytest.mark.parametrize(
    ("due", "deadline", "placed"),
    [
        (at(0, 10), None, None),
        (at(0, 20), None, at(1, 9)),
        (at(4, 20), at(7, 8), at(4, 9)),  # on Friday evening for Monday at eight: Friday morning
        (at(5, 10), at(7, 18), at(7, 9)),
        (at(1, 8), at(1, 9, 30), at(0, 9)),
    ],
)
def test_what_is_promised_stands_in_good_time(due, deadline, placed):
    moved = manners.placed(a_letter(due=due, deadline=deadline), a_reader(), at(0, 8))
    assert (moved.until if moved else None) == placed


def test_a_deadline_that_is_near_is_kept_within_their_hours():
    assert LISBON.best(at(1, 8), at(1, 9, 30), at(1, 7)) == at(1, 9)
    assert LISBON.best(at(1, 20), at(1, 22), at(1, 15)) == at(1, 15)
    assert LISBON.best(at(5, 10), at(5, 20), at(4, 19)) is None


# Classes


@pytest.mark.parametrize("manner", [Manner.ASKED, Manner.ROOM, Manner.RECEIPT, Manner.SESSION])
def test_what_somebody_waits_for_goes_at_any_hour(manner):
    assert manners.decide(a_letter(manner, due=at(0, 22)), a_reader(), had(9), at(0, 22)) == Go()


def test_a_receipt_that_comes_late_waits_for_the_morning():
    letter = a_letter(Manner.RECEIPT, due=at(0, 19))
    assert manners.decide(letter, a_reader(), NOTHING, at(0, 22)).until == at(1, 9)


def test_a_reply_keeps_the_hours_but_does_not_count():
    assert manners.decide(a_letter(Manner.REPLY), a_reader(), had(9), at(0, 10)) == Go()
    assert manners.decide(a_letter(Manner.REPLY), a_reader(), had(9), at(0, 22)).until == at(1, 9)


def test_on_a_break_nothing_comes_but_what_has_its_day_after_it():
    away = a_reader(paused_until=at(7, 9))
    decided = {manner: manners.decide(a_letter(manner), away, NOTHING, at(0, 10)) for manner in Manner}
    assert isinstance(decided[Manner.NUDGE], Never) and isinstance(decided[Manner.SESSION], Never)
    assert decided[Manner.REPLY].until == at(7, 9, 10)
    assert decided[Manner.ASKED] == Go()
    later = a_letter(deadline=at(9, 9))
    assert manners.decide(later, away, NOTHING, at(0, 10)).until == at(7, 9, 10)


def test_what_is_promised_during_a_break_comes_after_the_welcome():
    away = a_reader(paused_until=at(7, 9))
    assert manners.placed(a_letter(due=at(7, 9)), away, at(4, 10)).until == at(7, 9, 10)
    assert manners.placed(a_letter(due=at(8, 10)), away, at(4, 10)) is None


def test_what_was_turned_off_or_said_twice_is_not_said():
    muted = a_reader(muted=frozenset({Topic.CHECKINS}))
    assert isinstance(manners.decide(a_letter(topic=Topic.CHECKINS), muted, NOTHING, at(0, 10)), Never)
    assert manners.decide(a_letter(topic=Topic.PEOPLE), muted, NOTHING, at(0, 10)) == Go(MONDAY)
    assert isinstance(manners.decide(a_letter(), a_reader(), had(0, times=2), at(0, 10)), Never)


# The week


def test_two_go_alone_and_the_third_gathers_the_rest_on_thursday():
    assert manners.decide(a_letter(), a_reader(), had(1), at(0, 10)) == Go(MONDAY)
    waits = manners.decide(a_letter(), a_reader(), had(2), at(1, 10))
    assert waits == Wait(at(3, 9), "in Thursday's digest")
    assert manners.decide(a_letter(), a_reader(), had(2), at(3, 9)) == Merge(MONDAY)
    assert manners.decide(a_letter(), a_reader(), had(2), at(4, 11)) == Merge(MONDAY)


def test_the_digest_goes_earlier_where_something_cannot_wait():
    assert manners.decide(a_letter(deadline=at(2, 12)), a_reader(), had(2), at(1, 10)) == Merge(MONDAY)


def test_a_holiday_on_thursday_moves_the_digest_to_friday():
    hours = Hours("Europe/Lisbon", off=frozenset({MONDAY + timedelta(days=3)}))
    assert manners.decide(a_letter(), a_reader(hours), had(2), at(1, 10)) == Wait(at(4, 9), "in Friday's digest")


def test_after_the_last_it_waits_for_the_next_week_or_is_added_to_the_digest():
    assert manners.decide(a_letter(), a_reader(), had(3), at(4, 10)).until == at(7, 9)
    assert manners.decide(a_letter(deadline=at(7, 8)), a_reader(), had(3), at(4, 10)) == Join(LetterId(7))
    on_its_way = had(3, joinable=False)
    assert manners.decide(a_letter(deadline=at(7, 8)), a_reader(), on_its_way, at(4, 10)).until == at(4, 10, 1)


def test_somebody_may_want_one_message_a_week():
    assert manners.decide(a_letter(), a_reader(weekly=1), NOTHING, at(0, 10)).why == "in Thursday's digest"


# What the program and the member set


def holidays(country: str) -> frozenset[date]:
    return {"PT": frozenset({date(2026, 4, 25)}), "DE": frozenset({date(2026, 5, 1)})}.get(country, frozenset())


def reader(own: Own = Own(), house: House = House(), *, zone="Europe/Lisbon", location=""):  # noqa: B008
    member = Member(MemberId("U0ANA"), "Ana", zone=zone)
    return manners.reader_of(member, own, house, location=location, days_off=holidays)


def test_the_country_is_chosen_or_told_by_the_location_or_the_zone():
    assert reader().hours.country == "Portugal"
    assert reader(location="Berlin, Germany").hours.off == holidays("DE")
    assert reader(Own(country="DE"), location="Lisbon").hours.off == holidays("DE")
    assert reader(Own(country="-")).hours.off == reader(house=House(keep_holidays=False)).hours.off == frozenset()
    assert reader(zone="UTC").hours.country == ""


@pytest.mark.parametrize(
    "location", ["Lisbon or Berlin", "Anywhere", "💥" * 40, "x" * 3000, "(" * 80, "Portugal & Germany"]
)
def test_a_location_that_names_no_one_country_says_nothing(location):
    assert reader(location=location).hours.country == "Portugal"


def test_a_member_may_want_less_than_the_program_has_but_not_more():
    assert reader(Own(weekly=2)).weekly == 2
    assert reader(Own(weekly=6)).weekly == 3


def test_hours_have_an_order_and_a_length():
    for wrong in ((time(9), time(10)), (time(18), time(9)), (time(2), time(9))):
        with pytest.raises(Refused):
            manners.check_hours(*wrong)


# The property: twelve weeks of anybody's letters, by the rules of delivery


ZONES = ("Europe/Lisbon", "America/Los_Angeles", "Asia/Kathmandu", "Pacific/Auckland", "Pacific/Kiritimati", "UTC")
WEEKS = 12
START = datetime(2026, 3, 2, tzinfo=UTC)


@dataclass
class Mailbox:
    """One reader's letters, as delivery treats them: the first due is decided on, and what goes is counted."""

    reader: Reader
    waiting: dict[int, Letter] = field(default_factory=dict)
    sent: list[tuple[datetime, date]] = field(default_factory=list)
    ended: dict[int, str] = field(default_factory=dict)
    heard: dict[int, datetime] = field(default_factory=dict)

    def told(self) -> Told:
        weeks: dict[date, int] = defaultdict(int)
        for _moment, week in self.sent:
            weeks[week] += 1
        return Told(dict(weeks), {week: LetterId(1) for week in weeks})

    def promise(self, number: int, letter: Letter, now: datetime) -> None:
        moved = manners.placed(letter, self.reader, now)
        due = moved.until if moved else max(letter.due, now)
        self.waiting[number] = Letter(letter.manner, due, letter.deadline, letter.topic)

    def deliver(self, now: datetime) -> None:
        for number in sorted(self.waiting, key=lambda one: self.waiting[one].due):
            letter = self.waiting.get(number)
            if letter is None or letter.due > now:
                continue
            if letter.deadline is not None and letter.deadline <= now:
                self.end(number, "expired")
                continue
            self.act(number, letter, now)

    def act(self, number: int, letter: Letter, now: datetime) -> None:
        match manners.decide(letter, self.reader, self.told(), now):
            case Wait(until, why):
                assert until > now and why
                self.waiting[number] = Letter(letter.manner, until, letter.deadline, letter.topic)
            case Never(why):
                self.end(number, why)
            case Go(week):
                assert week is not None
                self.said([number], week, now)
            case Merge(week):
                self.said(list(self.waiting), week, now)
            case Join():
                assert manners.week_of(now, self.reader.hours.zone) in self.told().weeks
                self.heard[number] = now
                del self.waiting[number]

    def said(self, numbers: list[int], week: date, now: datetime) -> None:
        self.sent.append((now, week))
        for number in numbers:
            self.heard[number] = now
            del self.waiting[number]

    def end(self, number: int, why: str) -> None:
        self.ended[number] = why
        del self.waiting[number]


@st.composite
def readers(draw):
    opens = draw(st.sampled_from([time(7), time(9), time(13, 30)]))
    closes = draw(st.sampled_from([time(16), time(18), time(22)]))
    off = draw(st.sets(st.integers(0, WEEKS * 7), max_size=8))
    weeks_off = draw(st.sets(st.integers(0, WEEKS), max_size=2))
    hours = Hours(
        zone=draw(st.sampled_from(ZONES)),
        opens=opens,
        closes=closes,
        off=frozenset(MONDAY + timedelta(days=day) for day in off),
        away=House(weeks_off=frozenset(MONDAY + timedelta(weeks=week) for week in weeks_off)).away,
    )
    return Reader(hours=hours, weekly=draw(st.integers(1, 4)))


A_LETTER = st.tuples(
    st.integers(0, WEEKS * 7 * 48),  # when it is promised, in half hours
    st.integers(0, 48),  # how long after that it is due
    st.one_of(st.none(), st.integers(0, 7 * 48)),  # and when after that it is of no use
)


@settings(max_examples=60)
@given(readers(), st.lists(A_LETTER, max_size=60))
def test_nobody_hears_too_much_or_at_a_bad_time_and_nothing_with_a_deadline_is_dropped(reader, drawn):
    box = Mailbox(reader)
    letters = dict(enumerate(sorted((a_promise(*one) for one in drawn), key=lambda one: (one[0], one[1].due))))
    ahead = list(letters.items())
    while ahead or box.waiting:
        now = min([*(letter.due for letter in box.waiting.values()), *(promised for _, (promised, _) in ahead[:1])])
        while ahead and ahead[0][1][0] <= now:
            number, (_moment, letter) = ahead.pop(0)
            box.promise(number, letter, now)
        box.deliver(now)
    check(box, letters)


def a_promise(begins: int, after: int, ends: int | None) -> tuple[datetime, Letter]:
    promised = START + timedelta(minutes=30 * begins)
    due = promised + timedelta(minutes=30 * after)
    return promised, Letter(Manner.NUDGE, due, None if ends is None else due + timedelta(minutes=30 * ends))


def check(box: Mailbox, letters: dict[int, tuple[datetime, Letter]]) -> None:
    hours = box.reader.hours
    assert all(hours.is_open(moment) for moment in box.heard.values())
    counts: dict[date, int] = defaultdict(int)
    for moment, week in box.sent:
        assert manners.week_of(moment, hours.zone) == week
        counts[week] += 1
    assert all(count <= box.reader.weekly for count in counts.values())
    for number, (promised, letter) in letters.items():
        if number in box.heard:
            assert letter.deadline is None or box.heard[number] < letter.deadline
        else:
            # Dropped is only what nobody could have said: no open hour lay between the promise and its end.
            chance = hours.next_open(promised)
            assert letter.deadline is not None and (chance is None or chance >= letter.deadline)


def test_a_wall_clock_that_leaps_moves_no_message_into_the_night():
    hours = Hours("Europe/Lisbon")
    before = datetime(2026, 3, 27, 20, tzinfo=UTC)  # the clocks go forward on the Sunday after
    moment = hours.next_open(before)
    assert when.local(moment, "Europe/Lisbon").time() == time(9) and moment == datetime(2026, 3, 30, 8, tzinfo=UTC)
