"""The web side: health for the operator, Slack's requests in HTTP mode."""
