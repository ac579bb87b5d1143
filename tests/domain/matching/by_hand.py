"""The best circles of a few people, found by looking at all of them; written from the specification on the raw JSON alone."""

from itertools import combinations

from tests.domain.matching.checks import free_slots, line_above

USUAL = {
    "min": 4,
    "max": 8,
    "target": 6,
    "theme_points": [100, 60, 30],
    "wT": 60,
    "wD": 40,
    "distance_points": {"dept": 40, "country": 20, "background": 20},
    "level_per_step": 5,
    "level_cap_steps": 4,
    "size_penalty": 400,
    "repeat_penalty": 250,
}


def rules_of(config):
    rules = USUAL | config
    if "target" not in config and not rules["min"] <= rules["target"] <= rules["max"]:
        rules["target"] = (rules["min"] + rules["max"]) // 2
    return rules


def value(program, members, config):
    """What a circle is worth by the formula of the specification."""
    rules = rules_of(config)
    people = [person for person in program["people"] if person["id"] in members]
    points = {}
    for person in people:
        for theme, worth in zip(dict.fromkeys(person["circle"]["themes"]), rules["theme_points"], strict=False):
            points[theme] = points.get(theme, 0) + worth
    apart = sum(distance(program, one, other, rules) for one, other in combinations(people, 2))
    size = len(people)
    wishes, spread = rules["wT"] * max(points.values(), default=0), rules["wD"] * 2 * apart // (size - 1)
    return wishes + spread - rules["size_penalty"] * abs(size - rules["target"])


def distance(program, one, other, rules):
    total = 0
    for field, points in rules["distance_points"].items():
        if one[field] is not None and other[field] is not None and one[field] != other[field]:
            total += points
    if one["level"] is not None and other["level"] is not None:
        total += rules["level_per_step"] * min(abs(one["level"] - other["level"]), rules["level_cap_steps"])
    met = any(
        {past["a"], past["b"]} == {one["id"], other["id"]}
        and past["kind"] == "circle"
        and past["outcome"] != "never_met"
        for past in program["history"]
    )
    return total - (rules["repeat_penalty"] if met else 0)


def legal(program, people, free, config):
    """Whether these people may sit in one circle; `free` holds the free half hours of everybody."""
    common = set.intersection(*(free[person["id"]] for person in people))
    meeting = range(-(-config.get("meeting_minutes", 60) // 30))
    if not any(all((slot + ahead) % 336 in common for ahead in meeting) for slot in common):
        return False
    if config.get("common_language", True) and not set.intersection(*(set(one["languages"]) for one in people)):
        return False
    ids = {person["id"] for person in people}
    everybody = {person["id"]: person for person in program["people"]}
    above = [line_above(everybody, id)[: config.get("manager_depth", 2)] for id in ids]
    if any(set(block) <= ids for block in program["blocks"]) or any(ids.intersection(line) for line in above):
        return False
    groups = config.get("no_isolation_groups", [])
    return all(sum(group in person["groups"] for person in people) != 1 for group in groups)


def best(program, config):
    """The most people that any circles can hold, and the highest value of circles that hold so many."""
    rules = rules_of(config)
    waiting = tuple(person["id"] for person in program["people"] if not person["paused"])
    everybody = {person["id"]: person for person in program["people"]}
    free = {id: free_slots(everybody[id], program["week_of"]) for id in waiting}
    worth = {
        members: value(program, members, config)
        for size in range(rules["min"], rules["max"] + 1)
        for members in combinations(waiting, size)
        if legal(program, [everybody[id] for id in members], free, config)
    }
    known = {}

    def of(left):
        if not left:
            return 0, 0
        if left not in known:
            first, rest = left[0], left[1:]
            found = of(rest)
            for members, value in worth.items():
                if members[0] == first and set(members) <= set(left):
                    placed, more = of(tuple(id for id in rest if id not in members))
                    found = max(found, (placed + len(members), more + value))
            known[left] = found
        return known[left]

    return of(waiting)
