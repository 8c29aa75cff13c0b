"""Pictures of every kind: odd ones that must be taken, and bombs, traps and lies."""

import io
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageCms, ImageDraw
from pillow_heif import register_heif_opener

from bot.errors import Code
from tests.hostile.bad_sounds import listed
from tests.hostile.case import Case, Trap, Write, data, refused

register_heif_opener()

GOOD = (300, 200)
QUICKLY = {"preset": "ultrafast"}


def striped(size: tuple[int, int] = GOOD, mode: str = "RGB") -> Image.Image:
    picture = Image.new("RGB", size, (0, 160, 0))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, size[0] // 3, size[1]), (200, 0, 0))
    draw.rectangle((size[0] * 2 // 3, 0, size[0], size[1]), (0, 0, 200))
    return picture.convert(mode)


def saved(kind: str, picture: Image.Image | None = None, **options: Any) -> bytes:
    held = io.BytesIO()
    (picture or striped()).save(held, kind, **options)
    return held.getvalue()


def taken(kind: str, picture: Image.Image | None = None, **options: Any) -> Case:
    return Case(write=lambda path, _: path.write_bytes(saved(kind, picture, **options)))


def frames(count: int = 3, size: tuple[int, int] = GOOD) -> dict[str, Any]:
    more = [Image.new("RGB", size, (number * 7 % 255, 9, 9)) for number in range(count)]
    return {"save_all": True, "append_images": more, "duration": 40}


def turned(turn: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = turn
    exif[0x010E] = "a place nobody should know"
    return exif


def chunk(name: bytes, content: bytes) -> bytes:
    whole = name + content
    return struct.pack(">I", len(content)) + whole + struct.pack(">I", zlib.crc32(whole))


def png(width: int, height: int, *more: bytes, rows: bytes = b"") -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + body


def says(content: bytes, at: int, layout: str, *numbers: int) -> bytes:
    """A picture whose header says something else."""
    changed = bytearray(content)
    struct.pack_into(layout, changed, at, *numbers)
    return bytes(changed)


def many_scans(times: int, picture: Image.Image | None = None) -> bytes:
    whole = saved("JPEG", picture, progressive=True)
    return whole[:-2] + whole[whole.rindex(b"\xff\xda") : -2] * times + whole[-2:]


def avif_that_lies() -> bytes:
    """Fifty-one million pixels under a header that says 300 by 200."""
    whole = saved("AVIF", Image.new("L", (7168, 7168), 90), speed=10, subsampling="4:0:0")
    at = whole.index(b"ispe") + 8
    return says(whole, at, ">II", *GOOD)


def resized(whole: bytes, width: int, height: int) -> bytes:
    """A HEIC or AVIF picture whose items all say that they are of this size."""
    changed = bytearray(whole)
    at = whole.find(b"ispe")
    while at >= 0:
        struct.pack_into(">II", changed, at + 8, width, height)
        at = whole.find(b"ispe", at + 8)
    return bytes(changed)


def heic_that_lies(path: Path, _: Trap) -> None:
    """Twenty-five million pixels under a header that says 300 by 200."""
    path.write_bytes(
        resized(saved("HEIF", Image.new("L", (5000, 5000), 90), enc_params=QUICKLY), *GOOD)
    )


def phone_photo(path: Path, _: Trap) -> None:
    """Twelve million pixels in tiles, lying on their side, with the place in EXIF."""
    picture = striped((4032, 3024))
    path.write_bytes(
        saved(
            "HEIF", picture, exif=turned(6).tobytes(), tile_size=512, quality=20, enc_params=QUICKLY
        )
    )


def film_of_pictures() -> bytes:
    """A sequence that has tracks and no picture item."""
    brands = b"\0\0\0\x18ftyphevc\0\0\0\0msf1hevc"
    return brands + struct.pack(">I", 64) + b"moov" + bytes(56)


def large(mode: str, kind: str, **options: Any) -> Write:
    """Nearly fifty million pixels in a small file."""
    return lambda path, _: path.write_bytes(saved(kind, Image.new(mode, (7600, 6500)), **options))


JPEG = saved("JPEG")
HEIC = saved("HEIF")
JPEG_SIZE = JPEG.index(b"\xff\xc0") + 5
SVG = (
    "<svg xmlns='http://www.w3.org/2000/svg'><image href='{url}'/><use href='file:{secret}'/></svg>"
)
EPS = "%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 300 300\n({secret}) run\n"

ACCEPTED: Mapping[str, Case] = {
    "picture.png": taken("PNG"),
    "photo.jpg": taken("JPEG"),
    "progressive.jpg": taken("JPEG", progressive=True),
    "cmyk.jpg": taken("JPEG", striped(mode="CMYK")),
    "grey.jpg": taken("JPEG", striped(mode="L")),
    "turned.jpg": taken("JPEG", exif=turned(6)),
    "turned.png": taken("PNG", exif=turned(8)),
    "picture.gif": taken("GIF"),
    "moving.gif": taken("GIF", **frames()),
    "five hundred frames.gif": taken("GIF", **frames(500, (64, 64))),
    "picture.webp": taken("WEBP"),
    "lossless.webp": taken("WEBP", lossless=True),
    "moving.webp": taken("WEBP", **frames()),
    "moving.png": taken("PNG", **frames()),
    "picture.bmp": taken("BMP"),
    "picture.avif": taken("AVIF", speed=10),
    "moving.avif": taken("AVIF", speed=10, **frames()),
    "picture.heic": taken("HEIF"),
    "grey.heic": taken("HEIF", striped(mode="L")),
    "transparent.heic": taken("HEIF", striped(mode="RGBA")),
    "turned.heic": taken("HEIF", exif=turned(6).tobytes()),
    "mirrored.heic": taken("HEIF", exif=turned(7).tobytes()),
    "several.heic": taken("HEIF", **frames()),
    "general brand.heic": Case(write=data(HEIC[:8] + b"mif1" + HEIC[12:])),
    "phone.heic": Case(write=phone_photo),
    "transparent.png": taken("PNG", striped(mode="RGBA")),
    "transparent grey.png": taken("PNG", striped(mode="LA")),
    "palette.png": taken("PNG", striped(mode="P"), transparency=0),
    "black and white.png": taken("PNG", striped(mode="1")),
    "16 bit.png": taken("PNG", Image.fromarray(np.full((200, 300), 40_000, np.uint16))),
    "profile.png": taken(
        "PNG", icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    ),
    "nonsense for exif.png": taken("PNG", exif=b"Exif\0\0" + b"\xff" * 400),
    "nonsense for exif.webp": taken("WEBP", exif=b"Exif\0\0" + b"\xff" * 400),
    "half an exif.webp": taken("WEBP", exif=b"MM\0*"),
    "broken profile.png": taken("PNG", icc_profile=b"no profile" * 50),
    "called a song.mp3": taken("PNG"),
    "with a secret tail.jpg": Case(write=data(JPEG + b"opensesame-do-not-tell" * 9)),
    "fifty megapixels.png": Case(write=large("RGB", "PNG", compress_level=1)),
    "fifty megapixels.jpg": Case(write=large("RGB", "JPEG", progressive=True)),
}

REFUSED: Mapping[str, Case] = {
    "empty.png": refused(Code.FILE_EMPTY, data(b"")),
    "letter.png": refused(Code.NOT_PICTURE, data(b"Dear Talkie, this is no picture.")),
    "vector.png": refused(Code.NOT_PICTURE, listed(SVG)),
    "page.png": refused(Code.NOT_PICTURE, listed(EPS)),
    "document.png": refused(Code.NOT_PICTURE, data(b"%PDF-1.7\n")),
    "scan.png": refused(Code.NOT_PICTURE, data(saved("TIFF"))),
    "icon.png": refused(Code.NOT_PICTURE, data(saved("ICO"))),
    "brands alone.heic": refused(Code.NOT_PICTURE, data(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")),
    "half a box.heic": refused(Code.NOT_PICTURE, data(HEIC[:100])),
    "film.heics": refused(Code.NOT_PICTURE, data(film_of_pictures())),
    "film.gif": refused(Code.NOT_PICTURE, data(b"\0\0\0\x18ftypisom\0\0\0\0mp42isom")),
    "bomb.png": refused(Code.PICTURE_TOO_LARGE, data(png(13_000, 13_000))),
    "wide.png": refused(Code.PICTURE_TOO_LARGE, data(png(2**31 - 1, 2**31 - 1))),
    "bomb.jpg": refused(Code.PICTURE_TOO_LARGE, data(says(JPEG, JPEG_SIZE, ">HH", 60_000, 60_000))),
    "bomb.gif": refused(Code.PICTURE_TOO_LARGE, data(says(saved("GIF"), 6, "<HH", 50_000, 50_000))),
    "bomb.bmp": refused(
        Code.PICTURE_TOO_LARGE, data(says(saved("BMP"), 18, "<ii", 40_000, 40_000))
    ),
    "upside down bomb.bmp": refused(
        Code.PICTURE_TOO_LARGE, data(says(saved("BMP"), 18, "<ii", 30_000, -30_000))
    ),
    "bomb.webp": refused(
        Code.PICTURE_TOO_LARGE, data(says(saved("WEBP"), 26, "<HH", 16_383, 16_383))
    ),
    "canvas of a webp.webp": refused(
        Code.PICTURE_TOO_LARGE,
        data(says(saved("WEBP", **frames()), 24, "<IH", 0xFFFF_FFFF, 0xFFFF)),
    ),
    "bomb.heic": refused(Code.PICTURE_TOO_LARGE, data(resized(HEIC, 40_000, 40_000))),
    "bomb.avif": refused(
        Code.PICTURE_TOO_LARGE, data(resized(saved("AVIF", speed=10), 40_000, 40_000))
    ),
    "narrow.heic": refused(Code.PICTURE_TOO_NARROW, data(resized(HEIC, 64, 400))),
    "liar.heic": refused(Code.PICTURE_TOO_LARGE, heic_that_lies),
    "liar.avif": Case(
        write=lambda path, _: path.write_bytes(avif_that_lies()),
        refusal=Code.FILE_BROKEN,
        either=True,
    ),
    "fifty megapixels.webp": refused(Code.PICTURE_TOO_LARGE, large("RGB", "WEBP", method=0)),
    "tiny.png": refused(Code.PICTURE_TOO_SMALL, data(png(1, 1))),
    "nothing.png": refused(Code.PICTURE_TOO_SMALL, data(png(0, 0))),
    "narrow.png": refused(Code.PICTURE_TOO_NARROW, data(png(64, 400))),
    "half.jpg": refused(Code.FILE_BROKEN, data(JPEG[: len(JPEG) * 2 // 3])),
    "half.png": refused(Code.FILE_BROKEN, data(saved("PNG")[:-40])),
    "half.webp": refused(Code.FILE_BROKEN, data(saved("WEBP")[:-60])),
    "half.avif": refused(Code.FILE_BROKEN, data(saved("AVIF", speed=10)[:-200])),
    "half.heic": refused(Code.FILE_BROKEN, data(HEIC[: len(HEIC) - 60])),
    "noise.heic": refused(Code.FILE_BROKEN, data(HEIC[:-200] + bytes(range(200)))),
    "no pixels.png": refused(Code.FILE_BROKEN, data(png(300, 300))),
    "text bomb.png": refused(
        Code.FILE_BROKEN,
        data(png(300, 300, chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(9 * 10**7))))),
    ),
    "profile bomb.png": refused(
        Code.FILE_BROKEN,
        data(png(300, 300, chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(9 * 10**7))))),
    ),
    "three hundred scans.jpg": refused(Code.FILE_BROKEN, data(many_scans(300))),
    "forty scans of fifty megapixels.jpg": refused(
        Code.FILE_BROKEN,
        lambda path, _: path.write_bytes(many_scans(40, Image.new("RGB", (7000, 7000)))),
    ),
}
