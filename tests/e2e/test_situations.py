"""Situations to start from: in the help, by a press and a form."""

import pytest

from bot.domain.craft.starts import STARTS, Start
from cogs.ui import workbench_texts as texts
from storage.records import Mode
from tests.e2e.asking import two_coloured
from tests.e2e.conftest import LONG_S, Town
from tests.fakes.discord.files import Upload
from tests.fakes.discord.modals import Answer


@pytest.mark.parametrize("start", [Start.LANDSCAPE_WAKES, Start.PRODUCT_TURN, Start.MUSIC_BEAT])
async def test_a_situation_of_the_help_is_made_as_it_stands(
    town: Town, voice: Upload, start: Start
) -> None:
    await town.start()
    guide = await town.slash("help")
    people = town.discord.people
    opened = await people.select(town.mira, guide, "v1:situation", [start])
    await town.discord.observer.modal(opened)
    await town.stop()
    await town.start()
    needed: dict[Mode, dict[str, Answer]] = {
        Mode.TEXT: {},
        Mode.IMAGE: {"picture": [two_coloured(400, 400)]},
        Mode.AUDIO: {"sound": [voice]},
    }
    sent = await people.submit_modal(town.mira, opened, needed[STARTS[start].mode])
    message = await town.reply(sent, LONG_S)
    await town.until(message, lambda seen: bool(seen.files))
    [row] = await town.rows("SELECT prompt, mode FROM job")
    assert row == {"prompt": STARTS[start].prompt, "mode": STARTS[start].mode}
    files = await town.rows("SELECT role FROM input WHERE role = 'first_image'")
    assert bool(files) is STARTS[start].has_picture


async def test_the_help_opens_the_builder(town: Town) -> None:
    await town.start()
    guide = await town.slash("help")
    pressed = await town.discord.people.click(town.mira, guide, "v1:build")
    message = await town.reply(pressed, LONG_S)
    view = town.view(message)
    assert texts.EMPTY in view.text
    assert not view.is_ephemeral
