"""What Slack's Block Kit accepts, checked strictly: `message_faults` and `view_faults`.

Pure functions over plain JSON; nothing here knows of the workspace.
"""

from bot.sandbox.blockkit.payloads import Fault, message_faults, view_faults

__all__ = ["Fault", "message_faults", "view_faults"]
