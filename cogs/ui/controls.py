"""Buttons and menus that are all in their ids: they outlive restarts, and act for the presser."""

import re
from abc import abstractmethod
from typing import Any, ClassVar, Self

import discord

from cogs.ui.answering import answered

Button = discord.ui.Button[Any]
Menu = discord.ui.Select[Any]

_NO_ID = "(?!)"


class Control(discord.ui.DynamicItem[discord.ui.Item[Any]], template=_NO_ID):
    """One button or menu; subclasses say which ids are theirs, and `parts` what stood in one."""

    def __init__(self, item: discord.ui.Item[Any], **parts: str) -> None:
        super().__init__(item)
        self.parts = parts

    @classmethod
    async def from_custom_id(
        cls,
        _interaction: discord.Interaction[Any],
        item: discord.ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """Rebuild what was pressed."""
        return cls._rebuilt(item, match.groupdict())

    @classmethod
    def _rebuilt(cls, item: discord.ui.Item[Any], parts: dict[str, str]) -> Self:
        return cls(item, **parts)

    @classmethod
    def of(cls, item: discord.ui.Item[Any]) -> Self:
        """This control around a button or menu of Discord's; raises ValueError for a wrong id."""
        found = re.fullmatch(cls.__discord_ui_compiled_template__, getattr(item, "custom_id", ""))
        if found is None:
            raise ValueError(f"not an id of {cls.__name__}")
        return cls._rebuilt(item, found.groupdict())

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what it is for; whatever goes wrong is answered with a sentence."""
        await answered(interaction, self.press(interaction))

    @abstractmethod
    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """What it is for."""


def button(
    label: str,
    custom_id: str,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    *,
    spent: bool = False,
) -> Button:
    """A button of Discord's, to be put into a control; a spent one cannot be pressed."""
    return discord.ui.Button(label=label, style=style, custom_id=custom_id, disabled=spent)


def menu(custom_id: str, offered: list[discord.SelectOption], placeholder: str = "") -> Menu:
    """A menu of Discord's of which one entry is chosen, to be put into a control."""
    return discord.ui.Select(custom_id=custom_id, options=offered, placeholder=placeholder or None)


class Numbered(Control, template=_NO_ID):
    """A button that needs but one number: its id says what to do, and with which."""

    _verb: ClassVar[str]
    _label: ClassVar[str]
    _style: ClassVar[discord.ButtonStyle]

    def __init_subclass__(
        cls,
        *,
        verb: str,
        label: str = "",
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    ) -> None:
        super().__init_subclass__(template=rf"v1:{verb}:(?P<number>\d{{1,15}})")
        cls._verb, cls._label, cls._style = verb, label, style

    def __init__(self, number: int, label: str = "") -> None:
        self.number = number
        super().__init__(button(label or self._label, self.id_of(number), self._style))

    @classmethod
    def id_of(cls, number: int) -> str:
        """What Discord knows the button of a job, a draft or another row by."""
        return f"v1:{cls._verb}:{number}"

    @classmethod
    def _rebuilt(cls, item: discord.ui.Item[Any], parts: dict[str, str]) -> Self:  # noqa: ARG003 the number makes it anew
        return cls(int(parts["number"]))


def values(interaction: discord.Interaction[Any]) -> list[str]:
    """What was chosen in a menu, as untrusted as the id of the menu is."""
    data: dict[str, Any] = dict(interaction.data or {})
    return [str(value) for value in data.get("values", [])]
