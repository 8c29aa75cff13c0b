"""The card of a server's settings, for members who may manage it; that is checked at each press."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import discord

from bot.client import TalkieBot
from bot.errors import Code, UserError
from bot.services.guilds import LARGEST, MOST_OPENINGS
from cogs.ui import controls, frame, haste, settings_texts
from cogs.ui.controls import Control
from cogs.ui.entries import Entries
from cogs.ui.frame import Card, Part, Row, Tone
from storage.belongings import Gallery, GuildRules

FORM = re.compile(r"v1:server-numbers")
_CHANNELS = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.media,
    discord.ChannelType.voice,
    discord.ChannelType.stage_voice,
]
_WRITTEN_IN = [discord.ChannelType.text, discord.ChannelType.news]

Change = Callable[[GuildRules], GuildRules]


class ServerSwitch(Control, template="v1:server:menus:(?P<value>on|off)"):
    """Turns the menus of messages on or off; its id says which, so twice is once."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Remember it, and show how it stands."""
        is_on = self.parts["value"] == settings_texts.ON
        await _change(interaction, lambda was: replace(was, menus=is_on))


class ServerMenu(
    Control,
    template="v1:server-menu:(?P<rule>channels|roles|gallery|gallery_channel|moderation_channel)",
):
    """Chooses channels, roles or the gallery; nothing chosen stands for no rule."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Remember it, and show how it stands."""
        chosen = controls.values(interaction)
        change = _CHANGES[self.parts["rule"]]
        await _change(interaction, lambda was: change(was, chosen))


class NumbersButton(Control, template="v1:server:(?P<rule>numbers)"):
    """Opens the form of the numbers."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Show the numbers as they stand."""
        bot: TalkieBot = interaction.client
        reading = bot.services.guilds.rules(managed(interaction))
        rules = await haste.opened(interaction, reading)
        await interaction.response.send_modal(NumbersForm(rules))


class NumbersForm(discord.ui.Modal):
    """Asks for the numbers of a server; empty stands for no rule."""

    def __init__(self, rules: GuildRules) -> None:
        super().__init__(title=settings_texts.NUMBERS_TITLE, custom_id=FORM.pattern, timeout=60)
        for name, (label, help_) in settings_texts.NUMBER_FIELDS.items():
            number: int | None = getattr(rules, name)
            field: discord.ui.TextInput[Any] = discord.ui.TextInput(
                custom_id=name,
                default=None if number is None else str(number),
                required=False,
                max_length=len(str(LARGEST)),
            )
            self.add_item(discord.ui.Label(text=label, description=help_, component=field))


def managed(interaction: discord.Interaction[Any]) -> int:
    """The server the interaction came from, if Talkie is there and the presser may manage it.

    Raises UserError.
    """
    bot: TalkieBot = interaction.client
    guild_id = interaction.guild_id
    if guild_id is None or bot.get_guild(guild_id) is None:
        raise UserError(Code.SERVER_ABSENT)
    if not interaction.permissions.manage_guild:
        raise UserError(Code.MANAGERS_ONLY)
    return guild_id


def is_form(interaction: discord.Interaction[Any]) -> bool:
    """Whether this is the submitted form of the numbers."""
    return FORM.fullmatch(Entries(interaction).form) is not None


async def take_numbers(interaction: discord.Interaction[Any]) -> None:
    """Remember the numbers of a submitted form, and show how they stand; raises UserError."""
    entries = Entries(interaction)
    daily, days, above = (_number(entries.text(name)) for name in settings_texts.NUMBER_FIELDS)

    def change(was: GuildRules) -> GuildRules:
        return replace(was, member_daily=daily, retention_days=days, ask_above=above)

    await _change(interaction, change)


