"""The people a new workspace starts with."""

from bot.sandbox.workspace import Workspace


def fill(workspace: Workspace, seed: str) -> None:
    ada = workspace.add_user("ana", "Ana Keller", is_admin=True)
    bo = workspace.add_user("bo", "Bo Lindqvist")
    general = workspace.add_channel("general", "channel", creator=ada.id, members=[ada.id, bo.id])
    general.is_general = True
