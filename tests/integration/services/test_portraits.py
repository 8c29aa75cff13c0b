"""Portraits: kept whole, upright and clean; shown cropped; gone with their file."""

import asyncio
import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bot import app
from bot.app import App
from bot.domain.request import Anchor, Source, Wish
from bot.domain.shapes import FORMATS, Shape, Size
from bot.errors import Code, SetupError, UserError
from bot.services.broom import Broom
from bot.services.portraits import MOST, Portraits
from bot.settings import Settings
from storage.belongings import PortraitId
from storage.records import Mode
from tests.fakes.clock import Clock
from tests.integration.services import household
from tests.integration.services.household import JONAS, MIRA, a_source


class Killed(BaseException):
    """The process ends here."""


class Cut(Broom):
    """A broom in a process that is killed as soon as the rows are written."""

    async def sweep(self) -> bool:
        raise Killed


@pytest.fixture
def portraits(talkie: App) -> Portraits:
    return talkie.services.portraits


@pytest.fixture
def small(tmp_path: Path) -> Path:
    Image.new("RGB", (200, 300), (9, 99, 9)).save(tmp_path / "small.png")
    return tmp_path / "small.png"


def kept(data: Path) -> list[Path]:
    return list((data / "portraits").iterdir())


async def test_a_portrait_is_kept_whole_upright_small_and_without_its_metadata(
    portraits: Portraits, photo: Path, data: Path
) -> None:
    portrait = await portraits.keep(MIRA, "  Me,\u202e at\nwork ", a_source(photo))
    assert (portrait.width, portrait.height) == (2048, 1024)
    assert (portrait.name, portrait.anchor, portrait.is_default) == ("Me, at work", "centre", True)
    (file,) = kept(data)
    assert file.name == portrait.file
    with Image.open(file) as picture:
        assert picture.size == (2048, 1024)
        assert not picture.getexif()
        assert picture.getpixel((1000, 100)) == pytest.approx((254, 0, 0), abs=3)
        assert picture.getpixel((1000, 900)) == pytest.approx((0, 0, 254), abs=3)
    assert list((data / "scratch").iterdir()) == []


async def test_names_are_one_member_s_own_and_know_no_case(
    portraits: Portraits, small: Path, photo: Path, data: Path
) -> None:
    first = await portraits.keep(MIRA, "Straße", a_source(small))
    theirs = await portraits.keep(JONAS, "Straße", a_source(small))
    again = await portraits.keep(MIRA, "STRASSE", a_source(photo))
    assert again.id == first.id != theirs.id
    assert [each.name for each in await portraits.of(MIRA)] == ["STRASSE"]
    assert (await portraits.named(MIRA, "strasse ")).width == 2048
    assert len(kept(data)) == 2, "the picture it replaced is gone"
    assert (await portraits.default(MIRA)) == again


@pytest.mark.parametrize("name", ["", " \u200b\n", "x" * 33])
async def test_a_name_that_cannot_be_shown_is_refused(
    portraits: Portraits, small: Path, data: Path, name: str
) -> None:
    with pytest.raises(UserError) as caught:
        await portraits.keep(MIRA, name, a_source(small))
    assert caught.value.code is Code.PORTRAIT_NAME
    assert kept(data) == []


async def test_ten_are_kept_at_most_even_if_the_last_come_at_once(
    portraits: Portraits, small: Path, data: Path
) -> None:
    for number in range(MOST - 1):
        await portraits.keep(MIRA, f"face {number}", a_source(small))
    results = await asyncio.gather(
        *(portraits.keep(MIRA, f"face {MOST + n}", a_source(small)) for n in range(3)),
        return_exceptions=True,
    )
    refused = [each for each in results if isinstance(each, UserError)]
    assert [each.code for each in refused] == [Code.PORTRAITS_FULL] * 2
    assert len(await portraits.of(MIRA)) == len(kept(data)) == MOST
    assert sum(each.is_default for each in await portraits.of(MIRA)) == 1
    await portraits.keep(MIRA, "FACE 0", a_source(small))


