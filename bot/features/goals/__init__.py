"""Goals over months: their milestones with dates and evidence, where the owner stands, and what a missed day teaches."""

from bot.feature import Feature, HomeSection, Nudge
from bot.features.goals import home, nudges
from bot.features.goals.handlers import routes
from bot.features.goals.letters import LETTERS

feature = Feature(
    "goals",
    routes=routes,
    letters=LETTERS,
    nudges=[
        Nudge("goals.remind", nudges.remind, due=nudges.next_reminder, ahead=nudges.PLAN_AHEAD),
        Nudge("goals.ask", nudges.ask, due=nudges.next_question, ahead=nudges.PLAN_AHEAD),
    ],
    home=[HomeSection(40, home.my_goals, home.in_brief, home.has_any, home.WITHOUT)],
)
