"""Forms with fixed ids: an answer is read from what Discord sends, also after a restart."""

import re
from typing import Any

import discord

from bot.errors import Code, UserError
from cogs.ui import texts
from cogs.ui.entries import Entries

FORM = re.compile(r"v1:portrait:(\d{1,15})")
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
    found = FORM.fullmatch(Entries(interaction).form)
    return int(found[1]) if found else None


def uploaded(interaction: discord.Interaction[Any]) -> discord.Attachment:
    """The file of a submitted portrait form; raises UserError."""
    file = Entries(interaction).file(_FILE)
    if file is None:
        raise UserError(Code.FORM_EXPIRED)
    return file
