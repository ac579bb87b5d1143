"""The weekly check-in: one question in a thread, answered by button and form, posted by the bot."""

from bot.feature import Chore, Feature, HomeSection, LetterKind, Nudge
from bot.features.checkins import home, letters, nudges, tidying
from bot.features.checkins.handlers import routes

feature = Feature(
    "checkins",
    routes=routes,
    letters=[
        LetterKind("checkins.thread", letters.thread),
        LetterKind("checkins.answer", letters.answer),
        LetterKind("checkins.reminder", letters.reminder),
        LetterKind("checkins.summary", letters.summary),
        LetterKind("checkins.help-found", letters.help_found),
    ],
    nudges=[
        Nudge("checkins.rounds", nudges.plan_rounds, due=nudges.next_plan),
        Nudge("checkins.under-way", nudges.look_after_rounds, due=nudges.next_look),
    ],
    chores=[Chore("checkins.tidy", tidying.tidy, due=tidying.next_closed)],
    home=[HomeSection(40, home.this_week, home.still_silent)],
)
