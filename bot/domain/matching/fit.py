"""How well a mentee and a mentor fit: a whole number up to 10,000, and the facts it is made of.

Each sentence is built from the facts that scored and from nothing else. Preferred groups score without a word, because
they are confidential.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from bot.domain.matching.config import COMPONENTS, PRIORITIES
from bot.domain.matching.facts import Facts
from bot.domain.matching.rules import level_gap
from bot.domain.matching.skills import SAME
from bot.domain.matching.slots import shared_minutes

BEST = 10_000
NOT_BY_SKILL = frozenset({"sponsor", "perspective"})
"""Kinds in which somebody is sought for where they stand, not for what they can teach."""
FIELD_NAMES = {"dept": "department", "country": "country", "background": "background"}


@dataclass(frozen=True)
class SkillFit:
    wanted: str
    offered: str
    closeness: int


@dataclass(frozen=True)
class Fit:
    """The score and where it comes from. `points` are 0 to 100 each, `score` weighs them."""

    score: int
    points: Mapping[str, int]
    weights: Mapping[str, int]
    skills: tuple[SkillFit, ...]
    missing: tuple[str, ...]
    minutes: int
    gap: int | None
    differs: tuple[tuple[str, str], ...]
    interests: tuple[str, ...]
    paired_before: bool

    def counted(self, component: str) -> bool:
        return self.weights.get(component, 0) * self.points[component] > 0


def fit(facts: Facts, mentee: str, mentor: str) -> Fit:
    """For a pair that the rules allow; the mentee has a wish."""
    wish = facts.people[mentee].mentee
    if wish is None:
        raise ValueError(f"{mentee} is no mentee")
    weights = facts.config.weights[wish.type]
    skills = _skill_fits(facts, mentee, mentor)
    gap = level_gap(facts, mentee, mentor)
    minutes = shared_minutes(facts.slots(mentee), facts.slots(mentor))
    interests = facts.common_interests(mentee, mentor)
    preferred = not set(wish.prefer_groups).isdisjoint(facts.people[mentor].groups)
    points = {
        "skill": _skill_points(facts, mentee, skills),
        "level": 0 if gap is None else facts.config.level_gap_points.get(wish.type, {}).get(gap, 0),
        "overlap": overlap_points(minutes, facts.config.overlap_saturation_minutes),
        "distance": _distance_points(facts, mentee, mentor),
        "interests": min(100, facts.config.interest_points * len(interests)),
        "preference": 100 if preferred else 0,
    }
    before = facts.met_as("mentor", mentee, mentor)
    total = sum(weights.get(component, 0) * points[component] for component in COMPONENTS)
    return Fit(
        score=max(0, total - (facts.config.past_pair_penalty if before else 0)),
        points=points,
        weights=weights,
        skills=skills,
        missing=_missing(facts, mentee, skills),
        minutes=minutes,
        gap=gap,
        differs=_differences(facts, mentee, mentor),
        interests=interests,
        paired_before=before,
    )


def overlap_points(minutes: int, saturation: int) -> int:
    return min(minutes, saturation) * 100 // saturation


def _skill_fits(facts: Facts, mentee: str, mentor: str) -> tuple[SkillFit, ...]:
    """For each wanted skill the closest offered one, in the order of priority; none where nothing is close."""
    table, offered = facts.document.skills, facts.offered(mentor)
    found = []
    for wanted in facts.wanted(mentee):
        closest = max(offered, key=lambda name: (table.closeness(wanted, name), name), default=None)
        if closest is not None and table.closeness(wanted, closest) > 0:
            found.append(SkillFit(wanted, closest, table.closeness(wanted, closest)))
    return tuple(found)


def _skill_points(facts: Facts, mentee: str, skills: tuple[SkillFit, ...]) -> int:
    closeness = {skill.wanted: skill.closeness for skill in skills}
    shares = zip(facts.wanted(mentee), PRIORITIES, strict=False)
    return sum(facts.config.skill_priority[place] * closeness.get(wanted, 0) for wanted, place in shares) // 100


def _missing(facts: Facts, mentee: str, skills: tuple[SkillFit, ...]) -> tuple[str, ...]:
    met = {skill.wanted for skill in skills}
    return tuple(wanted for wanted in facts.wanted(mentee) if wanted not in met)


def _distance_points(facts: Facts, mentee: str, mentor: str) -> int:
    return sum(facts.config.distance_points[field] for field, _ in _differences(facts, mentee, mentor))


def _differences(facts: Facts, mentee: str, mentor: str) -> tuple[tuple[str, str], ...]:
    """The fields in which both said something, and not the same; with the mentor's value."""
    learner, teacher = facts.people[mentee], facts.people[mentor]
    found = []
    for field in FIELD_NAMES:
        mine, theirs = getattr(learner, field), getattr(teacher, field)
        if mine is not None and theirs is not None and mine != theirs and facts.config.distance_points[field]:
            found.append((field, theirs))
    return tuple(found)


