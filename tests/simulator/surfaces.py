"""What people can use, by name: as the bot registered it, and as an interaction uses it."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from types import MappingProxyType

import discord

from cogs.ui import (
    forms,
    guide,
    likeness,
    remixes,
    reporting,
    rewording,
    server_settings,
    workbench_forms,
)
from tests import registered as registry
from tests.registered import Listed
from tests.simulator.sight import Json
from tests.simulator.stage import Stage

Drive = Callable[[Stage], Awaitable[None]]

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
        rewording.EditForm: "v1:edit:",
        server_settings.NumbersForm: "v1:server-numbers",
        workbench_forms.WriteForm: "v1:write:",
        workbench_forms.WholeForm: "v1:whole:",
    }
)


class Table(dict[Drive, frozenset[str]]):
    """Drives, and what each says it uses."""

    def uses(self, *names: str) -> Callable[[Drive], Drive]:
        """Take a drive in."""

        def taken(drive: Drive) -> Drive:
            self[drive] = frozenset(names)
            return drive

        return taken


def registered(bot: Listed) -> set[str]:
    """All there is: commands and suggestions of the tree, dynamic items, and forms."""
    assert registry.forms() == set(FORMS), "each form has its id in the table above"
    found = {f"form {each.__name__}" for each in FORMS}
    return found | registry.used(bot) | registry.typed(bot) | registry.pressed(bot.listed)


def of(bot: Listed, interaction: Json) -> str:
    """What an interaction used."""
    data, kind = interaction["data"], interaction["type"]
    if kind == SUBMIT:
        [form] = [form for form, start in FORMS.items() if data["custom_id"].startswith(start)]
        return f"form {form.__name__}"
    if kind == COMPONENT:
        return registry.kind(bot.listed, data["custom_id"])
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
