"""Too few can come to a session: the circle decides by tap whether it goes ahead, moves, or is held in writing."""

from bot.feature import Chore, Feature
from bot.features.quorum.chores import draw_results, next_to_draw
from bot.features.quorum.handlers import routes
from bot.features.quorum.letters import LETTERS
from bot.features.quorum.nudges import NUDGES

feature = Feature(
    "quorum",
    routes=routes,
    letters=LETTERS,
    nudges=NUDGES,
    chores=[Chore("quorum.draw", draw_results, due=next_to_draw)],
)
