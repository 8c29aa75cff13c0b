"""Forms with fixed ids: an answer is read from what Discord sends, also after a restart."""

import re
from typing import Any, cast

import discord

from bot.errors import Code, UserError
from cogs.ui import texts

_PORTRAIT = re.compile(r"v1:portrait:(\d{1,15})")
_FILE = "picture"


class PortraitForm(discord.ui.Modal):
    """Asks for the picture that shall speak; the sound waits in a draft."""

    def __init__(self, draft: int) -> None:
        super().__init__(title=texts.PORTRAIT_TITLE, custom_id=f"v1:portrait:{draft}", timeout=60)
        self.add_item(
            discord.ui.Label(
                text=texts.PORTRAIT_LABEL,
                description=texts.PORTRAIT_HELP,
                component=discord.ui.FileUpload(
                    custom_id=_FILE, required=True, min_values=1, max_values=1
                ),
            )
        )


def portrait_draft(interaction: discord.Interaction[Any]) -> int | None:
    """The draft a submitted portrait form is about; None if it was another form."""
    if interaction.type is not discord.InteractionType.modal_submit:
        return None
    found = _PORTRAIT.fullmatch(str(_data(interaction).get("custom_id", "")))
    return int(found[1]) if found else None


def uploaded(interaction: discord.Interaction[Any]) -> discord.Attachment:
    """The file of a submitted form, built from the payload alone; raises UserError."""
    data = _data(interaction)
    files = data.get("resolved", {}).get("attachments", {})
    for row in data.get("components", []):
        component = row.get("component", {})
        for number in component.get("values", []) if component.get("custom_id") == _FILE else []:
            if number in files:
                state = interaction._state  # noqa: SLF001 the library has no public way
                return discord.Attachment(data=files[number], state=state)
    raise UserError(Code.FORM_EXPIRED)


def _data(interaction: discord.Interaction[Any]) -> dict[str, Any]:
    return cast("dict[str, Any]", interaction.data or {})
