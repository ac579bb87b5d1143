"""The weekly check-in: one question in a thread, answered by button and form, posted by the bot."""

from bot.feature import Chore, Feature, HomeSection, Nudge
from bot.features.checkins import helping, helping_letters, home, letters, nudges, pairs, tidying
from bot.features.checkins.handlers import routes

feature = Feature(
    "checkins",
    routes=routes,
    letters=[*letters.LETTERS, *helping_letters.LETTERS],
    nudges=[
        Nudge("checkins.rounds", nudges.plan_rounds, due=nudges.next_plan),
        Nudge("checkins.under-way", nudges.look_after_rounds, due=nudges.next_look),
        Nudge("checkins.calls", helping.ask_around, due=helping.next_ask),
    ],
    chores=[
        Chore("checkins.conversations", pairs.open_conversations, due=pairs.next_to_open),
        Chore("checkins.tidy", tidying.tidy, due=tidying.next_closed),
    ],
    home=[HomeSection(40, home.this_week, home.still_silent)],
)