def because(fit: Fit) -> str:
    """One or two sentences to the mentee about the mentor."""
    parts = [*_skill_parts(fit), *_meeting_parts(fit), *_person_parts(fit)]
    if not parts:
        return "The rules allow it; nothing in the two profiles speaks for it yet."
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def because_of_kind(fit: Fit, kind: str) -> str:
    """The same to somebody who asks for one kind: what that kind is about comes first."""
    if kind not in NOT_BY_SKILL:
        return because(fit)
    reach, skills = [*_reach_parts(fit, kind)], [*_skill_parts(fit)]
    parts = [*reach, *_interest_parts(fit), *skills, *_hour_parts(fit)]
    if not parts:
        return because(fit)
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def _reach_parts(fit: Fit, kind: str) -> Iterator[str]:
    """A sponsor speaks for you from above; another perspective comes from another place."""
    levels = [_level_part(fit.gap)] if fit.counted("level") and fit.gap is not None else []
    places = [f"different {FIELD_NAMES[field]} ({value})" for field, value in fit.differs]
    if kind == "sponsor":
        yield from (
            f"{level}, and can speak up for you there" if fit.gap and fit.gap > 0 else level for level in levels
        )
    if fit.counted("distance"):
        yield from places
    if kind != "sponsor":
        yield from levels


def costs_of_kind(fit: Fit, kind: str) -> str:
    """The same for one kind: where it does not turn on skills, a skill that is not there costs nothing."""
    return costs(replace(fit, missing=())) if kind in NOT_BY_SKILL else costs(fit)


def _skill_parts(fit: Fit) -> Iterator[str]:
    if not fit.counted("skill"):
        return
    for skill in fit.skills:
        if skill.closeness == SAME:
            yield f"offers *{skill.wanted}*, which you asked for"
        else:
            yield f"offers *{skill.offered}*, close to the *{skill.wanted}* you asked for"


def _meeting_parts(fit: Fit) -> Iterator[str]:
    yield from _hour_parts(fit)
    if fit.counted("level") and fit.gap is not None:
        yield _level_part(fit.gap)


def _hour_parts(fit: Fit) -> Iterator[str]:
    if fit.counted("overlap"):
        yield f"{hours(fit.minutes)} a week"


def _person_parts(fit: Fit) -> Iterator[str]:
    if fit.counted("distance"):
        for field, value in fit.differs:
            yield f"different {FIELD_NAMES[field]} ({value})"
    yield from _interest_parts(fit)


def _interest_parts(fit: Fit) -> Iterator[str]:
    if fit.counted("interests"):
        yield f"you share an interest in {in_words(fit.interests)}"


def _level_part(gap: int) -> str:
    if gap == 0:
        return "at your level"
    levels = "1 level" if abs(gap) == 1 else f"{abs(gap)} levels"
    return f"{levels} above you" if gap > 0 else f"{levels} below you"


def costs(fit: Fit) -> str:
    """What the mentee gives up with this mentor, in one sentence."""
    parts = []
    if fit.weights.get("skill", 0):
        parts += [f"nothing close to *{name}*" for name in fit.missing]
    if fit.weights.get("overlap", 0) and fit.points["overlap"] < 50:
        parts.append(f"only {hours(fit.minutes)} a week")
    if fit.paired_before:
        parts.append("you were a pair before")
    if not parts:
        return "Costs you nothing you asked for."
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def hours(minutes: int, which: str = "shared working") -> str:
    amount = f"{minutes // 60}" if minutes % 60 == 0 else f"{minutes / 60:.1f}"
    return f"{amount} {which} {'hour' if minutes == 60 else 'hours'}"


def in_words(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
