"""How a circle spends its sessions: the six protocols, chosen for all of them or for one."""

from bot.domain.manners import Manner
from bot.feature import Feature, LetterKind
from bot.features.protocols import letters
from bot.features.protocols.handlers import routes

feature = Feature("protocols", routes=routes, letters=[LetterKind("protocols.changed", letters.changed, Manner.ROOM)])
