import asyncio
import io
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageCms, ImageDraw, ImageOps

from bot.media import image
from bot.media.headers import PictureKind
from bot.media.image import Anchor, Picture
from bot.media.reasons import MediaError, Reason

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
    [(Anchor.CENTRE, GREEN), (Anchor.LEFT, RED), (Anchor.RIGHT, BLUE), (Anchor.TOP, GREEN)],
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


async def test_a_colour_profile_is_applied_and_a_broken_one_ignored(
    tmp_path: Path, out: Path
) -> None:
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = profile.index(b"rXYZ"), profile.index(b"bXYZ")
    profile[red : red + 4], profile[blue : blue + 4] = b"bXYZ", b"rXYZ"
    picture = Image.new("RGB", (200, 200), RED)
    swapped = saved(tmp_path / "a.png", picture, "PNG", icc_profile=bytes(profile))
    assert near((await prepare(swapped, out))[32, 48], BLUE)
    broken = saved(tmp_path / "a.png", picture, "PNG", icc_profile=b"no profile" * 20)
    assert near((await prepare(broken, out))[32, 48], RED)


async def test_the_first_frame_of_an_animation_is_taken(tmp_path: Path, out: Path) -> None:
    frames = [Image.new("RGB", (100, 100), colour) for colour in (RED, GREEN, BLUE)]
    for kind in ("GIF", "WEBP", "PNG"):
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


def png_header(width: int, height: int) -> bytes:
    """A picture that says it is so large and holds no pixel."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    ihdr = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", ihdr) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def encoded(kind: str, **options: Any) -> bytes:
    written = io.BytesIO()
    striped().save(written, kind, **options)
    return written.getvalue()


def patched(data: bytes, at: int, number: int, layout: str) -> bytes:
    """A picture that says it is `number` wide and high."""
    changed = bytearray(data)
    struct.pack_into(layout, changed, at, number, number)
    return bytes(changed)


def jpeg_of_many_scans() -> bytes:
    data = encoded("JPEG", progressive=True)
    return data[:-2] + data[data.rindex(b"\xff\xda") : -2] * 200 + data[-2:]


JPEG = encoded("JPEG")
REFUSED: dict[str, tuple[Reason, bytes]] = {
    "empty.png": (Reason.EMPTY, b""),
    "letter.png": (Reason.NOT_PICTURE, b"Dear Talkie, this is no picture."),
    "page.png": (Reason.NOT_PICTURE, b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 300 300\n"),
    "vector.png": (Reason.NOT_PICTURE, b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "scan.png": (Reason.NOT_PICTURE, encoded("TIFF")),
    "icon.png": (Reason.NOT_PICTURE, encoded("ICO")),
    "phone.heic": (Reason.NOT_PICTURE, b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
    "bomb.png": (Reason.PICTURE_TOO_LARGE, png_header(13_000, 13_000)),
    "wide.png": (Reason.PICTURE_TOO_LARGE, png_header(2**31 - 1, 2**31 - 1)),
    "bomb.jpg": (
        Reason.PICTURE_TOO_LARGE,
        patched(JPEG, JPEG.index(b"\xff\xc0") + 5, 60_000, ">HH"),
    ),
    "bomb.gif": (Reason.PICTURE_TOO_LARGE, patched(encoded("GIF"), 6, 50_000, "<HH")),
    "bomb.bmp": (Reason.PICTURE_TOO_LARGE, patched(encoded("BMP"), 18, 40_000, "<ii")),
    "bomb.webp": (Reason.PICTURE_TOO_LARGE, patched(encoded("WEBP"), 26, 16_383, "<HH")),
    "tiny.png": (Reason.PICTURE_TOO_SMALL, png_header(1, 1)),
    "nothing.png": (Reason.PICTURE_TOO_SMALL, png_header(0, 0)),
    "narrow.png": (Reason.PICTURE_TOO_NARROW, png_header(64, 400)),
    "truncated.jpg": (Reason.BROKEN, JPEG[: len(JPEG) * 2 // 3]),
    "truncated.png": (Reason.BROKEN, encoded("PNG")[:-40]),
    "no_pixels.png": (Reason.BROKEN, png_header(300, 300)),
    "scans.jpg": (Reason.BROKEN, jpeg_of_many_scans()),
    "long.png": (Reason.TOO_BIG, encoded("PNG") + bytes(image.MAX_BYTES)),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_it_is_refused_with_its_reason(name: str, tmp_path: Path, out: Path) -> None:
    reason, data = REFUSED[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(MediaError) as refusal:
        await prepare(tmp_path / name, out)
    assert refusal.value.reason is reason
    assert str(tmp_path) not in str(refusal.value)
    assert names(out) == []
