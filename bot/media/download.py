"""Fetching an attachment: from Discord's own hosts only, within a size and a time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from yarl import URL

from bot.media import files
from bot.media.reasons import MediaError, Reason
from bot.media.threads import to_end

_HOSTS = frozenset({"cdn.discordapp.com", "media.discordapp.net"})
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_CHUNK_BYTES = 256 * 1024


class Downloader:
    """Streams files to disk; `loopback` also allows plain HTTP to this machine."""

    def __init__(self, session: aiohttp.ClientSession, *, loopback: bool) -> None:
        self._session = session
        self._loopback = loopback

    async def fetch(
        self,
        url: str,
        target: Path,
        *,
        max_bytes: int,
        timeout_s: float,
        declared_bytes: int | None,
    ) -> int:
        """Write the file to `target` and return its size in bytes.

        `declared_bytes` is what the message says: it can refuse a file early, and is not trusted.
        Raises MediaError (FORBIDDEN_HOST, GONE, SLOW, TOO_BIG, EMPTY), or OSError if it cannot be
        written; then no file is left.
        """
        address = self._checked(url)
        _refuse_beyond(max_bytes, declared_bytes)
        try:
            async with asyncio.timeout(timeout_s):
                return await self._stream(address, target, max_bytes)
        except BaseException as error:
            _remove(target)
            if isinstance(error, TimeoutError):
                raise MediaError(Reason.SLOW, "download took too long") from error
            if isinstance(error, aiohttp.ClientError):
                raise MediaError(Reason.GONE, type(error).__name__) from error
            raise

    def _checked(self, url: str) -> URL:
        try:
            address = URL(url)
            port = address.port
        except ValueError as error:
            raise MediaError(Reason.FORBIDDEN_HOST, "not an address") from error
        discord = address.scheme == "https" and address.host in _HOSTS and port == 443
        here = self._loopback and address.scheme == "http" and address.host in _LOOPBACK
        if not (discord or here) or address.user is not None or address.password is not None:
            raise MediaError(Reason.FORBIDDEN_HOST, "not one of Discord's file hosts")
        return address

    async def _stream(self, address: URL, target: Path, max_bytes: int) -> int:
        # A body that unpacks to more than was sent would pass by the byte cap of the wire.
        headers = {"Accept-Encoding": "identity"}
        async with self._session.get(address, allow_redirects=False, headers=headers) as response:
            if 300 <= response.status < 400:
                raise MediaError(Reason.FORBIDDEN_HOST, "redirected", status=response.status)
            if response.status != 200:
                raise MediaError(Reason.GONE, "no file there", status=response.status)
            if response.headers.get("Content-Encoding", "identity") != "identity":
                raise MediaError(Reason.GONE, "packed although not asked for")
            _refuse_beyond(max_bytes, response.content_length)
            return await _write(response.content, target, max_bytes)


async def _write(content: aiohttp.StreamReader, target: Path, max_bytes: int) -> int:
    size = 0
    async with files.opened(target, "wb") as file:
        async for chunk in content.iter_chunked(_CHUNK_BYTES):
            size += len(chunk)
            _refuse_beyond(max_bytes, size)
            await to_end(file.write, chunk)
    if size == 0:
        raise MediaError(Reason.EMPTY, "no bytes")
    return size


def _refuse_beyond(max_bytes: int, size: int | None) -> None:
    if size is not None and size > max_bytes:
        raise MediaError(Reason.TOO_BIG, "too many bytes", bytes=size, limit_bytes=max_bytes)


def _remove(target: Path) -> None:
    """At once rather than in a thread, because a cancelled task may not wait."""
    target.unlink(missing_ok=True)


@asynccontextmanager
async def opened(*, user_agent: str, loopback: bool) -> AsyncIterator[Downloader]:
    """A downloader with a session of its own."""
    async with aiohttp.ClientSession(headers={"User-Agent": user_agent}) as session:
        yield Downloader(session, loopback=loopback)
