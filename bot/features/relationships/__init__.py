"""Relationships of two: how they stand, what they agreed on, when they meet, and how they end."""

from bot.feature import Feature, HomeSection, Nudge
from bot.features.relationships import (
    handlers,
    handlers_agenda,
    handlers_paper,
    handlers_promises,
    home,
    letters,
    letters_rhythm,
    nudges,
)
from bot.features.relationships.texts import TEMPLATES
from bot.slack.routes import gather

feature = Feature(
    "relationships",
    routes=gather([handlers.routes, handlers_agenda.routes, handlers_paper.routes, handlers_promises.routes]),
    letters=[*letters.LETTERS, *letters_rhythm.LETTERS],
    nudges=[
        Nudge(
            "relationships.ask_for_agendas", nudges.ask_for_agendas, due=nudges.next_agenda, ahead=nudges.PLAN_AHEAD
        ),
        Nudge("relationships.look_after", nudges.look_after, due=nudges.next_look),
    ],
    templates=TEMPLATES,
    home=[HomeSection(45, home.my_relationships, home.what_is_next, home.has_open)],
)
