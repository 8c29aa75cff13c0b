"""No bytes whatever upset the readers that look at files before any decoder does."""

import io
import struct
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image
from pillow_heif import register_heif_opener

from bot.media import recipe
from bot.media.boxes import Box, boxes, inside
from bot.media.headers import PictureKind, jpeg_scans, read_header
from bot.media.kinds import HEAD_BYTES, SoundKind, sound_kind

MAGIC = (
    *(b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"BM", b"RIFF\0\0\0\0WEBP"),
    *(b"\0\0\0\x1cftypavif", b"\0\0\0\x14ftypmif1\0\0\0\0heic\0\0\0\0meta\0\0\0\0"),
    *(b"RIFF\0\0\0\0WAVE", b"OggS", b"fLaC", b"ID3", b"\x1aE\xdf\xa3"),
    *(b"\xff\xfb", b"\xff\xf1", b"\0\0\0\x18ftypM4A ", b""),
)
register_heif_opener()

NAMES = (b"ftyp", b"moov", b"udta", b"meta", b"ilst", b"desc", b"data", b"mdat", b"free")


def pictures() -> list[bytes]:
    made = []
    for kind in PictureKind:
        held = io.BytesIO()
        Image.linear_gradient("L").convert("RGB").save(held, kind.value)
        made.append(held.getvalue())
    return made


PICTURES = pictures()


@given(st.sampled_from(MAGIC), st.binary(max_size=400))
def test_any_bytes_are_a_picture_a_sound_or_neither(magic: bytes, rest: bytes) -> None:
    data = magic + rest
    header = read_header(data)
    assert header is None or (header.width >= 0 and header.height >= 0)
    assert jpeg_scans(data) >= 0
    assert sound_kind(data[:HEAD_BYTES]) in {None, *SoundKind}


@given(
    st.sampled_from(PICTURES),
    st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 255)), max_size=12),
    st.integers(0, 4000),
)
def test_damaged_pictures_have_a_header_or_none(
    picture: bytes, changes: list[tuple[int, int]], length: int
) -> None:
    data = bytearray(picture)
    for at, value in changes:
        data[at % len(data)] = value
    header = read_header(bytes(data[:length]))
    assert header is None or header.kind in PictureKind


@st.composite
def box_files(draw: st.DrawFn) -> bytes:
    """Boxes in boxes, with sizes that are right, or anything."""
    content = draw(st.binary(max_size=60))
    for _ in range(draw(st.integers(0, 8))):
        name = draw(st.sampled_from(NAMES))
        size = draw(
            st.one_of(st.just(len(content) + 8), st.sampled_from([0, 1, 2, 7, 8, 2**32 - 1]))
        )
        content = struct.pack(">I", size) + name + content + draw(st.binary(max_size=20))
    return content


@given(box_files())
@example(b"\0\0\0\1moov" + b"\xff" * 8 + bytes(30))
@example((b"\0\0\0\x08free") * 5000)
def test_boxes_are_never_outside_the_file_and_come_to_an_end(data: bytes) -> None:
    found = list(boxes(io.BytesIO(data), 0, len(data)))
    assert len(found) <= 256
    for box in found:
        assert box.start >= 8
        assert box.stop <= len(data)
    whole = Box(name=b"", start=0, stop=len(data))
    reached = inside(io.BytesIO(data), whole, b"moov", b"udta", b"meta", b"ilst")
    assert reached is None or reached.stop <= len(data)


@settings(max_examples=60)
@given(box_files())
def test_any_file_has_a_recipe_or_none(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    clip: Path = tmp_path_factory.getbasetemp() / "fuzzed.mp4"
    clip.write_bytes(data)
    assert recipe.read(clip) is None
