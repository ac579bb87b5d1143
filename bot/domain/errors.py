"""How a rule says no.

A `Refused` carries a sentence for the member: what is wrong and what to do. It is shown as it is, so it never
holds what somebody else wrote in private.
"""

from collections.abc import Mapping


class Refused(Exception):
    """A rule said no; the text is for the member."""

    @property
    def sentence(self) -> str:
        return str(self)


class RefusedFields(Refused):
    """Several fields of one form are wrong: block id → sentence, shown under each field."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = dict(fields)


class NotYours(Refused):
    """Somebody acted on what belongs to another member."""

    def __init__(self, text: str = "That one belongs to somebody else, so only they can change it.") -> None:
        super().__init__(text)


class Gone(Refused):
    """What a button speaks of does not exist any more."""

    def __init__(self, text: str = "That isn't there any more. Open the Home tab to see how things stand.") -> None:
        super().__init__(text)


class Stale(Refused):
    """Somebody else saved first."""

    def __init__(
        self,
        text: str = "Somebody changed this a moment ago. Have a look at it as it is now, then try again.",
    ) -> None:
        super().__init__(text)
