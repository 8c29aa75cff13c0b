import asyncio
import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.shapes import Shape
from bot.web.sending import SMALL_BYTES
from storage.records import Video
from tests.fakes import reel
from tests.fakes.reel import Reel
from tests.integration.web.asking import CONTENT, MANY, Guest, ask


async def test_the_clip_comes_whole_with_all_that_a_player_needs(
    guest: Guest, video: Video
) -> None:
    status, body, headers = await ask(guest, f"/v/{video.slug}/video.mp4")
    assert (status, body) == (200, CONTENT)
    assert headers["Content-Type"] == "video/mp4"
    assert headers["Content-Length"] == str(len(CONTENT))
    assert headers["Accept-Ranges"] == "bytes"
    disposition = f'inline; filename="talkie-{video.job_id}.mp4"'
    assert headers["Content-Disposition"] == disposition
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert headers["Cache-Control"] == "private, no-cache"
    assert headers["X-Robots-Tag"] == "noindex"
    assert video.file not in str(headers)


async def test_head_tells_the_same_and_sends_nothing(guest: Guest, video: Video) -> None:
    path = f"/v/{video.slug}/video.mp4"
    whole, head = await ask(guest, path), await ask(guest, path, "HEAD", Range="bytes=0-9")
    assert (head[0], head[1]) == (200, b"")
    for own in ("X-Request-Id", "Date"):
        assert head[2].pop(own)
        assert whole[2].pop(own)
    assert head[2] == whole[2]


@MANY
@given(first=st.integers(0, 12_000), length=st.none() | st.integers(1, 12_000))
async def test_a_part_is_the_slice_of_the_file(
    guest: Guest, video: Video, first: int, length: int | None
) -> None:
    last = "" if length is None else str(first + length - 1)
    status, body, headers = await ask(
        guest, f"/v/{video.slug}/video.mp4", Range=f"bytes={first}-{last}"
    )
    wanted = CONTENT[first : None if length is None else first + length]
    if not wanted:
        assert (status, body, headers["Content-Range"]) == (416, b"", f"bytes */{len(CONTENT)}")
        return
    assert (status, body) == (206, wanted)
    told = f"bytes {first}-{first + len(wanted) - 1}/{len(CONTENT)}"
    assert headers["Content-Range"] == told
    assert headers["Content-Length"] == str(len(wanted))


@settings(MANY, max_examples=30)
@given(first=st.integers(0, 3 * SMALL_BYTES), length=st.integers(1, 3 * SMALL_BYTES))
@example(first=0, length=SMALL_BYTES)
@example(first=1, length=SMALL_BYTES + 1)
@example(first=0, length=3 * SMALL_BYTES)
async def test_a_large_part_is_the_slice_of_the_file_as_well(
    guest: Guest, shelf: Reel, first: int, length: int
) -> None:
    content = random.Random(0).randbytes(3 * SMALL_BYTES)
    video = await shelf.add(content=content)
    path = f"/v/{video.slug}/video.mp4"
    assert (await ask(guest, path))[:2] == (200, content)
    status, body, _ = await ask(guest, path, Range=f"bytes={first}-{first + length - 1}")
    wanted = content[first : first + length]
    assert (status, body) == (206 if wanted else 416, wanted)


WORDS = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=40)
ENDS = st.just("") | st.integers(0, 10**20).map(str)
PARTS = st.builds("{}-{}".format, ENDS, ENDS)
RANGES = (
    WORDS
    | WORDS.map("bytes={}".format)
    | st.lists(PARTS, max_size=4).map(lambda parts: f"bytes={', '.join(parts)}")
)


@MANY
@given(header=RANGES, condition=st.just("") | WORDS | WORDS.map('"{}"'.format))
async def test_any_range_header_is_answered_with_bytes_of_the_file(
    guest: Guest, video: Video, header: str, condition: str
) -> None:
    headers = {"Range": header} | ({"If_Range": condition} if condition else {})
    status, body, _ = await ask(guest, f"/v/{video.slug}/video.mp4", **headers)
    assert (status, body) == (200, CONTENT) or (status in {206, 416} and body in CONTENT)


@pytest.mark.parametrize(
    ("header", "part"),
    [("bytes=-100", CONTENT[-100:]), ("bytes=-99999999", CONTENT), ("BYTES=0-0", CONTENT[:1])],
)
async def test_the_end_of_a_file_can_be_asked_for(
    guest: Guest, video: Video, header: str, part: bytes
) -> None:
    answer = await ask(guest, f"/v/{video.slug}/video.mp4", Range=header)
    assert answer[:2] == (206, part)


