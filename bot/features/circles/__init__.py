"""Circles: made, joined and left; their channel, their rhythm and their end.

Another feature founds a circle by `work.circles.add(Circle(state=OPENING, …))` and nothing more: the chores here make its
channel, bring in its members, plan its first sessions and say welcome.
"""

from bot.feature import Feature, HomeSection
from bot.features.circles import events, handlers
from bot.features.circles.chores import CHORES
from bot.features.circles.home import my_circles, where_i_sit
from bot.features.circles.letters import LETTERS
from bot.slack.routes import gather

feature = Feature(
    "circles",
    routes=gather([handlers.routes, events.routes]),
    letters=LETTERS,
    chores=CHORES,
    home=[HomeSection(50, my_circles, where_i_sit)],
)
