"""deAPI's socket: progress of all jobs of the account, for as long as anybody listens.

It tells neither that a job waits nor that it failed, and nothing is told again after a gap: what
counts is read from the job. A listener that does without it loses a progress bar, nothing more.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import dataclass

import aiohttp
from yarl import URL

from bot.deapi import pusher
from bot.deapi.answers import decode
from bot.deapi.bodies import Body
from bot.deapi.client import BASE_URL
from bot.deapi.errors import (
    BadResponse,
    Blocked,
    ChannelRefused,
    DeapiError,
    NoAnswer,
    RateLimited,
    Suspended,
    Transient,
    Unreachable,
)
from bot.deapi.pusher import Asked, Complaint, Denied, Frame, Greeting, Noise, Progress, Subscribed
from bot.deapi.results import is_loopback
from bot.deapi.retry import Timing
from bot.deapi.wire import Wire

SOCKET_URL = "wss://soketi.deapi.ai/app/depin-api-prod-key"
LARGEST_FRAME = 1024 * 1024
MOST_DOUBLINGS = 16
NAME, VERSION = "talkie", "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How long the peer may take, and how soon a lost connection is opened again."""

    answer_s: float = 10.0
    silence_s: float = 30.0
    """After this long without a frame we ask; the peer may ask us to do it sooner."""
    goodbye_s: float = 2.0
    first_delay_s: float = 1.0
    longest_delay_s: float = 120.0
    """Also how long a connection must hold before the next delay is a short one again."""

    def delay_s(self, failures: int, chance: float) -> float:
        """Seconds until the next attempt: doubled each time, spread over the upper half."""
        doubled_s = self.first_delay_s * 2.0 ** min(failures - 1, MOST_DOUBLINGS)
        return min(doubled_s, self.longest_delay_s) * (1 + chance) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where the news of one account come from; the dashboard tells its client id."""

    client_id: int
    socket_url: str = SOCKET_URL
    base_url: str = BASE_URL


@dataclass(frozen=True, slots=True)
class Ended:
    """The last news: connecting again would end the same way."""

    error: DeapiError


class Push:
    """Listens to the channel of one account; one listener at a time."""

    def __init__(
        self,
        key: str,
        address: Address,
        *,
        user_agent: str,
        pace: Pace | None = None,
        timing: Timing | None = None,
    ) -> None:
        for url, scheme in ((address.socket_url, "wss"), (address.base_url, "https")):
            if URL(url).scheme != scheme and not is_loopback(url):
                raise ValueError("deAPI is spoken to over TLS alone.")
        query = {"protocol": pusher.PROTOCOL, "client": NAME, "version": VERSION}
        self._url = URL(address.socket_url).update_query(query)
        self._channel = f"private-client.{address.client_id}"
        self._agent = {"User-Agent": user_agent}
        self._auth = {"Authorization": f"Bearer {key}", **self._agent}
        self._base_url = address.base_url
        self._pace = pace or Pace()
        self._timing = timing or Timing()
        self._joined_s: float | None = None
        self.ignored = 0
        """How many frames said nothing we understand."""
        self.lost = 0
        """How many connections failed or broke."""

    @property
    def is_joined(self) -> bool:
        """Whether news would arrive right now."""
        return self._joined_s is not None

    async def listen(self) -> AsyncGenerator[Progress | Ended, None]:
        """News of jobs, connecting again as often as need be; ends after an `Ended`.

        Nothing the peer does is raised. Close it when done (`contextlib.aclosing`).
        """
        failures = 0
        while True:
            trouble: DeapiError = NoAnswer("the socket ended")
            try:
                async with aclosing(self._connection()) as news:
                    async for progress in news:
                        yield progress
            except (DeapiError, aiohttp.ClientError, OSError) as error:
                trouble = _named(error)
            finally:
                joined_s, self._joined_s = self._joined_s, None
            self.lost += 1
            if not _may_pass(trouble):
                yield Ended(trouble)
                return
            held = joined_s is not None and (
                self._timing.clock_s() - joined_s >= self._pace.longest_delay_s
            )
            failures = 1 if held else failures + 1
            delay_s = self._pace.delay_s(failures, self._timing.chance())
            if isinstance(trouble, RateLimited):
                delay_s = max(delay_s, trouble.retry_after_s)
            await self._timing.sleep(delay_s)

    async def _connection(self) -> AsyncGenerator[Progress, None]:
        """News of one connection; always ends by an error."""
        async with self._opened() as socket:
            silence_s = await self._join(socket)
            self._joined_s = self._timing.clock_s()
            while True:
                frame = await self._hear(socket, silence_s)
                if isinstance(frame, Progress):
                    yield frame

    @asynccontextmanager
    async def _opened(self) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
        async with aiohttp.ClientSession(
            headers=self._agent,
            cookie_jar=aiohttp.DummyCookieJar(),
            middlewares=(self._stay,),
        ) as session:
            async with asyncio.timeout(self._pace.answer_s):
                socket = await session.ws_connect(self._url, max_msg_size=LARGEST_FRAME)
            try:
                yield socket
            finally:
                # A peer that never stops talking would keep a polite goodbye waiting for ever.
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._pace.goodbye_s):
                        await socket.close()

    async def _stay(
        self, request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
    ) -> aiohttp.ClientResponse:
        """Follow no redirect: the address is the one that was set up."""
        if request.url.host != self._url.host or request.url.port != self._url.port:
            raise aiohttp.ClientConnectionError("the socket leads elsewhere")
        return await handler(request)

    async def _join(self, socket: aiohttp.ClientWebSocketResponse) -> float:
        """Be greeted, be let in and subscribe; answers how long silence is normal."""
        async with asyncio.timeout(self._pace.answer_s):
            while not isinstance(greeting := await self._hear(socket), Greeting):
                pass
        await self._send(
            socket, pusher.subscribe(self._channel, await self._permit(greeting.socket_id))
        )
        async with asyncio.timeout(self._pace.answer_s):
            while not isinstance(await self._hear(socket), Subscribed):
                pass
        return min(float(greeting.activity_s), self._pace.silence_s)

    async def _permit(self, socket_id: str) -> str:
        wire = Wire(self._base_url, self._auth, self._timing, None)
        body = Body(fields={"socket_id": socket_id, "channel_name": self._channel})
        try:
            answer = await wire.read("POST", "broadcasting/auth", body=body)
        except Suspended as error:
            raise ChannelRefused(f"{self._channel} is not a channel of this key") from error
        finally:
            await wire.close()
        return decode(answer, pusher.Auth).auth

    async def _hear(
        self, socket: aiohttp.ClientWebSocketResponse, silence_s: float | None = None
    ) -> Frame:
        """The next frame; a silent peer is asked once whether it is there."""
        text = await _receive(socket, silence_s)
        if text is None:
            await self._send(socket, pusher.ping())
            text = await _receive(socket, self._pace.answer_s)
        if text is None:
            raise NoAnswer("the socket fell silent")
        frame = pusher.read(text, self._channel)
        match frame:
            case Asked():
                await self._send(socket, pusher.pong())
            case Noise():
                self.ignored += 1
            case Denied():
                raise ChannelRefused(f"{self._channel} was denied")
            case Complaint(code) if code:
                raise _closed(code)
        return frame

    async def _send(self, socket: aiohttp.ClientWebSocketResponse, text: str) -> None:
        async with asyncio.timeout(self._pace.answer_s):
            await socket.send_str(text)


async def _receive(socket: aiohttp.ClientWebSocketResponse, timeout_s: float | None) -> str | None:
    """The next text (an empty one for bytes); None where nothing came in time."""
    try:
        async with asyncio.timeout(timeout_s):
            message = await socket.receive()
    except TimeoutError:
        return None
    if message.type is aiohttp.WSMsgType.TEXT:
        return str(message.data)
    if message.type is aiohttp.WSMsgType.BINARY:
        return ""
    raise _closed(socket.close_code or 0)


def _closed(code: int) -> DeapiError:
    if pusher.is_final(code):
        return ChannelRefused(f"the socket ended with code {code}")
    return NoAnswer(f"the socket ended with code {code}")


def _named(error: DeapiError | aiohttp.ClientError | OSError) -> DeapiError:
    return error if isinstance(error, DeapiError) else Unreachable(type(error).__name__)


def _may_pass(error: DeapiError) -> bool:
    """Whether another attempt makes sense; a wall in front of deAPI may open again."""
    return isinstance(error, Transient | BadResponse | Blocked)
