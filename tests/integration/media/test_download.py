import asyncio
import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.media.download import Downloader
from bot.media.reasons import MediaError, Reason

BODY = bytes(range(256)) * 4000


STOP = web.AppKey("STOP", asyncio.Event)


async def good(_: web.Request) -> web.Response:
    return web.Response(body=BODY)


async def empty(_: web.Request) -> web.Response:
    return web.Response()


async def failing(_: web.Request) -> web.Response:
    return web.Response(status=503)


async def packed(_: web.Request) -> web.Response:
    return web.Response(body=gzip.compress(bytes(5_000_000)), headers={"Content-Encoding": "gzip"})


async def moved(_: web.Request) -> web.Response:
    raise web.HTTPFound("/good")


async def unmeasured(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    response.enable_chunked_encoding()
    await response.prepare(request)
    await response.write(BODY)
    return response


async def stalling(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    await response.write(BODY)
    await request.app[STOP].wait()
    return response


async def broken(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": str(len(BODY))})
    await response.prepare(request)
    await response.write(BODY[:100])
    assert request.transport is not None
    request.transport.close()
    return response


@pytest.fixture
async def served() -> AsyncIterator[str]:
    """A host of files on this machine, some of them ill-behaved."""
    app = web.Application()
    app[STOP] = asyncio.Event()
    for handler in (good, empty, failing, packed, moved, unmeasured, stalling, broken):
        app.router.add_get(f"/{handler.__name__}", handler)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    yield f"http://{host}:{port}"
    app[STOP].set()
    await runner.cleanup()


async def fetch(
    url: str,
    target: Path,
    *,
    loopback: bool = True,
    max_bytes: int = 2_000_000,
    timeout_s: float = 5,
    declared_bytes: int | None = None,
) -> int:
    async with aiohttp.ClientSession() as session:
        return await Downloader(session, loopback=loopback).fetch(
            url, target, max_bytes=max_bytes, timeout_s=timeout_s, declared_bytes=declared_bytes
        )


@pytest.mark.parametrize("path", ["/good", "/unmeasured"])
@pytest.mark.parametrize("declared_bytes", [None, 1, len(BODY)])
async def test_a_file_arrives_whole_whatever_size_was_declared(
    path: str, declared_bytes: int | None, served: str, out: Path
) -> None:
    target = out / "file"
    size = await fetch(served + path, target, declared_bytes=declared_bytes)
    assert size == len(BODY)
    assert target.read_bytes() == BODY


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/moved", Reason.FORBIDDEN_HOST),
        ("/missing", Reason.GONE),
        ("/failing", Reason.GONE),
        ("/broken", Reason.GONE),
        ("/packed", Reason.GONE),
        ("/empty", Reason.EMPTY),
    ],
)
async def test_what_cannot_be_had_is_refused_and_leaves_nothing(
    path: str, reason: Reason, served: str, out: Path
) -> None:
    with pytest.raises(MediaError) as refusal:
        await fetch(served + path, out / "file")
    assert refusal.value.reason is reason
    assert not (out / "file").exists()


@pytest.mark.parametrize("path", ["/good", "/unmeasured"])
async def test_a_file_that_is_too_big_is_refused(path: str, served: str, out: Path) -> None:
    with pytest.raises(MediaError) as refusal:
        await fetch(served + path, out / "file", max_bytes=500_000)
    assert refusal.value.reason is Reason.TOO_BIG
    assert not (out / "file").exists()


async def test_a_declared_size_alone_can_refuse_without_asking_the_host(out: Path) -> None:
    with pytest.raises(MediaError) as refusal:
        await fetch("http://127.0.0.1:9/x", out / "file", max_bytes=10, declared_bytes=11)
    assert refusal.value.reason is Reason.TOO_BIG
    assert refusal.value.facts == {"bytes": 11, "limit_bytes": 10}


async def test_a_host_that_stalls_is_given_up(served: str, out: Path) -> None:
    with pytest.raises(MediaError) as refusal:
        await fetch(f"{served}/stalling", out / "file", timeout_s=0.3)
    assert refusal.value.reason is Reason.SLOW
    assert not (out / "file").exists()


async def test_a_full_disk_is_not_said_to_be_discord_s_fault(served: str, out: Path) -> None:
    (out / "file").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left"):
        await fetch(f"{served}/good", out / "file")
    assert not (out / "file").is_symlink()


async def test_nobody_at_the_address_means_gone(out: Path, unused_tcp_port: int) -> None:
    with pytest.raises(MediaError) as refusal:
        await fetch(f"http://127.0.0.1:{unused_tcp_port}/x", out / "file")
    assert refusal.value.reason is Reason.GONE


@pytest.mark.parametrize(
    "url",
    [
        "http://cdn.discordapp.com/attachments/1/2/a.ogg",
        "https://cdn.discordapp.com:8443/a.ogg",
        "https://user@cdn.discordapp.com/a.ogg",
        "https://user:word@cdn.discordapp.com/a.ogg",
        "https://cdn.discordapp.com.example.org/a.ogg",
        "https://cdn.discordapp.com@example.org/a.ogg",
        "https://example.org/cdn.discordapp.com",
        "https://127.0.0.1/a.ogg",
        "http://10.0.0.1/a.ogg",
        "http://169.254.169.254/latest/meta-data",
        "http://[::ffff:7f00:1]/a.ogg",
        "file:///etc/passwd",
        "ftp://cdn.discordapp.com/a.ogg",
        "//cdn.discordapp.com/a.ogg",
        "https://[cdn.discordapp.com/a.ogg",
        "https://cdn.discordapp.com:99999/a.ogg",
        "",
    ],
)
async def test_only_discord_s_own_hosts_are_asked(url: str, out: Path) -> None:
    with pytest.raises(MediaError) as refusal:
        await fetch(url, out / "file")
    assert refusal.value.reason is Reason.FORBIDDEN_HOST


async def test_this_machine_is_asked_only_where_that_is_allowed(served: str, out: Path) -> None:
    with pytest.raises(MediaError) as refusal:
        await fetch(f"{served}/good", out / "file", loopback=False)
    assert refusal.value.reason is Reason.FORBIDDEN_HOST


async def test_a_cancelled_download_leaves_nothing(served: str, out: Path) -> None:
    task = asyncio.create_task(fetch(f"{served}/stalling", out / "file"))
    await asyncio.wait({task}, timeout=0.2)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not (out / "file").exists()