async def test_several_parts_at_once_are_answered_with_the_whole(
    guest: Guest, video: Video
) -> None:
    answer = await ask(guest, f"/v/{video.slug}/video.mp4", Range="bytes=0-1,5-6")
    assert answer[:2] == (200, CONTENT)


async def test_what_the_visitor_has_is_not_sent_again(guest: Guest, video: Video) -> None:
    path = f"/v/{video.slug}/video.mp4"
    _, _, first = await ask(guest, path)
    etag, modified = first["ETag"], first["Last-Modified"]
    for condition in (
        {"If_None_Match": etag},
        {"If_None_Match": f'"other", W/{etag}'},
        {"If_None_Match": "*"},
        {"If_Modified_Since": modified},
        {"If_None_Match": etag, "Range": "bytes=0-1"},
    ):
        status, body, headers = await ask(guest, path, **condition)
        assert (status, body) == (304, b""), condition
        assert headers["ETag"] == etag
        assert "Content-Range" not in headers
        assert headers["Cache-Control"] == first["Cache-Control"]
    for condition in (
        {"If_None_Match": '"other"'},
        {"If_None_Match": '"other"', "If_Modified_Since": modified},
        {"If_Modified_Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"If_Modified_Since": "nonsense"},
        {"If_Match": etag},
    ):
        assert (await ask(guest, path, **condition))[:2] == (200, CONTENT), condition


async def test_what_was_meant_but_is_not_there_any_more_is_refused(
    guest: Guest, video: Video
) -> None:
    path = f"/v/{video.slug}/video.mp4"
    assert (await ask(guest, path, If_Match='"other"'))[0] == 412
    past = "Thu, 01 Jan 1970 00:00:00 GMT"
    assert (await ask(guest, path, If_Unmodified_Since=past))[0] == 412


async def test_a_part_is_sent_only_of_the_very_file_the_visitor_began_with(
    guest: Guest, video: Video
) -> None:
    path = f"/v/{video.slug}/video.mp4"
    _, _, first = await ask(guest, path)
    for same in (first["ETag"], first["Last-Modified"]):
        answer = await ask(guest, path, Range="bytes=1-2", If_Range=same)
        assert answer[:2] == (206, CONTENT[1:3])
    others = ['"other"', f"W/{first['ETag']}", "Fri, 01 Jan 2100 00:00:00 GMT", "nonsense"]
    for other in others:
        answer = await ask(guest, path, Range="bytes=1-2", If_Range=other)
        assert answer[:2] == (200, CONTENT), other


async def test_posters_come_in_the_widths_of_their_slots_and_are_made_once(
    guest: Guest, video: Video, shelf: Reel
) -> None:
    status, body, headers = await ask(guest, f"/v/{video.slug}/poster.jpg")
    assert (status, headers["Content-Type"]) == (200, "image/jpeg")
    assert body == reel.poster(Shape.WIDE)
    status, small, headers = await ask(guest, f"/v/{video.slug}/poster-480.webp")
    assert (status, headers["Content-Type"], small[8:12]) == (200, "image/webp", b"WEBP")
    assert len(small) < 25_000
    assert headers["Content-Disposition"].endswith(f'"talkie-{video.job_id}.webp"')
    asked = [ask(guest, f"/v/{video.slug}/poster-960.webp") for _ in range(4)]
    assert {answer[0] for answer in await asyncio.gather(*asked)} == {200}
    assert (await ask(guest, f"/v/{video.slug}/poster-480.webp"))[2]["ETag"] == headers["ETag"]
    assert len(list(shelf.files.videos.iterdir())) == 4


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("If-Range", "Sun, 06 Nov 1994 08:49:37 +99999999999999999999"),
        ("If-Modified-Since", "Sun, 06 Nov 99999999999999999999 08:49:37 GMT"),
        ("If-Unmodified-Since", "Sun, 06 Nov 99999999999999999999 08:49:37 GMT"),
    ],
)
async def test_a_date_that_no_calendar_has_is_ignored(
    guest: Guest, shelf: Reel, name: str, value: str
) -> None:
    video = await shelf.add(content=b"clip")
    assert (await ask(guest, f"/v/{video.slug}/video.mp4", **{name: value}))[0] == 200
