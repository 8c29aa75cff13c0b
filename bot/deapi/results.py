"""Downloading a result: https to public addresses only, without the key, whole or not at all."""

import asyncio
import io
import ipaddress
import os
import secrets
import socket
from pathlib import Path

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from yarl import URL

from bot.deapi.errors import (
    BadResponse,
    LinkExpired,
    NoAnswer,
    RateLimited,
    ServerError,
    TooLarge,
    Unreachable,
    UnsafeLink,
)
from bot.deapi.limits import MINUTE_S

CHUNK = 256 * 1024
TIMES = aiohttp.ClientTimeout(total=600, sock_connect=15, sock_read=30)
TUNNELS = tuple(
    ipaddress.ip_network(net)
    for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
)
"""Global addresses that carry an IPv4 address inside, which may be a private one."""


def is_loopback(url: str) -> bool:
    """Whether a URL's host is this machine."""
    host = URL(url).host or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet."""
    found = ipaddress.ip_address(address)
    return found.is_global and not found.is_multicast and not any(found in net for net in TUNNELS)


class PublicResolver(AbstractResolver):
    """Resolves names and refuses them when any of their addresses is not public."""

    def __init__(self, inner: AbstractResolver | None = None) -> None:
        self._inner = inner or ThreadedResolver()
        self.has_refused = False

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """The addresses to connect to; these very ones were checked."""
        found = await self._inner.resolve(host, port, family)
        if not all(is_public(one["host"]) for one in found):
            self.has_refused = True
            raise OSError("an address that is not public")
        return found

    async def close(self) -> None:
        """Close the resolver underneath."""
        await self._inner.close()


class Downloader:
    """Fetches results; `allow_local` is for a deAPI that runs on this machine."""

    def __init__(
        self, *, user_agent: str, allow_local: bool, resolver: AbstractResolver | None = None
    ) -> None:
        self._headers = {"User-Agent": user_agent, "Accept-Encoding": "identity"}
        self._allow_local = allow_local
        self._resolver = resolver

    async def fetch(self, link: str, target: Path, *, max_bytes: int) -> int:
        """Write what the link holds to `target` in one step; answers its size in bytes."""
        url = self._checked(link)
        guard = PublicResolver(self._resolver)
        connector = (
            aiohttp.TCPConnector() if self._allow_local else aiohttp.TCPConnector(resolver=guard)
        )
        try:
            async with (
                aiohttp.ClientSession(
                    connector=connector, timeout=TIMES, cookie_jar=aiohttp.DummyCookieJar()
                ) as session,
                session.get(url, headers=self._headers, allow_redirects=False) as response,
            ):
                _check(response, max_bytes)
                return await _save(response, target, max_bytes)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            if guard.has_refused:
                raise UnsafeLink("a host of a private network") from None
            raise Unreachable(type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError) as error:
            # The text of these errors may hold the signed link, so it goes no further.
            raise NoAnswer(type(error).__name__) from None

    def _checked(self, link: str) -> URL:
        try:
            url = URL(link)
            host = url.host or ""
        except ValueError:
            raise UnsafeLink("not a link") from None
        if not host or url.user or url.scheme not in {"https", "http"}:
            raise UnsafeLink("not a plain web link")
        if self._allow_local:
            return url
        if url.scheme != "https":
            raise UnsafeLink("not https")
        try:
            public = is_public(host)
        except ValueError:
            return url
        if not public:
            raise UnsafeLink("an address of a private network")
        return url


def _check(response: aiohttp.ClientResponse, max_bytes: int) -> None:
    status = response.status
    if 300 <= status < 400:
        raise UnsafeLink("the link leads elsewhere")
    if status in {401, 403, 404, 410}:
        raise LinkExpired(f"status {status}")
    if status == 429:
        raise RateLimited(MINUTE_S, daily=False)
    if status >= 500:
        raise ServerError(f"status {status}")
    if status != 200:
        raise BadResponse(f"status {status}")
    if (response.content_length or 0) > max_bytes:
        raise TooLarge(f"{response.content_length} bytes")


async def _save(response: aiohttp.ClientResponse, target: Path, max_bytes: int) -> int:
    partial = target.with_name(f".{target.name}.{secrets.token_hex(8)}.part")
    size = 0
    file = await asyncio.to_thread(partial.open, "xb")
    try:
        async for piece in response.content.iter_chunked(CHUNK):
            size += len(piece)
            if size > max_bytes:
                raise TooLarge(f"more than {max_bytes} bytes")
            await asyncio.to_thread(file.write, piece)
        if not size:
            raise BadResponse("an empty result")
        await asyncio.to_thread(_seal, file, partial, target)
    finally:
        await asyncio.to_thread(_discard, file, partial)
    return size


def _seal(file: io.BufferedWriter, partial: Path, target: Path) -> None:
    file.flush()
    os.fsync(file.fileno())
    file.close()
    partial.replace(target)
    directory = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _discard(file: io.BufferedWriter, partial: Path) -> None:
    file.close()
    partial.unlink(missing_ok=True)
