"""Public holidays by country, as the `holidays` library knows them."""

import warnings
from datetime import date
from functools import cache

import holidays

YEARS = range(2024, 2040)


@cache
def holidays_of(country: str) -> frozenset[date]:
    """Those that the whole country keeps; none for a country that is not known."""
    with warnings.catch_warnings():
        # Some countries announce theirs a few years ahead only; those are all there is.
        warnings.simplefilter("ignore")
        try:
            return frozenset(holidays.country_holidays(country, years=YEARS))
        except NotImplementedError:
            return frozenset()
