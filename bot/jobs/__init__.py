"""What the bot does unasked: plan letters, deliver them, do chores in Slack, work through the events it kept."""
