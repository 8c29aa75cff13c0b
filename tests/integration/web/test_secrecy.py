import asyncio
import os
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from storage.database import Statement, Value, single
from storage.records import Video
from tests.fakes.reel import OWNER, Reel
from tests.integration.web.asking import MANY, SECRET, Guest, ask


async def change(shelf: Reel, sql: str, **parameters: Value) -> None:
    await shelf.store.write(single(Statement(sql, parameters)))


async def the_404(guest: Guest, path: str, accept: str) -> tuple[object, ...]:
    status, body, headers = await ask(guest, path, Accept=accept)
    assert len(headers.pop("X-Request-Id")) == 16
    headers.pop("Date")
    return status, body, sorted(headers.items())


@pytest.mark.parametrize("accept", ["text/html", "*/*"])
@pytest.mark.parametrize("file", ["", "/video.mp4", "/poster.jpg", "/poster-480.webp"])
async def test_what_never_was_was_taken_back_or_is_gone_looks_alike(
    guest: Guest, shelf: Reel, file: str, accept: str
) -> None:
    revoked, renewed, deleted = [await shelf.add(content=b"x") for _ in range(3)]
    await shelf.videos.revoke(OWNER, revoked.job_id)
    await shelf.videos.renew(OWNER, renewed.job_id)
    await change(shelf, "DELETE FROM video WHERE id = :id", id=deleted.id)
    unknown = await the_404(guest, f"/v/{'u' * 22}{file}", accept)
    assert unknown[0] == 404
    for each in (revoked, renewed, deleted):
        assert await the_404(guest, f"/v/{each.slug}{file}", accept) == unknown
    for odd in ("short", "u" * 23, "%2e%2e", "u" * 21 + "%00", "\u00fc" * 22):
        assert await the_404(guest, f"/v/{quote(odd, safe='%')}{file}", accept) == unknown
    assert await the_404(guest, "/nothing/at/all", accept) == unknown


@pytest.mark.parametrize("trap", ["link", "folder", "pipe", "gone", "above", "absolute"])
async def test_nothing_but_a_regular_file_of_the_folder_is_ever_served(
    guest: Guest, shelf: Reel, video: Video, tmp_path: Path, trap: str
) -> None:
    path, name = shelf.files.videos / video.file, video.file
    path.unlink()
    if trap == "link":
        path.symlink_to(tmp_path / "secret")
    elif trap == "folder":
        path.mkdir()
    elif trap == "pipe":
        os.mkfifo(path)
    elif trap == "above":
        name = "../../secret"
    elif trap == "absolute":
        name = str(tmp_path / "secret")
    await change(shelf, "UPDATE video SET file = :name WHERE id = :id", name=name, id=video.id)
    unknown = await the_404(guest, f"/v/{'u' * 22}/video.mp4", "*/*")
    assert await the_404(guest, f"/v/{video.slug}/video.mp4", "*/*") == unknown


NAMES = [
    *("..", ".", "", "%2e%2e", "%2f", "%5c", "..%2f", "%00", "v", "static", "videos", "secret"),
    *("talkie.db", "video.mp4", "poster.jpg", "poster-480.webp", "poster-99.webp", "SLUG", "FILE"),
]
PRINTED = st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="?#")
PIECES = st.sampled_from(NAMES) | st.text(PRINTED, max_size=12)


@MANY
@given(pieces=st.lists(PIECES, max_size=8))
@example(pieces=["v", "SLUG", "video.mp4"])
@example(pieces=["v", "SLUG", "FILE"])
@example(pieces=["v", "SLUG", "..", "..", "secret"])
@example(pieces=["static", "..%2f..%2fapp.py"])
async def test_no_path_leads_to_anything_but_the_clip_and_its_posters(
    guest: Guest, video: Video, shelf: Reel, pieces: list[str]
) -> None:
    known = {"SLUG": str(video.slug), "FILE": video.file}
    path = "/" + "/".join(known.get(piece, piece) for piece in pieces)
    parts = urlsplit(str(guest._base_url))
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    head, _, body = answer.partition(b"\r\n\r\n")
    assert SECRET not in answer
    assert b"SQLite" not in answer
    if b" 200 " in head.splitlines()[0] and b"/html" not in head:
        served = {each.read_bytes() for each in shelf.files.videos.iterdir()}
        assert (
            body in served | {b"User-agent: *\nDisallow:\n"} or b"live" in body or b"ready" in body
        )


SLUGS = st.text(
    st.sampled_from("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"),
    min_size=22,
    max_size=22,
)


@MANY
@given(
    slug=SLUGS | st.text(PRINTED, max_size=40), file=st.sampled_from(["video.mp4", "poster.jpg"])
)
async def test_any_other_name_of_a_page_is_the_same_404(
    guest: Guest, video: Video, slug: str, file: str
) -> None:
    known = (await the_404(guest, f"/v/{'u' * 22}/{file}", "*/*"))[:2]
    status, body, _ = await ask(guest, f"/v/{quote(slug, safe='')}/{file}")
    assert slug == video.slug or (status, body) == known


@pytest.mark.parametrize("taken_bytes", [0, 1, 100_000])
async def test_a_visitor_who_leaves_leaves_no_trace_in_the_log(
    guest: Guest, shelf: Reel, caplog: pytest.LogCaptureFixture, taken_bytes: int
) -> None:
    video = await shelf.add(content=bytes(30_000_000))
    parts = urlsplit(str(guest._base_url))
    for _ in range(20):
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        writer.write(f"GET /v/{video.slug}/video.mp4 HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        await writer.drain()
        await reader.readexactly(taken_bytes)
        writer.transport.abort()
    assert (await ask(guest, f"/v/{video.slug}/video.mp4", Range="bytes=0-0"))[0] == 206
    assert not caplog.records