async def test_three_pictures_of_one_member_are_prepared_at_once_and_others_are_not_held_up(
    data: Path, small: Path
) -> None:
    held = household.Held()
    async with app.opened(Settings().for_demo(data), fetcher=held) as talkie:
        keep = talkie.services.portraits.keep
        first = [asyncio.create_task(keep(MIRA, f"{n}", a_source(small))) for n in range(3)]
        for _ in first:
            await held.asked.acquire()
        with pytest.raises(UserError) as caught:
            await keep(MIRA, "one more", a_source(small))
        assert (caught.value.code, caught.value.facts) == (Code.PREPARING_MANY, {"limit": 3})
        other = asyncio.create_task(keep(JONAS, "face", a_source(small)))
        await held.asked.acquire()
        held.go.set()
        await asyncio.gather(*first, other)
        await keep(MIRA, "one more", a_source(small))
    assert len(kept(data)) == 5


async def test_a_file_that_is_no_picture_leaves_nothing(
    portraits: Portraits, tmp_path: Path, data: Path
) -> None:
    (tmp_path / "a.jpg").write_bytes(b"MZ" * 400)
    with pytest.raises(UserError) as caught:
        await portraits.keep(MIRA, "me", a_source(tmp_path / "a.jpg"))
    assert caught.value.code is Code.NOT_PICTURE
    assert kept(data) == list((data / "scratch").iterdir()) == []


async def test_a_preview_is_what_a_video_begins_with(portraits: Portraits, tmp_path: Path) -> None:
    tall = Image.new("RGB", (400, 800), (255, 0, 0))
    tall.paste((0, 0, 255), (0, 400, 400, 800))
    tall.save(tmp_path / "tall.png")
    own = await portraits.keep(MIRA, "me", a_source(tmp_path / "tall.png"))
    for shape in Shape:
        with Image.open(io.BytesIO(await portraits.preview(MIRA, own.id, shape))) as picture:
            pixels = FORMATS[shape, Size.STANDARD]
            assert picture.format == "JPEG"
            assert picture.size == (pixels.width, pixels.kept_height)
    await portraits.crop(MIRA, own.id, Anchor.TOP)
    shown = await portraits.preview(MIRA, own.id, Shape.CINEMATIC)
    with Image.open(io.BytesIO(shown)) as picture:
        red, _, blue = np.asarray(picture).reshape(-1, 3).mean(axis=0)
    assert red > blue, "the upper part stays"


async def test_nobody_sees_changes_or_removes_another_member_s_portrait(
    portraits: Portraits, small: Path, tmp_path: Path
) -> None:
    own = await portraits.keep(MIRA, "me", a_source(small))
    for attempt in (
        portraits.get(JONAS, own.id),
        portraits.preview(JONAS, own.id, Shape.WIDE),
        portraits.crop(JONAS, own.id, Anchor.TOP),
        portraits.rename(JONAS, own.id, "mine"),
        portraits.make_default(JONAS, own.id),
        portraits.remove(JONAS, own.id),
        portraits.copy(JONAS, own.id, tmp_path / "stolen.jpg"),
        portraits.named(JONAS, "me"),
        portraits.get(MIRA, PortraitId(999)),
    ):
        with pytest.raises(UserError) as caught:
            await attempt
        assert caught.value.code is Code.PORTRAIT_UNKNOWN
    assert not (tmp_path / "stolen.jpg").exists()
    assert await portraits.get(MIRA, own.id) == own


async def test_there_is_one_default_as_long_as_there_is_a_portrait(
    portraits: Portraits, small: Path, data: Path
) -> None:
    a, b, c = [await portraits.keep(MIRA, name, a_source(small)) for name in "abc"]
    await portraits.make_default(MIRA, c.id)
    assert (await portraits.default(MIRA)).name == "c"  # type: ignore[union-attr]  # there is one
    await portraits.remove(MIRA, c.id)
    assert (await portraits.default(MIRA)).name == "a"  # type: ignore[union-attr]  # there is one
    await portraits.remove(MIRA, b.id)
    assert (await portraits.default(MIRA)).name == "a"  # type: ignore[union-attr]  # there is one
    await portraits.remove(MIRA, a.id)
    assert await portraits.default(MIRA) is None
    assert kept(data) == []


