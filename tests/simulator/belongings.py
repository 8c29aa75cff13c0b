"""The drives of what belongs to members and servers: portraits and settings."""

from typing import Any

from simcord.results import InteractionResult

from cogs.ui import likeness
from cogs.ui.likeness import Act
from tests.simulator.drives import FACE, WIDE
from tests.simulator.sight import id_of, ids, parts, text
from tests.simulator.stage import Stage
from tests.simulator.surfaces import Table

DRIVES = Table()


@DRIVES.uses(
    "/portrait set",
    "/portrait show",
    "/portrait show?name",
    "/portrait remove",
    "/portrait remove?name",
    "form NameForm",
    *(f"likeness.PortraitMenu {each}" for each in ("shape", "pick")),
    *(f"likeness.PortraitButton {each}" for each in likeness.Act),
)
async def portraits_that_are_kept(stage: Stage) -> None:
    mira, channel = stage.mira, stage.channel
    for name in ("Sea", "Land"):
        kept = await mira.slash(channel, "portrait set", picture=WIDE, name=name)
        await stage.said(kept, name)
    [found] = await mira.autocomplete(channel, "portrait show", "name", "lan")
    card = await mira.slash(channel, "portrait show", name=found["value"])

    async def press(start: str) -> InteractionResult:
        return await stage.press(mira, card, f"v1:portrait:{start}:")

    menu = id_of(card, "v1:portrait-menu:shape:")
    await stage.choose(mira, card, menu, "tall")
    for act in (Act.START, Act.END, Act.CENTRE, Act.DEFAULT):
        before = str(parts(card))
        await press(act)
        assert str(parts(card)) != before
    form = await press(Act.RENAME)
    await mira.submit_modal(form, {"name": "Harbour"})
    assert "Harbour" in text(card)
    menu = id_of(card, "v1:portrait-menu:pick:")
    [other] = [each["options"][0]["value"] for each in parts(card) if each.get("custom_id") == menu]
    await stage.choose(mira, card, menu, other)
    assert "Sea" in text(card)
    await press(Act.ASK)
    await press(Act.KEEP)
    await press(Act.ASK)
    await press(Act.REMOVE)
    assert id_count(card) == 0
    assert await mira.autocomplete(channel, "portrait remove", "name", "")
    asked = await mira.slash(channel, "portrait remove", name="Harbour")
    await stage.press(mira, asked, "v1:portrait:remove:")
    assert id_count(asked) == 0


@DRIVES.uses(
    "/settings me",
    *(f"own_settings.OwnSwitch {each}" for each in ("dm", "coach", "credit")),
    *(f"own_settings.OwnMenu {each}" for each in ("shape", "portrait")),
)
async def settings_of_a_member(stage: Stage) -> None:
    noa = stage.noa
    await noa.slash(stage.channel, "portrait set", picture=FACE, name="Me")
    card = await noa.slash(stage.channel, "settings me")
    for which in ("dm", "coach", "credit"):
        before = id_of(card, f"v1:own:{which}:")
        await stage.press(noa, card, before)
        assert id_of(card, f"v1:own:{which}:") != before
    await stage.choose(noa, card, "v1:own-menu:shape", "tall")
    [kept] = await stage.rows("SELECT id FROM portrait WHERE name = 'Me'")
    await stage.choose(noa, card, "v1:own-menu:portrait", str(kept["id"]))
    defaults = [each for each in parts(card) if each.get("custom_id") == "v1:own-menu:shape"]
    assert [each["value"] for each in defaults[0]["options"] if each.get("default")] == ["tall"]


@DRIVES.uses(
    "/settings server",
    "server_settings.ServerSwitch",
    "server_settings.NumbersButton numbers",
    "form NumbersForm",
    *(
        f"server_settings.ServerMenu {each}"
        for each in ("channels", "roles", "gallery", "gallery_channel", "moderation_channel")
    ),
)
async def settings_of_a_server(stage: Stage) -> None:
    manager, channel = stage.moderator, stage.channel
    refused = await stage.mira.slash(channel, "settings server")
    await stage.said(refused, "manage this server")
    card = await manager.slash(channel, "settings server")
    chosen: dict[str, list[Any]] = {
        "channels": [channel],
        "roles": [stage.role],
        "gallery": ["public"],
        "gallery_channel": [stage.gallery],
        "moderation_channel": [stage.moderation],
    }
    for rule, values in chosen.items():
        await stage.choose(manager, card, f"v1:server-menu:{rule}", *values)
    for rule in ("channels", "roles"):
        await stage.choose(
            manager,
            card,
            f"v1:server-menu:{rule}",
        )
    for value in ("off", "on"):
        await stage.press(manager, card, f"v1:server:menus:{value}")
    form = await stage.press(manager, card, "v1:server:numbers")
    await manager.submit_modal(form, {"member_daily": "900"})
    assert "900" in text(card)


def id_count(answer: InteractionResult) -> int:
    return len(ids(answer))
