"""Serving an application on one address for as long as a block lasts."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from bot.errors import SetupError

log = logging.getLogger(__name__)

KEEPALIVE_S = 75.0
"""Longer than usual proxies keep idle connections; also bounds how long headers may take."""
LINGER_S = 2.0
"""How long the rest of an unwanted body is read before the connection is cut."""
GRACE_S = 5.0
NOT_HTTP = (HttpProcessingError, web.RequestPayloadError)


@asynccontextmanager
async def serving(app: web.Application, *, host: str, port: int) -> AsyncIterator[str]:
    """The origin that is being served; port 0 takes a free one. Raises SetupError."""
    log.addFilter(_without_trace)
    runner = web.AppRunner(
        app,
        logger=log,
        auto_decompress=False,
        access_log=None,
        handle_signals=False,
        keepalive_timeout=KEEPALIVE_S,
        lingering_time=LINGER_S,
        shutdown_timeout=GRACE_S,
    )
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise SetupError(
                f"The web server cannot listen on {host}, port {port} ({reason}): "
                "set TALKIE_WEB_HOST and TALKIE_WEB_PORT to a free address of this machine"
            ) from error
        yield _origin(*runner.addresses[0][:2])
    finally:
        await runner.cleanup()


def _without_trace(record: logging.LogRecord) -> bool:
    """Whoever sends something that is not HTTP shall not fill the log with traces."""
    if record.exc_info and isinstance(record.exc_info[1], NOT_HTTP):
        record.exc_info = None
    return True


def _origin(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
