"""The end of a round: what there is to celebrate, what everybody wants next, and a kind end where nobody goes on."""

from bot.feature import Feature
from bot.features.rounds.handlers import routes
from bot.features.rounds.letters import LETTERS
from bot.features.rounds.nudges import NUDGES

feature = Feature("rounds", routes=routes, letters=LETTERS, nudges=NUDGES)
