"""What members read about their settings, and moderators about their server's."""

from collections.abc import Mapping
from types import MappingProxyType

from cogs.ui import counting
from storage.belongings import Gallery, GuildRules

ON = "on"
OFF = "off"
TURN_ON = "Turn on"
TURN_OFF = "Turn off"

MINE = "**Your settings**\n-# For all your videos, everywhere. A change is saved at once."
SHAPE = "**Shape** where no picture decides"
BY_ITSELF = "16:9, Talkie's own choice"
PORTRAIT = "**Portrait** that speaks where you choose no picture"
NO_PORTRAIT = f"{PORTRAIT}\n-# You keep none yet: `/portrait set` saves one."

SWITCHES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "dm": ("Message me when a video is done", "A short direct message with its link."),
        "coach": (
            "Tips before a video is made",
            "Talkie asks first where other words may give a better video.",
        ),
        "credit": ("My name in the gallery", "Whoever sees a video you shared reads who made it."),
        "menus": ("Menus of messages", "**Make a video** and **Make it talk**, below Apps."),
    }
)

SERVER = "**This server's settings**\n-# For everybody here. A change is saved at once."
CHANNELS = "**Channels** where videos are made, threads included"
ALL_CHANNELS = "All channels"
ROLES = "**Roles** that may make videos"
ALL_ROLES = "Everybody"
GALLERY = "**Gallery** of shared videos"
GALLERIES: Mapping[Gallery, str] = MappingProxyType(
    {
        Gallery.OFF: "Off: nothing can be shared",
        Gallery.DISCORD: "Here on Discord only",
        Gallery.PUBLIC: "Here and on the public web page",
    }
)
GALLERY_CHANNEL = "**Gallery channel** where shared videos are posted"
MODERATION_CHANNEL = "**Moderation channel** where reports arrive"
NO_CHANNEL = "None"
NUMBERS = "Change numbers"
NUMBERS_TITLE = "This server's numbers"
NUMBER_FIELDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "member_daily": ("Videos a member may make a day", "Empty: as many as they like."),
        "retention_days": (
            "Days a video is kept",
            "Then its file and page go; its messages on Discord stay. Empty: until it is deleted.",
        ),
        "ask_above": (
            "Ask before a video that costs more than",
            "In credits. Empty: this bot's usual limit.",
        ),
    }
)


def switch(which: str, *, is_on: bool) -> str:
    """What can be turned on or off, and how it stands."""
    name, why = SWITCHES[which]
    return f"**{name}** · {ON if is_on else OFF}\n-# {why}"


def numbers(rules: GuildRules) -> str:
    """The numbers of a server as they stand."""
    daily, days, above = rules.member_daily, rules.retention_days, rules.ask_above
    each = f"{daily} a day" if daily is not None else "as many as they like"
    kept = f"for {counting.count(days, 'day')}" if days is not None else "until deleted"
    asked = (
        f"above {counting.count(above, 'credit')}"
        if above is not None
        else "above this bot's usual limit"
    )
    return (
        f"**Numbers**\n-# Videos for each member: {each} · kept {kept} · Talkie asks first {asked}"
    )


def done(title: str, link: str) -> str:
    """What a member is told in a direct message, if they want that."""
    return f"{title} is done: {link}\n-# `/settings me` turns these messages off."
