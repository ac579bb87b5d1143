"""`make chaos`: real processes, real databases and a Slack that fails, until everything promised was said once."""
