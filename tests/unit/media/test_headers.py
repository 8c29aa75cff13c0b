import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pillow_heif import register_heif_opener

from bot.media.headers import Header, PictureKind, jpeg_scans, read_header

register_heif_opener()
HEIC = b"\0\0\0\x14ftypheic\0\0\0\0mif1\0\0\0\0meta\0\0\0\0"


def written(kind: str, **options: Any) -> bytes:
    target = io.BytesIO()
    Image.linear_gradient("L").resize((210, 130)).convert("RGB").save(target, kind, **options)
    return target.getvalue()


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("PNG", {}),
        ("JPEG", {}),
        ("JPEG", {"progressive": True, "comment": b"\xff\xc0" * 30}),
        ("GIF", {}),
        ("BMP", {}),
        ("WEBP", {}),
        ("WEBP", {"lossless": True}),
        ("WEBP", {"exif": b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x00"}),
        ("AVIF", {}),
        ("HEIF", {}),
        ("HEIF", {"exif": b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"}),
    ],
)
def test_the_size_is_read_as_pillow_reads_it(kind: str, options: dict[str, Any]) -> None:
    data = written(kind, **options)
    assert read_header(data) == Header(kind=PictureKind(kind), width=210, height=130)


def test_a_gif_whose_frame_reaches_beyond_its_canvas_counts_as_large_as_the_frame() -> None:
    data = bytearray(written("GIF"))
    at = data.index(b"\x2c\x00\x00\x00\x00")
    data[at + 5 : at + 9] = (40_000).to_bytes(2, "little") * 2
    assert read_header(bytes(data)) == Header(kind=PictureKind.GIF, width=40_000, height=40_000)


@pytest.mark.parametrize(
    ("brands", "kind"),
    [
        ((b"heix",), PictureKind.HEIC),
        ((b"mif1", b"miaf", b"heic"), PictureKind.HEIC),
        ((b"msf1", b"hevc"), PictureKind.HEIC),
        ((b"mif1", b"miaf", b"avif"), PictureKind.AVIF),
        ((b"avis", b"heic"), PictureKind.AVIF),
        ((b"mif1", b"miaf"), None),
        ((b"isom", b"heic"), None),
    ],
)
def test_the_brands_tell_heic_from_avif_and_from_films(
    brands: tuple[bytes, ...], kind: PictureKind | None
) -> None:
    whole = written("HEIF")
    start = int.from_bytes(whole[:4], "big")
    said = brands[0] + bytes(4) + b"".join(brands[1:])
    header = read_header((8 + len(said)).to_bytes(4, "big") + b"ftyp" + said + whole[start:])
    assert (header.kind if header else None) is kind


def test_a_film_among_the_pictures_has_no_size() -> None:
    film = b"\0\0\0\x18ftyphevc\0\0\0\0msf1hevc" + b"\0\0\0\x0fmoov" + b"\0" * 7
    assert read_header(film) is None


def test_the_scans_of_a_jpeg_are_counted() -> None:
    assert jpeg_scans(written("JPEG")) == 1
    assert jpeg_scans(written("JPEG", progressive=True)) > 5


@pytest.mark.parametrize("kind", list(PictureKind))
def test_a_header_that_breaks_off_is_no_picture(kind: PictureKind) -> None:
    whole = written(kind.value)
    for length in range(24):
        assert read_header(whole[:length]) is None


@given(
    st.sampled_from(
        [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"BM", b"RIFF\0\0\0\0WEBP", HEIC]
    ),
    st.binary(max_size=200),
)
def test_no_bytes_upset_the_reader(magic: bytes, rest: bytes) -> None:
    header = read_header(magic + rest)
    assert header is None or header.width >= 0
