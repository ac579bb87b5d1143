"""Companies of any size to match: offices in real zones, lines of managers, levels, crafts and habits, all from a seed."""

import json
import random
from typing import Any

Json = dict[str, Any]

OFFICES = (
    # city, country, zone, languages besides English, share of the people in per cent
    ("Warsaw", "PL", "Europe/Warsaw", "pl", 22),
    ("Lisbon", "PT", "Europe/Lisbon", "pt", 14),
    ("Berlin", "DE", "Europe/Berlin", "de", 16),
    ("New York", "US", "America/New_York", "es", 18),
    ("Denver", "US", "America/Denver", "es", 8),
    ("Bengaluru", "IN", "Asia/Kolkata", "hi", 14),
    ("São Paulo", "BR", "America/Sao_Paulo", "pt", 8),
)
DEPTS = {
    "Engineering": ("python", "sql", "system design", "kubernetes", "docker", "code review", "testing", "rust", "data modelling"),
    "Product": ("roadmapping", "pricing", "user research", "writing", "prioritising", "sql"),
    "Sales": ("negotiation", "pricing", "public speaking", "forecasting", "storytelling"),
    "Legal": ("contracts", "privacy law", "negotiation", "writing"),
    "People": ("giving feedback", "hiring", "coaching", "conflict", "facilitation"),
    "Finance": ("forecasting", "budgeting", "sql", "spreadsheets", "controlling"),
    "Support": ("writing", "conflict", "python", "storytelling", "facilitation"),
}  # fmt: skip
SOFT = ("public speaking", "giving feedback", "delegating", "writing", "facilitation", "coaching", "career planning")
RELATED = (
    ["kubernetes", "docker", 60],
    ["hiring", "coaching", 40],
    ["negotiation", "conflict", 50],
    ["forecasting", "budgeting", 60],
    ["public speaking", "storytelling", 60],
    ["system design", "data modelling", 50],
    ["giving feedback", "coaching", 60],
)
INTERESTS = ("chess", "running", "jazz", "baking", "climbing", "photography", "gardening", "board games", "cycling")
BACKGROUNDS = ("healthcare", "finance", "education", "public service", "retail", None)
THEMES = ("leading change", "wellbeing", "finding my voice", "technical depth", "first-time managers")
STARTS = ("08:00", "08:30", "09:00", "09:30", "10:00")
TYPES = (("skill", 60), ("micro", 15), ("peer", 10), ("sponsor", 10), ("coach", 5))


def company(heads: int, seed: int = 1, **config: Any) -> Json:
    """A third offers mentoring, two thirds look for a mentor; fewer places than wishes."""
    dice = random.Random(seed)
    ids = [f"U{number:06}" for number in range(heads)]
    levels = [_level(dice) for _ in ids]
    return {
        "schema": "matching/1",
        "seed": seed,
        "week_of": "2026-03-09",
        "config": config,
        "skills": {"synonyms": {"k8s": "kubernetes"}, "related": [list(entry) for entry in RELATED]},
        "people": [_person(place, ids, levels, dice) for place in range(heads)],
        "blocks": [dice.sample(ids, 2) for _ in range(heads // 200)],
        "history": [_past(ids, dice) for _ in range(heads // 10)],
    }


def written(heads: int, seed: int = 1) -> str:
    return json.dumps(company(heads, seed))


def _level(dice: random.Random) -> int:
    return dice.choices((1, 2, 3, 4, 5, 6, 7), (20, 26, 22, 15, 9, 5, 3))[0]


def _past(ids: list[str], dice: random.Random) -> Json:
    one, other = dice.sample(ids, 2)
    outcome = dice.choices(("ok", "mismatch", "never_met"), (80, 5, 15))[0]
    return {"a": one, "b": other, "kind": dice.choice(("mentor", "circle", "pair")), "outcome": outcome}


def _person(place: int, ids: list[str], levels: list[int], dice: random.Random) -> Json:
    city, country, zone, language, _ = dice.choices(OFFICES, [office[4] for office in OFFICES])[0]
    dept = dice.choices(tuple(DEPTS), (36, 12, 16, 5, 7, 8, 16))[0]
    level = levels[place]
    return {
        "id": ids[place],
        "dept": dept,
        "country": country,
        "city": city,
        "tz": zone,
        "background": dice.choice(BACKGROUNDS),
        "work": _work(dice),
        "busy": [[dice.randrange(5), "12:00", "13:00"]] if dice.random() < 0.3 else [],
        "level": level,
        "manager": ids[(place - 1) // 8] if place else None,
        "languages": ["en"] if dice.random() < 0.5 else ["en", language] if dice.random() < 0.94 else [language],
        "interests": dice.sample(INTERESTS, dice.randrange(4)),
        "groups": ["early-career"] if level < 3 and dice.random() < 0.5 else [],
        "paused": dice.random() < 0.02,
        "mentor": _mentor(dept, dice) if dice.random() < 0.09 * level else None,
        "mentee": _mentee(dept, dice) if dice.random() < 0.85 - 0.09 * level else None,
        "circle": {"themes": dice.sample(THEMES, 2)} if dice.random() < 0.6 else None,
        "pair_pool": dice.random() < 0.5,
    }


def _work(dice: random.Random) -> Json:
    start = dice.choice(STARTS)
    end = f"{int(start[:2]) + 8:02}{start[2:]}"
    return {"days": dice.choice(([0, 1, 2, 3, 4], [0, 1, 2, 3, 4], [0, 1, 2, 3])), "start": start, "end": end}


def _skills(dept: str, count: int, dice: random.Random) -> list[str]:
    known = list(dict.fromkeys((*DEPTS[dept], *SOFT)))
    return dice.sample(known, min(count, len(known)))


def _mentor(dept: str, dice: random.Random) -> Json:
    types = [name for name, _ in TYPES if name == "skill" or dice.random() < 0.4]
    return {
        "capacity": dice.choice((1, 1, 2, 2, 3)),
        "skills": _skills(dept, dice.randrange(2, 6), dice),
        "types": types,
    }


def _mentee(dept: str, dice: random.Random) -> Json:
    asked = dept if dice.random() < 0.7 else dice.choice(tuple(DEPTS))
    kind = dice.choices([name for name, _ in TYPES], [share for _, share in TYPES])[0]
    groups = ["early-career"] if dice.random() < 0.1 else []
    return {"type": kind, "skills": _skills(asked, dice.randrange(1, 4), dice), "prefer_groups": groups}
