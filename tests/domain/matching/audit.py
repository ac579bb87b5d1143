"""Draws of pairs judged from outside: the best of all draws by trying each, and the proof worked out again from its prices.

Nothing here uses the code that is tested; scores and rules come from `checks`, which reads the raw JSON.
"""

from tests.domain.matching.checks import pair_faults, pair_score

WEIGHTS = {
    "skill": {"skill": 60, "level": 10, "overlap": 15, "distance": 5, "interests": 5, "preference": 5},
    "micro": {"skill": 75, "level": 0, "overlap": 20, "distance": 0, "interests": 5, "preference": 0},
    "peer": {"skill": 30, "level": 20, "overlap": 20, "distance": 10, "interests": 15, "preference": 5},
    "sponsor": {"skill": 20, "level": 35, "overlap": 10, "distance": 20, "interests": 5, "preference": 10},
}
CONFIG = {
    "weights": WEIGHTS,
    "level_rule": {"skill": [0, 30], "sponsor": [2, 30], "peer": [-1, 1]},
    "level_gap_points": {kind: {"0": 40, "1": 100, "2": 90, "3": 60, "4": 30} for kind in WEIGHTS},
}


def scores_of(program):
    """The score of every pair that the rules allow."""
    mentees = [person for person in program["people"] if person["mentee"]]
    mentors = [person for person in program["people"] if person["mentor"]]
    found = {}
    for one in mentees:
        for other in mentors:
            couple = {"mentee": one["id"], "mentor": other["id"]}
            if not pair_faults(program, couple, {}):
                weights = WEIGHTS[one["mentee"]["type"]]
                found[one["id"], other["id"]] = pair_score(program, one["id"], other["id"], weights)
    return found


def places_of(program):
    return {person["id"]: person["mentor"]["capacity"] for person in program["people"] if person["mentor"]}


def best_draw(program, scores, rank):
    """The highest rank of all draws; `rank` puts a draw {mentee: mentor} into an order."""
    places = places_of(program)
    mentees = sorted({mentee for mentee, _ in scores})
    mentors = {one: [other for (mentee, other) in scores if mentee == one] for one in mentees}

    def draws(left, taken):
        if not left:
            yield {}
            return
        for draw in draws(left[1:], taken):
            yield draw
        for mentor in mentors[left[0]]:
            if taken.count(mentor) < places[mentor]:
                for draw in draws(left[1:], (*taken, mentor)):
                    yield draw | {left[0]: mentor}

    return max(rank(draw) for draw in draws(mentees, ()))


def objective(scores, draw, step=300):
    mentors = list(draw.values())
    load = sum(step * count * (count - 1) // 2 for count in (mentors.count(mentor) for mentor in set(mentors)))
    return sum(scores[couple] for couple in draw.items()) - load


def sum_of_prices(program, scores, result, step=300):
    """What no draw can be worth more than: all that is left to mentees and all that mentors keep at these prices.

    A match is worth its score and what the certificate says beyond it; a mentor's next place costs a step more each.
    """
    certificate = result["certificate"]
    prices, beyond = certificate["prices"], certificate["match_worth"]
    left = dict.fromkeys(beyond, 0)
    for (mentee, mentor), score in scores.items():
        if mentee in beyond and mentor in prices and score >= certificate["floor"]:
            left[mentee] = max(left[mentee], score + beyond[mentee] - prices[mentor])
    for mentee, mentor in {tuple(couple) for couple in result["options"]["stay"]} & scores.keys():
        if mentee in beyond and mentor in prices:
            worth = scores[mentee, mentor] + beyond[mentee] + certificate["stay_worth"]
            left[mentee] = max(left[mentee], worth - prices[mentor])
    free = {id: range(certificate["taken"].get(id, 0), places_of(program)[id]) for id in prices}
    kept = sum(max(0, price - step * place) for id, price in prices.items() for place in free[id])
    return sum(left.values()) + kept


def worth_of(scores, result, step=300):
    """What the draw of the result is worth in the same terms."""
    draw = {pair["mentee"]: pair["mentor"] for pair in result["pairs"]}
    settled = dict(result["options"]["keep"])
    beyond = sum(worth for mentee, worth in result["certificate"]["match_worth"].items() if mentee in draw)
    stayed = len(draw.items() & {tuple(couple) for couple in result["options"]["stay"]})
    beyond += stayed * result["certificate"]["stay_worth"]
    return objective(scores, draw, step) - objective(scores, settled, step) + beyond
