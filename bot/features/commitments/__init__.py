"""Commitments: two a member and session, with a receipt, a mid-point, a last reminder, and what became of them."""

from bot.feature import Feature, HomeSection, Nudge
from bot.features.commitments import home, nudges
from bot.features.commitments.handlers import routes
from bot.features.commitments.letters import LETTERS

feature = Feature(
    "commitments",
    routes=routes,
    letters=LETTERS,
    nudges=[Nudge("commitments.remind", nudges.remind, due=nudges.next_reminder, ahead=nudges.PLAN_AHEAD)],
    home=[HomeSection(20, home.my_commitments, home.still_open)],
)
