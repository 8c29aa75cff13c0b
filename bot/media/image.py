"""A member's picture becomes a clean picture of exactly the wanted shape."""

import asyncio
import io
import logging
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PIL import Image, ImageCms, ImageOps

from bot.media.files import replacing
from bot.media.headers import Header, PictureKind, jpeg_scans, read_header
from bot.media.reasons import MediaError, Reason
from bot.media.threads import to_end

_log = logging.getLogger(__name__)

MAX_BYTES = 25 * 1024 * 1024
"""No larger file is opened."""

_MAX_PIXELS = 50_000_000
_MAX_SIDE = 16_000
_MIN_SIDE = 64
_MAX_ASPECT = 4
_MAX_SCANS = 100
_MAX_PROFILE_BYTES = 4 * 1024 * 1024
_TIMEOUT_S = 20.0
_BAND_ROWS = 512
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_LYING = frozenset({5, 6, 7, 8})
"""The EXIF orientations that swap width and height."""
_FROM_16_BIT = 1 / 257
_WIDE_GREY = frozenset({"I", "I;16", "I;16L", "I;16B", "I;16N"})
_PROFILE_SPACES = {"RGB": "RGB ", "L": "GRAY", "CMYK": "CMYK"}


class Anchor(StrEnum):
    """Which part stays when a picture is cropped; the other direction stays centred."""

    CENTRE = "centre"
    LEFT = "left"
    RIGHT = "right"
    TOP = "top"
    BOTTOM = "bottom"

    @property
    def centring(self) -> tuple[float, float]:
        """The share of what is cut away that lies left and above."""
        return {
            Anchor.LEFT: (0.0, 0.5),
            Anchor.RIGHT: (1.0, 0.5),
            Anchor.TOP: (0.5, 0.0),
            Anchor.BOTTOM: (0.5, 1.0),
        }.get(self, (0.5, 0.5))


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A prepared picture, and the kind and size (upright or not) of the file it came from."""

    path: Path
    width: int
    height: int
    source_kind: PictureKind
    source_width: int
    source_height: int


async def prepare(
    source: Path,
    target: Path,
    *,
    width: int,
    height: int,
    anchor: Anchor = Anchor.CENTRE,
    slots: asyncio.Semaphore,
) -> Picture:
    """Check a picture, turn it upright, crop it to the shape and write it without metadata.

    `target` ends in .png or .jpg. Raises MediaError (EMPTY, TOO_BIG, NOT_PICTURE, BROKEN or
    PICTURE_TOO_SMALL, _LARGE, _NARROW); then `target` is not written.
    """
    async with slots:
        try:
            async with asyncio.timeout(_TIMEOUT_S):
                header, clean = await asyncio.to_thread(
                    _prepare, source, (width, height), anchor, target.suffix
                )
        except TimeoutError as error:
            raise MediaError(Reason.BROKEN, "decoding took too long") from error
        async with replacing(target) as part:
            await to_end(part.write_bytes, clean)
    return Picture(
        path=target,
        width=width,
        height=height,
        source_kind=header.kind,
        source_width=header.width,
        source_height=header.height,
    )


def _prepare(
    source: Path, size: tuple[int, int], anchor: Anchor, suffix: str
) -> tuple[Header, bytes]:
    with source.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    header = _checked(data)
    picture = ImageOps.fit(
        _opened(data, header.kind, max(size)),
        size,
        Image.Resampling.LANCZOS,
        centering=anchor.centring,
    )
    # A new picture, because a loaded one carries comments and profiles into the file.
    clean = Image.new("RGB", size)
    clean.paste(_in_srgb(picture))
    written = io.BytesIO()
    if suffix == ".png":
        clean.save(written, "PNG", compress_level=4)
    else:
        clean.save(written, "JPEG", quality=95, subsampling=0)
    return header, written.getvalue()


def _checked(data: bytes) -> Header:
    """The header of a picture that may be decoded, judged before any decoder runs."""
    if not data:
        raise MediaError(Reason.EMPTY, "no bytes")
    if len(data) > MAX_BYTES:
        raise MediaError(Reason.TOO_BIG, "too many bytes", limit_bytes=MAX_BYTES)
    header = read_header(data)
    if header is None:
        raise MediaError(Reason.NOT_PICTURE, "its first bytes are of no known picture")
    width, height = header.width, header.height
    facts = {"width": width, "height": height}
    if min(width, height) < _MIN_SIDE:
        raise MediaError(Reason.PICTURE_TOO_SMALL, "too few pixels", **facts)
    if max(width, height) > _MAX_SIDE or width * height > _MAX_PIXELS:
        raise MediaError(Reason.PICTURE_TOO_LARGE, "too many pixels", **facts)
    if max(width, height) > _MAX_ASPECT * min(width, height):
        raise MediaError(Reason.PICTURE_TOO_NARROW, "too narrow", **facts)
    if header.kind is PictureKind.JPEG and jpeg_scans(data) > _MAX_SCANS:
        raise MediaError(Reason.BROKEN, "too many scans", scans=jpeg_scans(data))
    return header


def _opened(data: bytes, kind: PictureKind, side: int) -> Image.Image:
    """The first frame, flat, upright and at most a few times larger than needed."""
    try:
        picture = Image.open(io.BytesIO(data), formats=(kind.value,))
        _check_again(picture)
        if kind is PictureKind.JPEG:
            picture.draft("RGB", (side, side))
        picture.load()
        turn = _UPRIGHT.get(picture.getexif().get(_ORIENTATION, 1))
        small = _shrunk(picture, side)
        return small if turn is None else _turned(small, turn)
    except MediaError:
        raise
    except Exception as error:
        # Pillow's decoders raise nearly anything on broken files: OSError, ValueError,
        # SyntaxError, struct.error, IndexError, OverflowError, DecompressionBombError.
        raise MediaError(Reason.BROKEN, f"decoder: {type(error).__name__}") from error


def _check_again(picture: Image.Image) -> None:
    """Pillow must have read the header as we did."""
    if picture.width * picture.height > _MAX_PIXELS:
        raise MediaError(Reason.PICTURE_TOO_LARGE, "larger than its header said")


def _turned(picture: Image.Image, turn: Image.Transpose) -> Image.Image:
    turned = picture.transpose(turn)
    turned.info = picture.info
    return turned


def _shrunk(picture: Image.Image, side: int) -> Image.Image:
    """Flattened and reduced to two to four times the wanted side, in bands to spare memory."""
    factor = max(1, min(picture.size) // (2 * side))
    rows = -(-_BAND_ROWS // factor) * factor
    bands = []
    for top in range(0, picture.height, rows):
        box = (0, top, picture.width, min(top + rows, picture.height))
        bands.append(_flat(picture.crop(box)).reduce(factor))
    small = Image.new(bands[0].mode, (bands[0].width, sum(band.height for band in bands)))
    for number, band in enumerate(bands):
        small.paste(band, (0, number * rows // factor))
    small.info["icc_profile"] = picture.info.get("icc_profile")
    return small


def _flat(picture: Image.Image) -> Image.Image:
    """One of the modes RGB, L, CMYK: 16-bit grey scaled down, transparency laid over white."""
    if picture.mode in _WIDE_GREY:
        return picture.convert("I").point(lambda value: value * _FROM_16_BIT).convert("L")
    if picture.has_transparency_data:
        over = picture.convert("RGBA")
        white = Image.new("RGBA", over.size, "white")
        white.alpha_composite(over)
        return white.convert("RGB")
    return picture if picture.mode in _PROFILE_SPACES else picture.convert("RGB")


def _in_srgb(picture: Image.Image) -> Image.Image:
    """Through the picture's own colour profile if it has one that fits, else as it is."""
    profile = picture.info.get("icc_profile")
    if profile and len(profile) <= _MAX_PROFILE_BYTES:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if own.profile.xcolor_space == _PROFILE_SPACES[picture.mode]:
                srgb = ImageCms.createProfile("sRGB")
                converted = ImageCms.profileToProfile(picture, own, srgb, outputMode="RGB")
                assert converted is not None
                return converted
        except (ImageCms.PyCMSError, OSError, ValueError) as error:
            _log.info("colour profile ignored: %s", error)
    return picture.convert("RGB")


async def measure(source: Path) -> tuple[int, int]:
    """Width and height of a picture as it is seen upright; raises MediaError like `prepare`."""
    return await asyncio.to_thread(_measure, source)


def _measure(source: Path) -> tuple[int, int]:
    with source.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    header = _checked(data)
    try:
        with Image.open(io.BytesIO(data), formats=(header.kind.value,)) as picture:
            turned = picture.getexif().get(_ORIENTATION, 1) in _LYING
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise MediaError(Reason.BROKEN, type(error).__name__) from error
    return (header.height, header.width) if turned else (header.width, header.height)
