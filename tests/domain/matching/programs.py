"""Documents to test with: programs of any size, drawn from a seed, with zones, lines, languages and wishes."""

import random

ZONES = ["Europe/Warsaw", "Europe/Lisbon", "America/New_York", "America/Sao_Paulo", "Asia/Kolkata", "Asia/Kathmandu"]
DEPTS = ["Engineering", "Sales", "Legal", "Product", "People"]
SKILLS = ["python", "sql", "system design", "pricing", "giving feedback", "k8s", "docker"]
THEMES = ["leading change", "wellbeing", "finding my voice", "technical depth"]
TYPES = ["skill", "micro", "peer", "sponsor"]


def a_program(people=24, *, seed=1, zones=None, circle=None, **parts):
    """A document as JSON; `circle` goes into config.circle and `parts` replace whole keys."""
    dice = random.Random(seed)
    ids = [f"U{number:03}" for number in range(people)]
    return {
        "schema": "matching/1",
        "seed": seed,
        "week_of": "2026-03-09",
        "config": {"circle": circle or {}},
        "skills": {"synonyms": {"k8s": "kubernetes"}, "related": [["kubernetes", "docker", 60]]},
        "people": [a_person(id, dice, ids[: place // 4], zones or ZONES[:2]) for place, id in enumerate(ids)],
        "blocks": [],
        "history": [],
    } | parts


def a_person(id, dice, above, zones):
    return {
        "id": id,
        "dept": dice.choice(DEPTS),
        "country": dice.choice(["PL", "PT", "US"]),
        "tz": dice.choice(zones),
        "background": dice.choice(["healthcare", "finance", None]),
        "work": {"days": [0, 1, 2, 3, 4], "start": dice.choice(["08:00", "09:00", "10:00"]), "end": "17:00"},
        "busy": [[dice.randrange(5), "12:00", "13:00"]],
        "level": dice.randrange(1, 7),
        "manager": dice.choice(above) if above and dice.random() < 0.5 else None,
        "languages": dice.choice([["en"], ["en", "pl"], ["en", "pt"]]),
        "interests": dice.sample(["chess", "running", "jazz"], 1),
        "groups": ["early-career"] if dice.random() < 0.3 else [],
        "mentor": {"capacity": dice.randrange(4), "skills": dice.sample(SKILLS, 3), "types": dice.sample(TYPES, 3)}
        if dice.random() < 0.6
        else None,
        "mentee": {"type": dice.choice(TYPES), "skills": dice.sample(SKILLS, 2), "prefer_groups": []}
        if dice.random() < 0.7
        else None,
        "circle": {"themes": dice.sample(THEMES, 2)},
        "pair_pool": True,
    }
