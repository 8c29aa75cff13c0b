"""What all cards are built of: a coloured frame with words, a video and rows of buttons."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

import discord

Card = discord.ui.LayoutView
Row = discord.ui.ActionRow[Any]
Part = discord.ui.Item[Any]


class Tone(IntEnum):
    """The colour at a card's edge; what it stands for is always said in words, too."""

    WAITING = 0x6D7688
    WORKING = 0x4F7BE8
    DELAYED = 0xC98A1B
    DONE = 0x2F9E63
    FAILED = 0xC9433F
    OVER = 0x82868F


def card(
    tone: Tone, *parts: Part, rows: Sequence[Row] = (), above: str | None = None
) -> discord.ui.LayoutView:
    """A card that outlives restarts, as all its items do; `above` stands before the frame."""
    layout = discord.ui.LayoutView(timeout=None)
    if above is not None:
        layout.add_item(discord.ui.TextDisplay(above))
    layout.add_item(discord.ui.Container(*parts, *rows, accent_colour=int(tone)))
    return layout


def words(*lines: str) -> discord.ui.TextDisplay[Any]:
    """Lines of text."""
    return discord.ui.TextDisplay("\n".join(lines))


def row(*items: Part) -> Row:
    """Buttons side by side, five at most."""
    return discord.ui.ActionRow(*items)


def video(name: str, alt_text: str) -> discord.ui.MediaGallery[Any]:
    """A video that is a file of the same message, as wide as the card."""
    item = discord.MediaGalleryItem(f"attachment://{name}", description=alt_text)
    return discord.ui.MediaGallery(item)


def picture(name: str, alt_text: str) -> discord.ui.MediaGallery[Any]:
    """A picture that is a file of the same message, as wide as the card."""
    return video(name, alt_text)


def beside(text: str, button: Part) -> discord.ui.Section[Any]:
    """Words with a button at their right."""
    return discord.ui.Section(text, accessory=button)
