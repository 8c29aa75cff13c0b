"""What a submitted form holds, read from what Discord sends: no form has to be remembered."""

from collections.abc import Mapping
from typing import Any, cast

import discord


class Entries:
    """What a member filled into a form; fields are named by their ids."""

    def __init__(self, interaction: discord.Interaction[Any]) -> None:
        self._interaction = interaction
        self._data = cast("dict[str, Any]", interaction.data or {})

    @property
    def form(self) -> str:
        """The id of the form; empty if this is no submitted form."""
        if self._interaction.type is not discord.InteractionType.modal_submit:
            return ""
        return str(self._data.get("custom_id", ""))

    def text(self, field: str) -> str:
        """The words of a field; empty if there are none."""
        return str(self._fields().get(field, {}).get("value") or "")

    def choice(self, field: str) -> str | None:
        """The first entry that was chosen in a field."""
        values = self._fields().get(field, {}).get("values") or []
        return str(values[0]) if values else None

    def file(self, field: str) -> discord.Attachment | None:
        """The first file of a field."""
        files = self._data.get("resolved", {}).get("attachments", {})
        found = files.get(self.choice(field))
        if found is None:
            return None
        state = self._interaction._state  # noqa: SLF001 the library has no public way
        return discord.Attachment(data=found, state=state)

    def _fields(self) -> Mapping[str, dict[str, Any]]:
        fields = (row.get("component", {}) for row in self._data.get("components", []))
        return {str(field.get("custom_id")): field for field in fields}
