"""One request and its answer: what was certainly not sent is told from what may have arrived."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from types import MappingProxyType
from typing import Any

import aiohttp

from bot.deapi import limits
from bot.deapi.answers import Answer, check
from bot.deapi.bodies import Body
from bot.deapi.errors import Ambiguous, BadResponse, DeapiError, NoAnswer, Unreachable
from bot.deapi.limits import RateLimits
from bot.deapi.retry import Timing

CONNECT_S = 15
READ_TIMES = aiohttp.ClientTimeout(total=45, sock_connect=CONNECT_S)
SUBMIT_TIMES = aiohttp.ClientTimeout(total=150, sock_connect=CONNECT_S, sock_read=60)
LARGEST_ANSWER = 8 * 1024 * 1024


class Wire:
    """Sends requests with the key; a submit gets a connection of its own.

    A reused connection may be closed by the server in the very moment a request is written, and
    then nobody knows whether it was read. A fresh one makes that rare.
    """

    def __init__(
        self,
        base_url: str,
        headers: Mapping[str, str],
        timing: Timing,
        session: aiohttp.ClientSession | None,
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._headers = {"Accept": "application/json", **headers}
        self._timing = timing
        self._reads = session
        self._owns_reads = session is None
        self._submits: aiohttp.ClientSession | None = None
        self._is_closed = False
        self._limits: dict[str, RateLimits] = {}
        self.observers: list[Callable[[str, RateLimits], None]] = []
        """Told of every allowance as it comes, with the name it goes by."""

    @property
    def limits(self) -> Mapping[str, RateLimits]:
        """The last allowance each path told of; all jobs share the path `jobs`."""
        return MappingProxyType(self._limits)

    async def read(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: Body | None = None,
    ) -> Answer:
        """Ask for something that has no effect; raises any DeapiError but Ambiguous."""
        self._refuse_late()
        if self._reads is None:
            self._reads = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        options: dict[str, Any] = {"timeout": READ_TIMES, "params": query}
        try:
            return await self._send(self._reads, method, path, body, options)
        except _Interrupted as error:
            raise NoAnswer(str(error)) from error

    async def submit(self, path: str, body: Body) -> Answer:
        """Send what must not be sent twice; raises Ambiguous where it may have arrived."""
        self._refuse_late()
        if self._submits is None:
            connector = aiohttp.TCPConnector(force_close=True)
            self._submits = aiohttp.ClientSession(
                connector=connector, cookie_jar=aiohttp.DummyCookieJar()
            )
        try:
            return await self._send(
                self._submits, "POST", path, body, {"timeout": SUBMIT_TIMES}, is_submit=True
            )
        except (_Interrupted, BadResponse) as error:
            raise Ambiguous(str(error)) from error

    async def close(self) -> None:
        """Close the connections; a session that was handed in stays open.

        Whoever asks afterwards hears Unreachable, and nothing was sent.
        """
        self._is_closed = True
        if self._submits:
            await self._submits.close()
        if self._reads and self._owns_reads:
            await self._reads.close()

    def _refuse_late(self) -> None:
        # A session that is opened now would be closed by nobody.
        if self._is_closed:
            raise Unreachable("closed")

    async def _send(
        self,
        session: aiohttp.ClientSession,
        method: str,
        path: str,
        body: Body | None,
        options: dict[str, Any],
        *,
        is_submit: bool = False,
    ) -> Answer:
        with ExitStack() as stack:
            sent = await body.open(stack) if body else {}
            try:
                async with session.request(
                    method,
                    f"{self._base_url}/{path}",
                    headers=self._headers,
                    allow_redirects=False,
                    **options,
                    **sent,
                ) as response:
                    answer = await _receive(response)
            except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
                raise Unreachable(_name(error)) from error
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                raise _Interrupted(_name(error)) from error
        self._note(path, answer)
        check(answer, is_submit=is_submit, now_s=self._timing.now_s())
        return answer

    def _note(self, path: str, answer: Answer) -> None:
        told = limits.read(answer.headers)
        if told:
            name = limits.JOBS if path.startswith("api/v2/jobs/") else path
            self._limits[name] = told
            for observer in self.observers:
                observer(name, told)


class _Interrupted(DeapiError):
    """The request may have left, and no whole answer came."""


async def _receive(response: aiohttp.ClientResponse) -> Answer:
    try:
        body = await _read_body(response)
    except (aiohttp.ClientError, TimeoutError, OSError):
        # The status of a refusal says enough, whatever happened to its text.
        if not 400 <= response.status < 500:
            raise
        body = b""
    return Answer(status=response.status, headers=response.headers, body=body)


async def _read_body(response: aiohttp.ClientResponse) -> bytes:
    pieces = bytearray()
    async for piece in response.content.iter_chunked(65_536):
        pieces += piece
        if len(pieces) > LARGEST_ANSWER:
            raise BadResponse("an answer of more than 8 MiB")
    return bytes(pieces)


def _name(error: BaseException) -> str:
    """The kind of a network error alone: its text may hold a link."""
    return "no answer in time" if isinstance(error, asyncio.TimeoutError) else type(error).__name__
