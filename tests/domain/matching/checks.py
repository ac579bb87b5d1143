"""The rules once more, written from the specification on the raw JSON and without a line of the code that is tested."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

WEEK = 7 * 24 * 60


def free_slots(person, week_of):
    """The UTC half hours of the week in which each single minute is working time and none is busy."""
    work = person.get("work", {"days": [0, 1, 2, 3, 4], "start": "09:00", "end": "17:00"})
    working = minutes_of([(day, work["start"], work["end"]) for day in work["days"]], person["tz"], week_of)
    busy = minutes_of(person.get("busy", []), person["tz"], week_of)
    free = working - busy
    return {slot for slot in range(336) if all(slot * 30 + minute in free for minute in range(30))}


def minutes_of(windows, zone, week_of):
    monday = datetime.fromisoformat(week_of)
    found = set()
    for day, start, end in windows:
        bounds = [monday + timedelta(days=day, minutes=minutes_after_midnight(clock)) for clock in (start, end)]
        if bounds[1] < bounds[0]:
            bounds[1] += timedelta(days=1)
        first, last = (bound.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) for bound in bounds)
        offset = int((first - monday.replace(tzinfo=UTC)).total_seconds()) // 60
        length = int((last - first).total_seconds()) // 60
        found |= {(offset + minute) % WEEK for minute in range(length)}
    return found


def minutes_after_midnight(clock):
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def line_above(people, id):
    line = []
    while people[id]["manager"] is not None:
        id = people[id]["manager"]
        line.append(id)
    return line


def circle_faults(program, circle, config):
    """Every hard rule that a circle of the result breaks."""
    people = {person["id"]: person for person in program["people"]}
    members, faults = circle["members"], []
    if not config.get("min", 4) <= len(members) <= config.get("max", 8):
        faults.append("size")
    meeting = {(circle["slot"] + ahead) % 336 for ahead in range(-(-config.get("meeting_minutes", 60) // 30))}
    if any(not meeting <= free_slots(people[id], program["week_of"]) for id in members):
        faults.append("slot")
    if not set.intersection(*(set(people[id]["languages"]) for id in members)):
        faults.append("language")
    if any(set(block) <= set(members) for block in program["blocks"]):
        faults.append("block")
    depth = config.get("manager_depth", 2)
    if any(above in members for id in members for above in line_above(people, id)[:depth]):
        faults.append("manager")
    for group in config.get("no_isolation_groups", []):
        if sum(group in people[id]["groups"] for id in members) == 1:
            faults.append("isolation")
    return faults


def pair_faults(program, pair, config):
    """Every hard rule that a mentor pair of the result breaks, in a program with the default rules."""
    people = {person["id"]: person for person in program["people"]}
    mentee, mentor = people[pair["mentee"]], people[pair["mentor"]]
    free = [free_slots(person, program["week_of"]) for person in (mentee, mentor)]
    gap = mentor["level"] - mentee["level"]
    low, high = {"skill": (0, 30), "sponsor": (2, 30), "peer": (-1, 1)}.get(mentee["mentee"]["type"], (-30, 30))
    ids = {mentee["id"], mentor["id"]}
    rules = {
        "self": mentee is not mentor,
        "paused": not mentee.get("paused") and not mentor.get("paused"),
        "capacity": mentor["mentor"]["capacity"] > 0,
        "type": mentee["mentee"]["type"] in mentor["mentor"]["types"],
        "block": not any(set(block) == ids for block in program["blocks"]),
        "mismatch": not any({p["a"], p["b"]} == ids and p["outcome"] == "mismatch" for p in program["history"]),
        "line": mentor["id"] not in line_above(people, mentee["id"])
        and mentee["id"] not in line_above(people, mentor["id"]),
        "level": low <= gap <= high,
        "language": bool(set(mentee["languages"]) & set(mentor["languages"])),
        "overlap": 30 * len(free[0] & free[1]) >= config.get("min_overlap_minutes_per_week", 120),
    }
    return [rule for rule, kept in rules.items() if not kept]


def pair_score(program, mentee, mentor, weights):
    """The score by the formula of the specification, for the weights given and the default points."""
    people = {person["id"]: person for person in program["people"]}
    one, other = people[mentee], people[mentor]
    names = program["skills"]["synonyms"]
    related = {frozenset(entry[:2]): entry[2] for entry in program["skills"]["related"]}

    def canonical(skills):
        return list(dict.fromkeys(names.get(skill, skill) for skill in skills))

    offered, skill = canonical(other["mentor"]["skills"]), 0
    for wanted, share in zip(canonical(one["mentee"]["skills"])[:3], (50, 30, 20), strict=False):
        closest = [100 if wanted == name else related.get(frozenset((wanted, name)), 0) for name in offered]
        skill += share * max(closest, default=0)
    minutes = 30 * len(free_slots(one, program["week_of"]) & free_slots(other, program["week_of"]))
    differs = {
        key: None not in (one[key], other[key]) and one[key] != other[key]
        for key in ("dept", "country", "background")
    }
    gap = other["level"] - one["level"]
    points = {
        "skill": skill // 100,
        "level": {0: 40, 1: 100, 2: 90, 3: 60, 4: 30}.get(gap, 0),
        "overlap": min(minutes, 600) * 100 // 600,
        "distance": 40 * differs["dept"] + 30 * differs["country"] + 30 * differs["background"],
        "interests": min(100, 25 * len(set(one["interests"]) & set(other["interests"]))),
        "preference": 100 * bool(set(one["mentee"]["prefer_groups"]) & set(other["groups"])),
    }
    past = any(
        {p["a"], p["b"]} == {mentee, mentor} and p["kind"] == "mentor" and p["outcome"] == "ok"
        for p in program["history"]
    )
    return max(0, sum(weights[key] * points[key] for key in points) - 1500 * past)
