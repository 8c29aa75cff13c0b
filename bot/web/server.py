"""Serving an application on one address for as long as a block lasts."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from bot.errors import SetupError
from bot.web.answers import refusal
from bot.web.middleware import HEADERS

log = logging.getLogger(__name__)

KEEPALIVE_S = 75.0
"""Longer than usual proxies keep idle connections; also bounds how long headers may take."""
LINGER_S = 2.0
"""How long the rest of an unwanted body is read before the connection is cut."""
GRACE_S = 5.0
NOT_HTTP = (HttpProcessingError, web.RequestPayloadError)
BACKLOG = 128


class Door(web.RequestHandler):
    """A connection; what is not HTTP never reaches the application, and is refused alike."""

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Refuse without an echo of what was sent, or the names and versions of what we run."""
        super().handle_error(request, status, exc, message)
        answer = refusal(status)
        # The library would name itself here, where no signal can take that away again.
        answer.headers.update(HEADERS | {"Server": "Talkie"})
        answer.force_close()
        return answer


@asynccontextmanager
async def serving(app: web.Application, *, host: str, port: int) -> AsyncIterator[str]:
    """The origin that is being served; port 0 takes a free one. Raises SetupError."""
    log.addFilter(_without_trace)
    runner = web.AppRunner(app, handle_signals=False, shutdown_timeout=GRACE_S)
    await runner.setup()
    try:
        listener = await _listen(runner, host, port)
        try:
            yield _origin(*listener.sockets[0].getsockname()[:2])
        finally:
            listener.close()
    finally:
        await runner.cleanup()


async def listen_once(*, host: str, port: int) -> str:
    """Try an address without serving anything there: its origin. Raises SetupError."""
    async with serving(web.Application(), host=host, port=port) as origin:
        return origin


async def _listen(runner: web.AppRunner, host: str, port: int) -> asyncio.Server:
    loop, server = asyncio.get_running_loop(), runner.server
    assert server is not None

    def door() -> Door:
        return Door(
            server,
            loop=loop,
            logger=log,
            auto_decompress=False,
            access_log=None,  # type: ignore[arg-type]  # as the library documents it
            keepalive_timeout=KEEPALIVE_S,
            lingering_time=LINGER_S,
        )

    try:
        return await loop.create_server(door, host, port, backlog=BACKLOG)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise SetupError(
            f"The web server cannot listen on {host}, port {port} ({reason}): "
            "set TALKIE_WEB_HOST and TALKIE_WEB_PORT to a free address of this machine"
        ) from error


def _without_trace(record: logging.LogRecord) -> bool:
    """Whoever sends something that is not HTTP shall not fill the log with traces."""
    if record.exc_info and isinstance(record.exc_info[1], NOT_HTTP):
        record.exc_info = None
    return True


def _origin(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
