"""Posts that may not have arrived: Slack's answer was lost, and the bot may not read there. Somebody has to look."""

from bot.domain.manners import Manner
from bot.feature import Feature, LetterKind, Nudge
from bot.features.lost import flows
from bot.features.lost.handlers import routes

feature = Feature(
    "lost",
    routes=routes,
    letters=[LetterKind(flows.KIND, flows.compose, Manner.NUDGE)],
    nudges=[Nudge("lost.ask", flows.ask, due=flows.next_question)],
)
