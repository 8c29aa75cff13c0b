"""The card of a member's own settings: present values, each changed where it is read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import discord

from bot.client import TalkieBot
from bot.domain.shapes import Shape
from cogs.ui import controls, frame, haste, settings_texts, texts
from cogs.ui.controls import Control
from cogs.ui.frame import Card, Part, Tone
from storage.belongings import Choices, Portrait, PortraitId

_NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What a member chose, and the portraits they keep."""

    choices: Choices
    portraits: Sequence[Portrait]


class OwnSwitch(Control, template="v1:own:(?P<which>dm|coach|credit):(?P<value>on|off)"):
    """Turns something on or off for the presser; its id says which, so twice is once."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Remember it, and show how it stands."""
        which, is_on = self.parts["which"], self.parts["value"] == settings_texts.ON

        def change(was: Choices) -> Choices:
            if which == "dm":
                return replace(was, dm_when_done=is_on)
            if which == "coach":
                return replace(was, coach=is_on)
            return replace(was, credit_name=is_on)

        bot: TalkieBot = interaction.client

        async def changed() -> Own:
            await bot.services.preferences.change(interaction.user.id, change)
            return await read(interaction)

        await haste.turn(interaction, card(await haste.pressed(interaction, changed())))


class OwnMenu(Control, template="v1:own-menu:(?P<which>shape|portrait)"):
    """Chooses the presser's shape or default portrait."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Remember it, and show how it stands."""
        own = await haste.pressed(interaction, self._changed(interaction))
        await haste.turn(interaction, card(own))

    async def _changed(self, interaction: discord.Interaction[Any]) -> Own:
        bot: TalkieBot = interaction.client
        chosen = next(iter(controls.values(interaction)), _NONE)
        if self.parts["which"] == "shape":
            shape = chosen if chosen in set(Shape) else None
            await bot.services.preferences.change(
                interaction.user.id, lambda was: replace(was, shape=shape)
            )
        elif chosen.isdecimal():
            portrait = PortraitId(int(chosen[:15]))
            await bot.services.portraits.make_default(interaction.user.id, portrait)
        return await read(interaction)


async def read(interaction: discord.Interaction[Any]) -> Own:
    """The settings of whoever asks."""
    bot: TalkieBot = interaction.client
    member = interaction.user.id
    return Own(
        choices=await bot.services.preferences.of(member),
        portraits=await bot.services.portraits.of(member),
    )


def card(own: Own) -> Card:
    """Each setting with its present value."""
    choices = own.choices
    return frame.card(
        Tone.WORKING,
        frame.words(settings_texts.MINE),
        frame.words(settings_texts.SHAPE),
        frame.row(OwnMenu.of(controls.menu("v1:own-menu:shape", _shapes(choices.shape)))),
        *_portrait(own.portraits),
        _switch("dm", is_on=choices.dm_when_done),
        _switch("coach", is_on=choices.coach),
        _switch("credit", is_on=choices.credit_name),
    )


def _shapes(chosen: str | None) -> list[discord.SelectOption]:
    by_itself = discord.SelectOption(
        label=settings_texts.BY_ITSELF, value=_NONE, default=chosen is None
    )
    shapes = [
        discord.SelectOption(label=texts.SHAPES[each], value=each, default=each == chosen)
        for each in Shape
    ]
    return [by_itself, *shapes]


def _portrait(portraits: Sequence[Portrait]) -> list[Part]:
    if not portraits:
        return [frame.words(settings_texts.NO_PORTRAIT)]
    offered = [
        discord.SelectOption(label=each.name, value=str(each.id), default=each.is_default)
        for each in portraits
    ]
    menu = OwnMenu.of(controls.menu("v1:own-menu:portrait", offered))
    return [frame.words(settings_texts.PORTRAIT), frame.row(menu)]


def _switch(which: str, *, is_on: bool) -> Part:
    label = settings_texts.TURN_OFF if is_on else settings_texts.TURN_ON
    value = settings_texts.OFF if is_on else settings_texts.ON
    press = OwnSwitch.of(controls.button(label, f"v1:own:{which}:{value}"))
    return frame.beside(settings_texts.switch(which, is_on=is_on), press)