async def test_a_name_that_is_taken_is_not_given_twice(portraits: Portraits, small: Path) -> None:
    a = await portraits.keep(MIRA, "a", a_source(small))
    await portraits.keep(MIRA, "b", a_source(small))
    with pytest.raises(UserError) as caught:
        await portraits.rename(MIRA, a.id, "B")
    assert caught.value.code is Code.PORTRAIT_TAKEN
    assert (await portraits.rename(MIRA, a.id, "A")).name == "A"


async def test_a_portrait_that_goes_while_it_is_shown_is_said_to_be_gone(
    portraits: Portraits, small: Path, data: Path, tmp_path: Path
) -> None:
    own = await portraits.keep(MIRA, "me", a_source(small))
    (data / "portraits" / own.file).unlink()
    for attempt in (
        portraits.preview(MIRA, own.id, Shape.WIDE),
        portraits.copy(MIRA, own.id, tmp_path / "copy.jpg"),
    ):
        with pytest.raises(UserError) as caught:
            await attempt
        assert caught.value.code is Code.PORTRAIT_UNKNOWN
    assert list((data / "scratch").iterdir()) == []


async def test_a_removal_that_was_cut_short_is_finished_after_the_next_start(
    data: Path, clock: Clock, small: Path
) -> None:
    async with household.opened(data, clock) as talkie:
        portraits = talkie.services.portraits
        own = await portraits.keep(MIRA, "me", a_source(small))
        portraits._broom = Cut(talkie.parts.store, talkie.parts.files)
        with pytest.raises(Killed):
            await portraits.remove(MIRA, own.id)
        assert len(kept(data)) == 1
        assert await portraits.of(MIRA) == []
    async with household.opened(data, clock) as talkie:
        assert kept(data) == []
        assert await household.rows(talkie, "SELECT * FROM leftover") == []


async def test_a_picture_without_a_row_is_swept_and_a_strange_database_is_not_trusted(
    data: Path, clock: Clock, small: Path
) -> None:
    async with household.opened(data, clock) as talkie:
        await talkie.services.portraits.keep(MIRA, "me", a_source(small))
        (data / "portraits" / "orphan.jpg").write_bytes(b"x")
    async with household.opened(data, clock):
        assert len(kept(data)) == 1
    (data / "talkie.db").unlink()
    with pytest.raises(SetupError):
        async with household.opened(data, clock):
            raise AssertionError("it must not start")
    assert len(kept(data)) == 1


async def test_a_wish_may_name_a_stored_portrait_of_its_own_member(
    talkie: App, photo: Path, data: Path
) -> None:
    own = await talkie.services.portraits.keep(MIRA, "me", a_source(photo))
    wish = Wish(
        mode=Mode.IMAGE,
        first_image=Source.kept(own.id),
        shape=Shape.SQUARE,
        anchor=Anchor(own.anchor),
    )
    draft = await talkie.services.intake.keep(wish, MIRA)
    assert await talkie.services.intake.kept(draft, MIRA) == wish
    await household.asked(talkie, wish)
    (folder,) = (data / "jobs").iterdir()
    with Image.open(folder / "first.jpg") as picture:
        assert picture.size == (768, 768)
    await talkie.services.portraits.remove(MIRA, own.id)
    assert (folder / "first.jpg").exists(), "the video has a copy of its own"


async def test_a_wish_never_gets_another_member_s_portrait(
    talkie: App, small: Path, data: Path
) -> None:
    own = await talkie.services.portraits.keep(MIRA, "me", a_source(small))
    with pytest.raises(UserError) as caught:
        await household.asked(talkie, Wish(mode=Mode.IMAGE, first_image=Source.kept(own.id)), JONAS)
    assert caught.value.code is Code.PORTRAIT_UNKNOWN
    assert list((data / "jobs").iterdir()) == list((data / "scratch").iterdir()) == []


@pytest.mark.parametrize("anchor", list(Anchor))
async def test_every_anchor_can_be_kept(portraits: Portraits, small: Path, anchor: Anchor) -> None:
    own = await portraits.keep(MIRA, "me", a_source(small), anchor=anchor)
    assert (await portraits.get(MIRA, own.id)).anchor == anchor
    assert await portraits.preview(MIRA, own.id, Shape.WIDE)
