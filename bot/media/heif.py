"""Kind and size of a picture in the container that HEIC and AVIF share, without a decoder."""

import io
import struct

from bot.media.boxes import boxes

HEIC_BRANDS = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"heif"}
)
"""What the file says of itself where its pixels are HEVC; sequences included."""

AVIF_BRANDS = frozenset({b"avif", b"avis"})
"""What it says where they are AV1."""

GENERAL_BRANDS = frozenset({b"mif1", b"mif2", b"msf1", b"miaf"})
"""Brands of either kind: the compatible ones behind them tell which."""

_MOST_BRANDS = 32
_META_BYTES = 1 << 20
# A box of 20 bytes: its length, its name, four bytes of version and flags, width and height.
_SIZE_BOX = b"\x00\x00\x00\x14ispe"


def is_heic(data: bytes) -> bool:
    """Whether this is a picture of HEVC's kind, as phones take them."""
    return _family(data) == HEIC_BRANDS


def is_avif(data: bytes) -> bool:
    """Whether this is a picture of AV1's kind."""
    return _family(data) == AVIF_BRANDS


def measure(data: bytes) -> tuple[int, int] | None:
    """The largest width and height among the items, before any turn; None without an item.

    A sequence that holds nothing but a film has none.
    """
    file = io.BytesIO(data)
    meta = next((box for box in boxes(file, 0, len(data)) if box.name == b"meta"), None)
    if meta is None:
        return None
    content = data[meta.start : min(meta.stop, meta.start + _META_BYTES)]
    sizes = []
    at = content.find(_SIZE_BOX)
    while at >= 0:
        sizes.append(struct.unpack_from(">II", content, at + 12))
        at = content.find(_SIZE_BOX, at + 8)
    if not sizes:
        return None
    return max(width for width, _ in sizes), max(height for _, height in sizes)


def _family(data: bytes) -> frozenset[bytes] | None:
    if data[4:8] != b"ftyp":
        return None
    stop = min(int.from_bytes(data[:4], "big"), 16 + 4 * _MOST_BRANDS)
    major = data[8:12]
    brands = [major]
    if major in GENERAL_BRANDS:
        brands += [data[at : at + 4] for at in range(16, stop, 4)]
    for brand in brands:
        for family in (HEIC_BRANDS, AVIF_BRANDS):
            if brand in family:
                return family
    return None
