"""What people can use of Talkie, by name, as its cogs register it."""

import asyncio
import re
from collections.abc import Iterable, Iterator
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import App, Work
from bot.client import EXTENSIONS, TalkieBot

Item = type[discord.ui.DynamicItem[Any]]

_KINDS = re.compile(r"\(\?P<(?:act|which|rule|what|anchor)>([a-z|_-]+)\)")


class Listed(TalkieBot):
    """The real bot, which also tells what its cogs registered."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.listed: list[Item] = []

    def add_dynamic_items(self, *items: Item) -> None:
        self.listed.extend(items)
        super().add_dynamic_items(*items)


async def read(talkie: App) -> Listed:
    """The bot as its cogs make it, which begins nothing."""

    def leave(_name: str, work: Work) -> asyncio.Task[None]:
        work.close()
        return asyncio.create_task(asyncio.sleep(0))

    bot = Listed(talkie.services, leave, talkie.stopping)
    for extension in EXTENSIONS:
        await bot.load_extension(extension)
    return bot


def used(bot: commands.Bot) -> set[str]:
    """Every command by its path, and every menu."""
    found = {
        f"/{command.qualified_name}"
        for command in bot.tree.walk_commands()
        if not isinstance(command, app_commands.Group)
    }
    for kind in (discord.AppCommandType.message, discord.AppCommandType.user):
        found |= {f"menu {each.name}" for each in bot.tree.get_commands(type=kind)}
    return found


def typed(bot: commands.Bot) -> set[str]:
    """Every option that suggests something while it is typed."""
    return {
        f"/{command.qualified_name}?{each.name}"
        for command in bot.tree.walk_commands()
        if isinstance(command, app_commands.Command)
        for each in command.parameters
        if each.autocomplete
    }


def pressed(items: Iterable[Item]) -> set[str]:
    """Every kind of button and menu, one that does several things once for each."""
    return {name for item in items for name in kinds(item)}


def forms() -> set[type[discord.ui.Modal]]:
    """Every form of ours; cogs have to be loaded."""
    ours = discord.ui.Modal.__subclasses__()
    return {each for each in ours if each.__module__.startswith("cogs.")}


def kinds(item: Item) -> Iterator[str]:
    """What one dynamic item does, by name."""
    found = _KINDS.search(item.__discord_ui_compiled_template__.pattern)
    name = f"{item.__module__.rpartition('.')[2]}.{item.__name__}"
    if found is None:
        yield name
    else:
        yield from (f"{name} {each}" for each in found[1].split("|"))


def kind(items: Iterable[Item], custom_id: str) -> str:
    """The kind of button or menu that an id belongs to."""
    [(item, found)] = [
        (item, found)
        for item in items
        if (found := item.__discord_ui_compiled_template__.fullmatch(custom_id))
    ]
    [name] = [
        each
        for each in kinds(item)
        if " " not in each or each.rpartition(" ")[2] in found.groupdict().values()
    ]
    return name
