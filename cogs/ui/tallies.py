"""The number of votes on a button, changed without touching the rest of its message."""

import discord


def with_label(message: discord.Message, custom_id: str, label: str) -> discord.ui.LayoutView:
    """A message's card with another label on one button; its files stay where they are."""
    view = discord.ui.LayoutView.from_message(message, timeout=None)
    for child in view.walk_children():
        if isinstance(child, discord.ui.Button) and child.custom_id == custom_id:
            child.label = label
        if isinstance(child, discord.ui.MediaGallery):
            for item in child.items:
                item.media = _own(message, item.media.url)
    # Its buttons are answered by what stands in their ids, not by this view.
    view.stop()
    return view


def _own(message: discord.Message, url: str) -> str:
    """A file of the message by its name: as an address, it would be fetched, and it expires."""
    path = url.partition("?")[0]
    for attached in message.attachments:
        if attached.url.partition("?")[0] == path:
            return f"attachment://{attached.filename}"
    return url
