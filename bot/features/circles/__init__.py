"""Circles: made, joined and left; their channel, their rhythm and their end.

Another feature founds a circle by `work.circles.add(Circle(state=OPENING, …))` and nothing more: the chores here make its
channel, bring in its members and say welcome.
"""

from bot.feature import Feature, HomeSection
from bot.features.circles.chores import CHORES
from bot.features.circles.events import routes as events
from bot.features.circles.handlers import routes
from bot.features.circles.home import my_circles
from bot.features.circles.letters import LETTERS
from bot.slack.routes import gather

feature = Feature(
    "circles", routes=gather([routes, events]), letters=LETTERS, chores=CHORES, home=[HomeSection(50, my_circles)]
)