def card(rules: GuildRules) -> Card:
    """Each rule with its present value."""
    label = settings_texts.TURN_OFF if rules.menus else settings_texts.TURN_ON
    value = settings_texts.OFF if rules.menus else settings_texts.ON
    menus = ServerSwitch.of(controls.button(label, f"v1:server:menus:{value}"))
    numbers = NumbersButton.of(controls.button(settings_texts.NUMBERS, "v1:server:numbers"))
    return frame.card(
        Tone.WORKING,
        frame.words(settings_texts.SERVER),
        *_chosen(settings_texts.CHANNELS, _channels("channels", rules.channels, MOST_OPENINGS)),
        *_chosen(settings_texts.ROLES, _roles(rules.roles)),
        *_chosen(settings_texts.GALLERY, _gallery(rules.gallery)),
        *_chosen(
            settings_texts.GALLERY_CHANNEL,
            _channels("gallery_channel", _one(rules.gallery_channel), 1),
        ),
        *_chosen(
            settings_texts.MODERATION_CHANNEL,
            _channels("moderation_channel", _one(rules.moderation_channel), 1),
        ),
        frame.beside(settings_texts.switch("menus", is_on=rules.menus), menus),
        frame.beside(settings_texts.numbers(rules), numbers),
    )


async def _change(interaction: discord.Interaction[Any], change: Change) -> None:
    bot: TalkieBot = interaction.client
    changing = bot.services.guilds.change(managed(interaction), change)
    await haste.turn(interaction, card(await haste.pressed(interaction, changing)))


def _chosen(text: str, menu: discord.ui.Item[Any]) -> tuple[Part, Row]:
    return frame.words(text), frame.row(ServerMenu.of(menu))


def _channels(rule: str, chosen: Iterable[int], most: int) -> discord.ui.ChannelSelect[Any]:
    nothing = settings_texts.ALL_CHANNELS if most > 1 else settings_texts.NO_CHANNEL
    return discord.ui.ChannelSelect(
        custom_id=f"v1:server-menu:{rule}",
        channel_types=_CHANNELS if most > 1 else _WRITTEN_IN,
        placeholder=nothing,
        min_values=0,
        max_values=most,
        default_values=[
            discord.SelectDefaultValue(id=each, type=discord.SelectDefaultValueType.channel)
            for each in sorted(chosen)
        ],
    )


def _roles(chosen: Iterable[int]) -> discord.ui.RoleSelect[Any]:
    return discord.ui.RoleSelect(
        custom_id="v1:server-menu:roles",
        placeholder=settings_texts.ALL_ROLES,
        min_values=0,
        max_values=MOST_OPENINGS,
        default_values=[
            discord.SelectDefaultValue(id=each, type=discord.SelectDefaultValueType.role)
            for each in sorted(chosen)
        ],
    )


def _gallery(chosen: Gallery) -> discord.ui.Select[Any]:
    offered = [
        discord.SelectOption(label=label, value=each, default=each is chosen)
        for each, label in settings_texts.GALLERIES.items()
    ]
    return controls.menu("v1:server-menu:gallery", offered)


def _one(channel: int | None) -> tuple[int, ...]:
    return () if channel is None else (channel,)


def _ids(chosen: list[str]) -> frozenset[int]:
    return frozenset(int(each) for each in chosen if each.isdecimal() and int(each) < 2**63)


def _first(chosen: list[str]) -> int | None:
    return next(iter(_ids(chosen)), None)


def _to_gallery(was: GuildRules, chosen: list[str]) -> GuildRules:
    wanted = next(iter(chosen), "")
    return replace(was, gallery=Gallery(wanted)) if wanted in set(Gallery) else was


_CHANGES: Mapping[str, Callable[[GuildRules, list[str]], GuildRules]] = MappingProxyType(
    {
        "channels": lambda was, chosen: replace(was, channels=_ids(chosen)),
        "roles": lambda was, chosen: replace(was, roles=_ids(chosen)),
        "gallery": _to_gallery,
        "gallery_channel": lambda was, chosen: replace(was, gallery_channel=_first(chosen)),
        "moderation_channel": lambda was, chosen: replace(was, moderation_channel=_first(chosen)),
    }
)


def _number(text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not text.isascii() or not text.isdecimal():
        raise UserError(Code.RULES_INVALID, limit=LARGEST, most=MOST_OPENINGS)
    return int(text)
