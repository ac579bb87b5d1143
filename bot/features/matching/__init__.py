"""Matching: the best people for a member, and circles for a whole program."""

from bot.feature import Chore, Feature, HomeSection, Nudge
from bot.features.matching import chores, home, letters, nudges
from bot.features.matching.handlers import routes

feature = Feature(
    "matching",
    routes=routes,
    letters=letters.LETTERS,
    nudges=[Nudge("matching.let_lapse", nudges.let_lapse)],
    chores=[Chore("matching.open_conversations", chores.open_conversations)],
    home=[HomeSection(50, home.open_intros)],
)
