import asyncio
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.deapi import errors
from bot.deapi.client import Client
from bot.deapi.results import Downloader
from bot.deapi.retry import Policy
from tests.fakes.deapi.behaviour import JobFault
from tests.fakes.deapi.server import StandIn
from tests.integration.deapi.clips import AGENT, finished


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_a_result_is_written_whole_and_without_the_key(
    stand_in: StandIn, client: Client, tmp_path: Path
) -> None:
    handle = await finished(stand_in, client)
    link = (await client.job(handle)).result_url
    assert link
    target = tmp_path / "clip.mp4"
    size = await client.download(link, target)
    content = target.read_bytes()
    assert (content[4:8], len(content)) == (b"ftyp", size)
    with pytest.raises(errors.TooLarge):
        await client.download(link, target, max_bytes=size - 1)
    assert target.read_bytes() == content
    stand_in.expire_links()
    with pytest.raises(errors.LinkExpired):
        await client.download(link, target)
    assert names_in(tmp_path) == ["clip.mp4"]


@pytest.mark.parametrize(
    ("fault", "error"),
    [(JobFault.TRUNCATED, errors.NoAnswer), (JobFault.OVERSIZED, errors.TooLarge)],
)
async def test_a_result_that_does_not_come_whole_leaves_nothing_behind(
    stand_in: StandIn,
    client: Client,
    tmp_path: Path,
    fault: JobFault,
    error: type[errors.DeapiError],
) -> None:
    stand_in.faults.plan_job(fault)
    stand_in.behaviour.oversized_bytes = 2_000_000
    link = (await client.job(await finished(stand_in, client))).result_url
    assert link
    with pytest.raises(error) as caught:
        await client.download(link, tmp_path / "clip.mp4", max_bytes=1_000_000)
    assert "Signature" not in repr(caught.value.__cause__) + str(caught.value)
    assert names_in(tmp_path) == []


class OneAddress(AbstractResolver):
    """Answers every name with one address."""

    def __init__(self, address: str) -> None:
        self._address = address

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        del family
        version = socket.AF_INET6 if ":" in self._address else socket.AF_INET
        return [
            ResolveResult(
                hostname=host, host=self._address, port=port, family=version, proto=0, flags=0
            )
        ]

    async def close(self) -> None:
        """Nothing is open."""


@pytest.mark.parametrize(
    "link",
    [
        "http://results.deapi.ai/1/a.mp4",
        "https://127.0.0.1/a.mp4",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/a.mp4",
        "https://[::ffff:10.0.0.1]/a.mp4",
        "https://[64:ff9b::a00:1]/a.mp4",
        "https://user:word@results.deapi.ai/a.mp4",
        "file:///etc/passwd",
        "https://",
        "no link",
        "https://[broken/a.mp4",
    ],
)
async def test_a_link_to_a_private_place_is_not_followed(link: str, tmp_path: Path) -> None:
    downloader = Downloader(user_agent=AGENT, allow_local=False)
    with pytest.raises(errors.UnsafeLink):
        await downloader.fetch(link, tmp_path / "a.mp4", max_bytes=1000)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "fe80::1", "::1"])
async def test_a_name_that_leads_to_a_private_address_is_not_followed(
    address: str, tmp_path: Path
) -> None:
    downloader = Downloader(user_agent=AGENT, allow_local=False, resolver=OneAddress(address))
    with pytest.raises(errors.UnsafeLink):
        await downloader.fetch("https://results.example/a", tmp_path / "a.mp4", max_bytes=1000)


async def serving(
    answer: Callable[[web.Request], Awaitable[web.StreamResponse]],
) -> tuple[web.AppRunner, str]:
    app = web.Application()
    app.router.add_get("/{any:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}"


async def test_a_result_that_leads_elsewhere_or_is_empty_is_refused(tmp_path: Path) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        if request.path == "/elsewhere":
            raise web.HTTPFound("/empty")
        return web.Response(body=b"")

    runner, url = await serving(answer)
    downloader = Downloader(user_agent=AGENT, allow_local=True)
    with pytest.raises(errors.UnsafeLink):
        await downloader.fetch(f"{url}/elsewhere", tmp_path / "a.mp4", max_bytes=1000)
    with pytest.raises(errors.BadResponse):
        await downloader.fetch(f"{url}/empty", tmp_path / "a.mp4", max_bytes=1000)
    assert names_in(tmp_path) == []
    await runner.cleanup()


async def test_a_download_that_is_cancelled_leaves_nothing_behind(tmp_path: Path) -> None:
    begun = asyncio.Event()
    end = asyncio.Event()

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(bytes(1000))
        begun.set()
        await end.wait()
        return response

    runner, url = await serving(answer)
    downloader = Downloader(user_agent=AGENT, allow_local=True)
    task = asyncio.create_task(downloader.fetch(url, tmp_path / "a.mp4", max_bytes=10_000))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert names_in(tmp_path) == []
    end.set()
    await runner.cleanup()


async def test_an_endless_answer_is_cut_off() -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "application/json"})
        await response.prepare(request)
        for _ in range(200):
            await response.write(b" " * 65_536)
        return response

    runner, url = await serving(answer)
    policy = Policy(attempts=1)
    async with Client("k", user_agent=AGENT, base_url=url, policy=policy) as client:
        with pytest.raises(errors.BadResponse):
            await client.balance()
    await runner.cleanup()
