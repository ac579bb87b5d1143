"""Documents to test with: programs of any size, drawn from a seed, with zones, lines, languages and wishes."""

import random

from hypothesis import strategies as st

ZONES = ["Europe/Warsaw", "Europe/Lisbon", "America/New_York", "America/Sao_Paulo", "Asia/Kolkata", "Asia/Kathmandu"]
DEPTS = ["Engineering", "Sales", "Legal", "Product", "People"]
SKILLS = ["python", "sql", "system design", "pricing", "giving feedback", "k8s", "docker"]
THEMES = ["leading change", "wellbeing", "finding my voice", "technical depth"]
TYPES = ["skill", "micro", "peer", "sponsor"]


def a_program(heads=24, /, *, seed=1, zones=None, circle=None, **parts):
    """A document as JSON; `circle` goes into config.circle and `parts` replace whole keys."""
    dice = random.Random(seed)
    ids = [f"U{number:03}" for number in range(heads)]
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


ODD_ZONES = [*ZONES, "Australia/Lord_Howe", "Pacific/Chatham", "America/St_Johns", "Pacific/Kiritimati"]


@st.composite
def programs(draw, most=24, fewest=0, **parts):
    """Any program of this generator, with a few blocks, a history and people on a pause."""
    people = draw(st.integers(fewest, most))
    program = a_program(
        people, seed=draw(st.integers(0, 10_000)), zones=draw(st.sampled_from([ZONES[:1], ZONES[:3], ODD_ZONES]))
    )
    ids = [person["id"] for person in program["people"]]
    if people > 1:
        couples = st.lists(st.lists(st.sampled_from(ids), min_size=2, max_size=2, unique=True), max_size=5)
        program["blocks"] = draw(couples)
        kinds, outcomes = (
            st.sampled_from(["mentor", "circle", "pair"]),
            st.sampled_from(["ok", "mismatch", "never_met"]),
        )
        program["history"] = [
            {"a": one, "b": other, "kind": draw(kinds), "outcome": draw(outcomes)} for one, other in draw(couples)
        ]
    for person in program["people"]:
        person["paused"] = draw(st.integers(0, 9)) == 0
        if draw(st.integers(0, 9)) == 0:
            person["languages"] = ["pl"]
    return program | parts


def shuffled(program, seed=5):
    """The same program, listed in another order throughout."""
    dice = random.Random(seed)

    def mixed(entries):
        return dice.sample(entries, len(entries))

    people = [
        person | {key: mixed(person[key]) for key in ("languages", "interests", "groups", "busy")}
        for person in program["people"]
    ]
    return program | {
        "people": mixed(people),
        "blocks": mixed([block[::-1] for block in program["blocks"]]),
        "history": mixed([past | {"a": past["b"], "b": past["a"]} for past in program["history"]]),
    }
