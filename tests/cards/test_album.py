"""Every card is drawn in dark and in light: pictures to look at, below `artifacts/cards`."""

import os
from pathlib import Path

import pytest
from PIL import Image

from tests.cards import album

FOLDER = Path(__file__).parents[2] / "artifacts" / "cards"


@pytest.fixture
def browser() -> str:
    found = album.chromium()
    if found is None and os.environ.get("CI"):
        pytest.fail("no Chromium here, and the cards' pictures are due in CI")
    if found is None:
        pytest.skip("NO CHROMIUM: THE PICTURES OF THE CARDS WERE NOT DRAWN")
    return found


@pytest.mark.timeout(600)
async def test_every_card_has_its_own_picture_in_dark_and_in_light(browser: str) -> None:
    found = await album.sheets()
    drawn = await album.draw(found, FOLDER, browser)
    assert len(drawn) == 2 * len(found)
    assert len({target.read_bytes() for target in drawn.values()}) == len(drawn)
    for target in drawn.values():
        with Image.open(target) as picture:
            assert picture.width > 400
            assert picture.height > 50
            # None where there are more than these: a card that was drawn is no empty ground.
            assert picture.convert("RGB").getcolors(10) is None
