"""The sponsor's ledger: taken on, done, seen; and news from whom it is for."""

from bot.feature import Feature, Nudge
from bot.features.sponsoring import nudges
from bot.features.sponsoring.handlers import routes
from bot.features.sponsoring.letters import LETTERS

feature = Feature(
    "sponsoring",
    routes=routes,
    letters=LETTERS,
    nudges=[
        Nudge("sponsoring.remind", nudges.remind, due=nudges.next_reminder, ahead=nudges.PLAN_AHEAD),
        Nudge("sponsoring.season", nudges.tell_season, due=nudges.next_season, ahead=nudges.PLAN_AHEAD),
    ],
)
