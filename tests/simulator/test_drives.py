"""Every command, menu, button, form and suggestion, driven once in the simulator.

What is registered is read from the bot itself: whatever is new and has no drive fails.
"""

import pytest

from tests.simulator import belongings, building, drives, surfaces
from tests.simulator.stage import Stage

DRIVES = drives.DRIVES | building.DRIVES | belongings.DRIVES

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_all_that_is_registered_has_a_drive(stage: Stage) -> None:
    driven = {each for names in DRIVES.values() for each in names}
    assert driven == surfaces.registered(stage.bot)


@pytest.mark.parametrize("drive", DRIVES, ids=lambda drive: drive.__name__)
async def test_it_does_what_it_says(stage: Stage, drive: surfaces.Drive) -> None:
    since = len(stage.env.backend.transcript)
    await drive(stage)
    used = {surfaces.of(stage.bot, each) for each in stage.interactions(since)}
    assert DRIVES[drive] <= used, "what the drive claims to use, it uses"
    stage.env.raise_errors()
