"""What a circle agrees on: drafted from the program's template, written by its members, signed by tap."""

from bot.feature import Chore, Feature
from bot.features.charter import handlers, template_handlers
from bot.features.charter.letters import LETTERS
from bot.features.charter.marks import mark_channels, next_mark
from bot.features.charter.nudges import NUDGES
from bot.slack.routes import gather

feature = Feature(
    "charter",
    routes=gather([handlers.routes, template_handlers.routes]),
    letters=LETTERS,
    nudges=NUDGES,
    chores=[Chore("charter.mark", mark_channels, due=next_mark)],
)
