"""A small Slack of our own, for trying the bot and for testing it; shares no code with the bot."""
