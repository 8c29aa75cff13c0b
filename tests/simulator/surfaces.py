"""What people can use, by name: as the bot registered it, and as an interaction uses it."""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import discord
from discord import app_commands

from cogs.ui import forms, guide, likeness, remixes, reporting, server_settings
from tests.simulator.stage import Json, Listed, Stage

Drive = Callable[[Stage], Awaitable[None]]
Item = type[discord.ui.DynamicItem[Any]]

COMMAND, COMPONENT, TYPING, SUBMIT = 2, 3, 4, 5
SLASH = 1
SUB_COMMAND, GROUP = 1, 2
FORMS: Mapping[type[discord.ui.Modal], str] = MappingProxyType(
    {
        forms.PortraitForm: "v1:portrait:",
        guide.ExampleForm: "v1:example-form:",
        likeness.NameForm: "v1:portrait-name:",
        remixes.RemixForm: "v1:remix:",
        reporting.ReportForm: "v1:report:",
        server_settings.NumbersForm: "v1:server-numbers",
    }
)
_KINDS = re.compile(r"\(\?P<(?:act|which|rule|what|anchor)>([a-z|_-]+)\)")


def registered(bot: Listed) -> set[str]:
    """All there is: commands and suggestions of the tree, dynamic items, and forms."""
    found = {name for item in bot.listed for name in _items(item)}
    for command in bot.tree.walk_commands():
        if isinstance(command, app_commands.Group):
            continue
        path = f"/{command.qualified_name}"
        found.add(path)
        found |= {f"{path}?{each.name}" for each in command.parameters if each.autocomplete}
    for kind in (discord.AppCommandType.message, discord.AppCommandType.user):
        found |= {f"menu {each.name}" for each in bot.tree.get_commands(type=kind)}
    ours = [each for each in discord.ui.Modal.__subclasses__() if each.__module__[:5] == "cogs."]
    assert set(ours) == set(FORMS), "each form has its id in the table above"
    return found | {f"form {each.__name__}" for each in ours}


def of(bot: Listed, interaction: Json) -> str:
    """What an interaction used."""
    data, kind = interaction["data"], interaction["type"]
    if kind == SUBMIT:
        [form] = [form for form, start in FORMS.items() if data["custom_id"].startswith(start)]
        return f"form {form.__name__}"
    if kind == COMPONENT:
        return _item(bot, data["custom_id"])
    if data["type"] != SLASH:
        return f"menu {data['name']}"
    names = list(_path(data))
    path = "/" + " ".join(name for name, is_focused in names if not is_focused)
    focused = [name for name, is_focused in names if is_focused]
    return f"{path}?{focused[0]}" if kind == TYPING else path


def _path(data: Json) -> Iterator[tuple[str, bool]]:
    yield data["name"], False
    for option in data.get("options", []):
        if option["type"] in {SUB_COMMAND, GROUP}:
            yield from _path(option)
        elif option.get("focused"):
            yield option["name"], True


def _items(item: Item) -> Iterator[str]:
    template = item.__discord_ui_compiled_template__.pattern
    kinds = _KINDS.search(template)
    name = _name(item)
    if kinds is None:
        yield name
        return
    yield from (f"{name} {each}" for each in kinds[1].split("|"))


def _item(bot: Listed, custom_id: str) -> str:
    [(item, found)] = [
        (item, found)
        for item in bot.listed
        if (found := item.__discord_ui_compiled_template__.fullmatch(custom_id))
    ]
    names = set(_items(item))
    if names == {_name(item)}:
        return _name(item)
    [name] = {f"{_name(item)} {part}" for part in found.groupdict().values()} & names
    return name


def _name(item: Item) -> str:
    return f"{item.__module__.rpartition('.')[2]}.{item.__name__}"
