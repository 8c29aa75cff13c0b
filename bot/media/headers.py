"""Kind and size of a picture, read from its header by ourselves, before any decoder sees it."""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.media import heif

_JPEG_BARE = frozenset({0x01, *range(0xD0, 0xD8)})
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


class PictureKind(StrEnum):
    """A kind of picture that is read; the value is Pillow's name of its format."""

    PNG = "PNG"
    JPEG = "JPEG"
    GIF = "GIF"
    BMP = "BMP"
    WEBP = "WEBP"
    AVIF = "AVIF"
    HEIC = "HEIF"


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a picture says of itself: its kind and its size in pixels."""

    kind: PictureKind
    width: int
    height: int


def read_header(data: bytes) -> Header | None:
    """The header of a whole picture file; None if it is no kind of picture we read."""
    for kind, (recognises, measure) in _READERS.items():
        if recognises(data):
            try:
                size = measure(data)
            except (struct.error, IndexError):
                return None
            return Header(kind=kind, width=size[0], height=size[1]) if size else None
    return None


def jpeg_scans(data: bytes) -> int:
    """How many scans a JPEG has: each repeats the work of decoding the whole picture."""
    return data.count(b"\xff\xda")


def _png(data: bytes) -> tuple[int, int] | None:
    if data[12:16] != b"IHDR":
        return None
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def _gif(data: bytes) -> tuple[int, int]:
    """The larger of the canvas and the first frame, which may reach beyond it."""
    width, height, flags = struct.unpack_from("<HHB", data, 6)
    at = 13 + (3 << (flags & 7) + 1 if flags & 0x80 else 0)
    while data[at] == 0x21:
        at += 2
        while data[at]:
            at += data[at] + 1
        at += 1
    if data[at] == 0x2C:
        left, top, frame_width, frame_height = struct.unpack_from("<HHHH", data, at + 1)
        return max(width, left + frame_width), max(height, top + frame_height)
    return width, height


def _bmp(data: bytes) -> tuple[int, int]:
    (header_bytes,) = struct.unpack_from("<I", data, 14)
    layout = "<HH" if header_bytes == 12 else "<ii"
    width, height = struct.unpack_from(layout, data, 18)
    return abs(width), abs(height)


def _webp(data: bytes) -> tuple[int, int] | None:
    chunk = data[12:16]
    if chunk == b"VP8 ":
        width, height = struct.unpack_from("<HH", data, 26)
        return (width & 0x3FFF, height & 0x3FFF) if data[23:26] == b"\x9d\x01\x2a" else None
    if chunk == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        return ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1) if data[20] == 0x2F else None
    if chunk == b"VP8X":
        width = int.from_bytes(data[24:27], "little") + 1
        return width, int.from_bytes(data[27:30], "little") + 1
    return None


def _jpeg(data: bytes) -> tuple[int, int] | None:
    """Walk the segments to the frame header (SOF); a scan before it is no JPEG."""
    at = 2
    while data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in _JPEG_BARE:
            at += 2
        elif marker in _JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        elif marker in (0xD9, 0xDA):
            return None
        else:
            (length,) = struct.unpack_from(">H", data, at + 2)
            at += 2 + max(length, 2)
    return None


_READERS: dict[
    PictureKind, tuple[Callable[[bytes], bool], Callable[[bytes], tuple[int, int] | None]]
] = {
    PictureKind.PNG: (lambda data: data.startswith(b"\x89PNG\r\n\x1a\n"), _png),
    PictureKind.JPEG: (lambda data: data.startswith(b"\xff\xd8\xff"), _jpeg),
    PictureKind.GIF: (lambda data: data.startswith((b"GIF87a", b"GIF89a")), _gif),
    PictureKind.BMP: (lambda data: data.startswith(b"BM"), _bmp),
    PictureKind.WEBP: (lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP", _webp),
    PictureKind.AVIF: (heif.is_avif, heif.measure),
    PictureKind.HEIC: (heif.is_heic, heif.measure),
}
