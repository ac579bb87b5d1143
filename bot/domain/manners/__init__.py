"""Manners: whether, when and in which message something goes to a member who did not ask for it.

`decide` is the only place that says so. What it goes by: the class of the letter, the reader's own hours and days off,
their break, what they have had this week, and the moment at which the letter is of no use any more.
"""

from bot.domain.manners.classes import Manner, Topic
from bot.domain.manners.countries import NOWHERE, country_of, like, name_of
from bot.domain.manners.deciding import Go, Join, Letter, Merge, Never, Reader, Told, Verdict, Wait, decide, placed
from bot.domain.manners.hours import Hours, week_of
from bot.domain.manners.moving import followed
from bot.domain.manners.own import FEWEST, MOST, House, Own, check_hours, check_weekly, coming_weeks, reader_of

__all__ = [
    "FEWEST",
    "MOST",
    "NOWHERE",
    "Go",
    "Hours",
    "House",
    "Join",
    "Letter",
    "Manner",
    "Merge",
    "Never",
    "Own",
    "Reader",
    "Told",
    "Topic",
    "Verdict",
    "Wait",
    "check_hours",
    "check_weekly",
    "coming_weeks",
    "country_of",
    "decide",
    "followed",
    "like",
    "name_of",
    "placed",
    "reader_of",
    "week_of",
]
