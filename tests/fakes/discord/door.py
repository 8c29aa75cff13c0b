"""What every request passes: the journal, troubles on demand, the bot's token, errors as JSON."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from aiohttp import web

from tests.fakes.discord.bodies import BODY, read
from tests.fakes.discord.errors import ApiError
from tests.fakes.discord.faults import Fault, Faults, Trouble
from tests.fakes.discord.journal import Journal, Kind
from tests.fakes.discord.transport import answer
from tests.fakes.moments import Moments

API = "/api/v10"
CONTROL = "/_control/"
GONE = 499
"""Whoever asked died before the request had arrived as a whole."""
_WITHOUT_BOT_TOKEN = ("/interactions/", "/webhooks/")
log = logging.getLogger(__name__)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Door:
    """A middleware; exceptions of the stand-in itself are kept in `crashes`."""

    def __init__(
        self,
        *,
        token: str,
        journal: Journal,
        faults: Faults,
        moments: Moments,
        crashes: list[Exception],
    ) -> None:
        self._token = token
        self._journal = journal
        self._faults = faults
        self._moments = moments
        self._crashes = crashes

    @web.middleware
    async def let_in(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Journal a request, let it meet its trouble, and answer errors as Discord does."""
        if request.path.startswith(CONTROL):
            return await handler(request)
        if not request.path.startswith(API):
            fault = self._faults.take(request.method, request.path)
            return await self._meet(request, handler, fault)
        entry = self._journal.record(
            Kind.REQUEST, method=request.method, path=request.path.removeprefix(API)
        )
        try:
            body = request[BODY] = await read(request)
            sizes = {up.filename: len(up.content) for up in body.files.values()}
            entry.detail |= {"body": body.document, "files": sizes}
            self._check_token(request)
            fault = self._faults.take(
                request.method, request.path.removeprefix(API), has_file=bool(sizes)
            )
            response = await self._moments.escort(
                request, entry.detail, lambda: self._meet(request, handler, fault)
            )
        except ApiError as error:
            response = answer(error.body, status=error.status)
        except ConnectionError:
            response = web.Response(status=GONE)
        entry.status = response.status
        self._journal.changed()
        return response

    async def _meet(
        self, request: web.Request, handler: Handler, fault: Fault | None
    ) -> web.StreamResponse:
        if fault is None:
            return await self._handle(request, handler)
        await fault.wait()
        if fault.trouble is Trouble.DROPPED:
            return _cut(request)
        if fault.trouble is Trouble.STATUS:
            status, body, headers = fault.answer()
            return answer(body, status=status, headers=headers)
        response = await self._handle(request, handler)
        return _cut(request) if fault.trouble is Trouble.LOST else response

    async def _handle(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except ApiError as error:
            return answer(error.body, status=error.status)
        except web.HTTPException as error:
            message = f"{error.status}: {error.reason}"
            return answer({"message": message, "code": 0}, status=error.status)
        except Exception as error:  # the test gets it
            log.exception("the stand-in failed at %s %s", request.method, request.path)
            self._crashes.append(error)
            return answer({"message": repr(error), "code": 0}, status=400)

    def _check_token(self, request: web.Request) -> None:
        if request.path.removeprefix(API).startswith(_WITHOUT_BOT_TOKEN):
            return
        if request.headers.get("Authorization") != f"Bot {self._token}":
            raise ApiError(401, 0, "401: Unauthorized")


def _cut(request: web.Request) -> web.Response:
    assert isinstance(request.transport, asyncio.Transport)
    request.transport.abort()
    return web.Response(status=GONE)
