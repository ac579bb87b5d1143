"""Which headcounts can be split into circles of a smallest to a largest size, and what to say where none can."""


def numbers_of_circles(headcount: int, low: int, high: int) -> range:
    """Every number of circles that covers everybody; empty when none does."""
    return range(-(-headcount // high), headcount // low + 1)


def coverable(headcount: int, low: int, high: int) -> int:
    """The largest part of the headcount that circles can cover."""
    return next((part for part in range(headcount, 0, -1) if numbers_of_circles(part, low, high)), 0)


def even_sizes(headcount: int, circles: int) -> list[int]:
    share, over = divmod(headcount, circles)
    return [share + 1] * over + [share] * (circles - over)


def nearest_number(headcount: int, low: int, high: int, target: int) -> int:
    """The number of circles whose average size is nearest to the target; fewer circles on a tie."""
    return min(numbers_of_circles(headcount, low, high), key=lambda count: (abs(headcount - target * count), count))


def impossible(headcount: int, low: int, high: int) -> str | None:
    """Why this headcount cannot be split, and the nearest ones that can; None when it can."""
    if headcount == 0 or numbers_of_circles(headcount, low, high):
        return None
    below = coverable(headcount, low, high)
    above = next(more for more in range(headcount + 1, headcount + low + 1) if numbers_of_circles(more, low, high))
    bounds = f"of {low}" if low == high else f"of {low} to {high}"
    if below == 0:
        return f"{_people(headcount)} cannot make a circle {bounds}: {above - headcount} more would do."
    full, next_up = headcount // high, headcount // high + 1
    return (
        f"{_people(headcount)} cannot be split into circles {bounds}: {_circles(full)} at most {full * high} and "
        f"{next_up} need at least {next_up * low}. {above - headcount} more would do; {headcount - below} must wait."
    )


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def _circles(count: int) -> str:
    return "1 circle holds" if count == 1 else f"{count} circles hold"
