"""Speaks. Slack, without mentoring: requests in, replies out, and a gateway for everything else."""
