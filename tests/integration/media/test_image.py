import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageCms, ImageDraw, ImageOps
from pillow_heif import register_heif_opener

from bot.media import image, process
from bot.media.darkroom import REFUSED, Job
from bot.media.headers import PictureKind
from bot.media.image import Anchor, Picture
from bot.media.process import Limits
from bot.media.reasons import MediaError, Reason

# In this process only to make such pictures; the product reads them in one of their own.
register_heif_opener()

ROOT = Path(__file__).resolve().parents[3]
TILED: dict[str, Any] = {"tile_size": 1000, "enc_params": {"preset": "ultrafast"}}
RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)
Colour = tuple[int, int, int]


def names(folder: Path) -> list[str]:
    return [found.name for found in folder.iterdir()]


def striped(size: tuple[int, int] = (300, 200), mode: str = "RGB") -> Image.Image:
    """Red on the left, green in the middle, blue on the right."""
    picture = Image.new("RGB", size, GREEN)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, size[0] // 3 - 1, size[1]), RED)
    draw.rectangle((size[0] * 2 // 3, 0, size[0], size[1]), BLUE)
    return picture.convert(mode)


def saved(path: Path, picture: Image.Image, kind: str, **options: Any) -> Path:
    picture.save(path, kind, **options)
    return path


async def prepare(source: Path, out: Path, size: tuple[int, int] = (96, 64), **options: Any) -> Any:
    """The result as an array; `name` in the options chooses the kind of file."""
    target = out / str(options.pop("name", "a.png"))
    prepared = await image.prepare(
        source,
        target,
        width=size[0],
        height=size[1],
        slots=asyncio.Semaphore(1),
        **options,
    )
    assert isinstance(prepared, Picture)
    with Image.open(target) as picture:
        assert picture.mode == "RGB"
        assert picture.size == size
        return np.asarray(picture).astype(int)


def near(pixel: Any, colour: Colour, tolerance: int = 12) -> bool:
    return bool(np.abs(np.asarray(pixel) - colour).max() <= tolerance)


@pytest.mark.parametrize("kind", list(PictureKind))
async def test_every_kind_of_picture_is_taken(kind: PictureKind, tmp_path: Path, out: Path) -> None:
    source = saved(tmp_path / "song.mp3", striped(), kind.value)
    pixels = await prepare(source, out)
    assert near(pixels[32, 8], RED, 30)
    assert near(pixels[32, 48], GREEN, 30)
    assert near(pixels[32, 88], BLUE, 30)


@pytest.mark.parametrize(
    ("anchor", "colour"),
    [
        (Anchor.CENTRE, GREEN),
        (Anchor.LEFT, RED),
        (Anchor.RIGHT, BLUE),
        (Anchor.TOP, GREEN),
        (Anchor.START, RED),
        (Anchor.END, BLUE),
    ],
)
async def test_the_anchor_chooses_what_stays(
    anchor: Anchor, colour: Colour, tmp_path: Path, out: Path
) -> None:
    source = saved(tmp_path / "a.png", striped((600, 200)), "PNG")
    pixels = await prepare(source, out, (128, 256), anchor=anchor)
    assert near(pixels[128, 64], colour)


async def test_a_tall_picture_is_cropped_at_its_foot_or_head(tmp_path: Path, out: Path) -> None:
    source = saved(tmp_path / "a.png", striped((600, 200)).rotate(90, expand=True), "PNG")
    assert near((await prepare(source, out, (128, 128), anchor=Anchor.TOP))[64, 64], BLUE)
    assert near((await prepare(source, out, (128, 128), anchor=Anchor.BOTTOM))[64, 64], RED)
    assert near((await prepare(source, out, (128, 128), anchor=Anchor.START))[64, 64], BLUE)
    assert near((await prepare(source, out, (128, 128), anchor=Anchor.END))[64, 64], RED)


async def test_a_small_picture_is_enlarged_without_bars(tmp_path: Path, out: Path) -> None:
    pixels = await prepare(saved(tmp_path / "a.png", striped((96, 64)), "PNG"), out, (768, 768))
    assert near(pixels[0, 384], GREEN)
    assert near(pixels[767, 384], GREEN)


async def test_it_is_turned_upright(tmp_path: Path, out: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    source = saved(tmp_path / "a.jpg", striped(), "JPEG", exif=exif)
    pixels = await prepare(source, out, (128, 192))
    assert near(pixels[10, 64], RED, 30)
    assert near(pixels[180, 64], BLUE, 30)


@pytest.mark.parametrize("turn", range(1, 9))
async def test_every_turn_is_undone_as_pillow_does_it(turn: int, tmp_path: Path, out: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    picture = striped((192, 192))
    picture.paste(WHITE, (0, 0, 90, 40))
    source = saved(tmp_path / "a.png", picture, "PNG", exif=exif)
    with Image.open(source) as turned:
        wanted = np.asarray(ImageOps.exif_transpose(turned)).astype(int)
    assert np.abs(await prepare(source, out, (192, 192)) - wanted).max() == 0


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("kind", ["HEIF", "AVIF"])
async def test_a_turn_that_container_and_exif_both_tell_is_undone_once(
    kind: str, turn: int, tmp_path: Path, out: Path
) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    picture = striped((192, 128))
    picture.paste(WHITE, (0, 0, 60, 40))
    telling = saved(tmp_path / "a.png", picture, "PNG", exif=exif)
    with Image.open(telling) as turned:
        wanted = ImageOps.exif_transpose(turned)
    source = saved(tmp_path / "a", picture, kind, exif=exif.tobytes(), quality=100)
    assert await image.measure(source, slots=asyncio.Semaphore(1)) == wanted.size
    pixels = await prepare(source, out, wanted.size)
    assert np.median(np.abs(pixels - np.asarray(wanted).astype(int))) <= 3


@pytest.mark.parametrize("kind", ["HEIF", "AVIF"])
async def test_a_turn_that_the_container_does_not_tell_is_no_turn(
    kind: str, tmp_path: Path
) -> None:
    words = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><r tiff:Orientation="6"/></x:xmpmeta>'
    whole = saved(tmp_path / "a", striped(), kind, xmp=words).read_bytes()
    (tmp_path / "a").write_bytes(whole.replace(b"irot", b"free"))
    assert await image.measure(tmp_path / "a", slots=asyncio.Semaphore(1)) == (300, 200)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L"])
async def test_a_huge_picture_is_shrunk_in_bands_without_a_seam(
    mode: str, tmp_path: Path, out: Path
) -> None:
    ramp = Image.linear_gradient("L").resize((1501, 2203)).convert(mode)
    pixels = await prepare(saved(tmp_path / "a.png", ramp, "PNG"), out, (64, 94))
    wanted = np.asarray(ramp.convert("RGB").resize((64, 94))).astype(int)
    assert np.abs(pixels - wanted).max() <= 4


async def test_sixteen_bit_grey_keeps_its_shades(tmp_path: Path, out: Path) -> None:
    ramp = np.tile(np.linspace(0, 65_535, 256).astype(np.uint16), (128, 1))
    source = saved(tmp_path / "a.png", Image.fromarray(ramp), "PNG")
    pixels = await prepare(source, out, (256, 128))
    assert np.abs(pixels[64, :, 0] - np.arange(256)).max() <= 1


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("CMYK", "JPEG"), ("L", "PNG"), ("1", "PNG"), ("P", "PNG"), ("P", "GIF"), ("LA", "PNG")],
)
async def test_every_colour_mode_becomes_rgb(
    mode: str, kind: str, tmp_path: Path, out: Path
) -> None:
    pixels = await prepare(saved(tmp_path / "a", striped(mode=mode), kind), out)
    wanted = np.asarray(striped((96, 64), mode).convert("RGB")).astype(int)
    if mode != "1":
        assert np.abs(pixels[32, ::12] - wanted[32, ::12]).max() <= 30


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
async def test_transparency_lies_over_white(mode: str, tmp_path: Path, out: Path) -> None:
    picture = Image.new("RGBA", (200, 200), (0, 0, 0, 0)).convert(mode)
    options = {"transparency": 0} if mode == "P" else {}
    pixels = await prepare(saved(tmp_path / "a.png", picture, "PNG", **options), out)
    assert near(pixels[32, 48], WHITE, 0)


@pytest.mark.parametrize("kind", ["PNG", "HEIF", "AVIF"])
async def test_a_colour_profile_is_applied_and_a_broken_one_ignored(
    kind: str, tmp_path: Path, out: Path
) -> None:
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = profile.index(b"rXYZ"), profile.index(b"bXYZ")
    profile[red : red + 4], profile[blue : blue + 4] = b"bXYZ", b"rXYZ"
    picture = Image.new("RGB", (200, 200), RED)
    swapped = saved(tmp_path / "a.png", picture, kind, icc_profile=bytes(profile))
    assert near((await prepare(swapped, out))[32, 48], BLUE)
    broken = saved(tmp_path / "a.png", picture, kind, icc_profile=b"no profile" * 20)
    assert near((await prepare(broken, out))[32, 48], RED)


async def test_the_first_frame_of_an_animation_is_taken(tmp_path: Path, out: Path) -> None:
    frames = [Image.new("RGB", (100, 100), colour) for colour in (RED, GREEN, BLUE)]
    for kind in ("GIF", "WEBP", "PNG", "AVIF", "HEIF"):
        source = saved(
            tmp_path / "a", frames[0], kind, save_all=True, append_images=frames[1:], duration=50
        )
        assert near((await prepare(source, out))[32, 48], RED)


@pytest.mark.parametrize("name", ["a.png", "a.jpg"])
async def test_no_metadata_is_left(name: str, tmp_path: Path, out: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = "SECRET place"
    source = saved(
        tmp_path / "a.jpg", striped(), "JPEG", exif=exif, comment=b"SECRET", icc_profile=b"SECRET"
    )
    with source.open("ab") as file:
        file.write(b"SECRET after the end")
    await prepare(source, out, name=name)
    assert b"SECRET" not in (out / name).read_bytes()


async def test_the_same_picture_gives_the_same_bytes(tmp_path: Path, out: Path) -> None:
    source = saved(tmp_path / "a.png", striped(), "PNG")
    await prepare(source, out, name="a.jpg")
    await prepare(source, out, name="b.jpg")
    assert (out / "a.jpg").read_bytes() == (out / "b.jpg").read_bytes()


@pytest.mark.parametrize(("turn", "size"), [(1, (300, 200)), (3, (300, 200)), (6, (200, 300))])
async def test_it_is_measured_as_it_is_seen(
    turn: int, size: tuple[int, int], tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    for kind in ("JPEG", "PNG"):
        source = saved(tmp_path / "a", striped(), kind, exif=exif)
        assert await image.measure(source, slots=asyncio.Semaphore(1)) == size


async def test_a_phone_s_picture_that_does_not_fit_in_memory_is_called_too_large(
    tmp_path: Path,
) -> None:
    source = saved(tmp_path / "a", Image.new("RGB", (5000, 4000)), "HEIF", **TILED)
    command = [sys.executable, "-m", "bot.media.darkroom", Job(width=96, height=64).to_line()]
    with source.open("rb") as file:
        output = await process.run(
            command,
            stdin=file,
            limits=Limits(memory_bytes=150_000_000),
            environment={"PYTHONPATH": str(ROOT), "MALLOC_ARENA_MAX": "2"},
        )
    assert output.exit_code == REFUSED
    assert json.loads(output.stdout)["reason"] == Reason.PICTURE_TOO_LARGE


async def test_a_refused_picture_leaves_nothing_and_tells_no_path(
    tmp_path: Path, out: Path
) -> None:
    (tmp_path / "half.png").write_bytes(saved(tmp_path / "a", striped(), "PNG").read_bytes()[:99])
    with pytest.raises(MediaError) as refusal:
        await prepare(tmp_path / "half.png", out)
    assert refusal.value.reason is Reason.BROKEN
    assert str(tmp_path) not in str(refusal.value)
    assert names(out) == []


async def test_a_cancelled_picture_leaves_no_file_and_frees_its_place(
    tmp_path: Path, out: Path
) -> None:
    source = saved(tmp_path / "a.png", striped((3000, 3000)), "PNG")
    slots = asyncio.Semaphore(1)
    for turns in range(1, 30, 4):
        task = asyncio.create_task(
            image.prepare(source, out / "a.png", width=512, height=512, slots=slots)
        )
        await asyncio.wait({task}, timeout=turns / 200)
        task.cancel()
        done = await asyncio.gather(task, return_exceptions=True)
        if not isinstance(done[0], Picture):
            assert names(out) == []
        assert not slots.locked()
