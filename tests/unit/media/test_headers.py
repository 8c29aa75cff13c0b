import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.media.headers import Header, PictureKind, jpeg_scans, read_header


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


def test_the_scans_of_a_jpeg_are_counted() -> None:
    assert jpeg_scans(written("JPEG")) == 1
    assert jpeg_scans(written("JPEG", progressive=True)) > 5


@pytest.mark.parametrize("kind", list(PictureKind))
def test_a_header_that_breaks_off_is_no_picture(kind: PictureKind) -> None:
    whole = written(kind.value)
    for length in range(24):
        assert read_header(whole[:length]) is None


@given(
    st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"BM", b"RIFF\0\0\0\0WEBP"]),
    st.binary(max_size=200),
)
def test_no_bytes_upset_the_reader(magic: bytes, rest: bytes) -> None:
    header = read_header(magic + rest)
    assert header is None or header.width >= 0
