"""Being written to: what a member chooses, what the program sets, and the welcome after a break."""

from bot.domain.manners import Manner
from bot.feature import Feature, LetterKind, Nudge
from bot.features.settings import letters, nudges
from bot.features.settings.handlers import routes

feature = Feature(
    "settings",
    routes=routes,
    letters=[LetterKind("settings.back", letters.back, Manner.REPLY)],
    nudges=[Nudge("settings.back", nudges.welcome_back, due=nudges.next_back)],
)
