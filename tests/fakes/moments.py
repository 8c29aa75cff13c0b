"""Moments in the life of a request at which somebody outside may step in."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from aiohttp import web


class Phase(StrEnum):
    """How far a request has come."""

    ARRIVED = "arrived"
    """It was read as a whole and has done nothing yet."""
    TAKEN = "taken"
    """It took effect; the answer has not left."""
    ANSWERED = "answered"
    """The last byte of the answer has left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A request at one of its phases; `detail` is what the stand-in read of it.

    The `status` of its answer is known once it was taken.
    """

    phase: Phase
    method: str
    path: str
    detail: Mapping[str, object]
    status: int | None = None


Watcher = Callable[[Moment], Awaitable[bool]]
"""Told of each moment; True cuts the wire, and the request comes no further."""


class Moments:
    """Whoever watches a stand-in, and the requests it escorts past them."""

    def __init__(self) -> None:
        self._watchers: list[Watcher] = []

    def watch(self, watcher: Watcher) -> None:
        """Tell this watcher of every moment from now on."""
        self._watchers.append(watcher)

    async def escort(
        self,
        request: web.Request,
        detail: Mapping[str, object],
        work: Callable[[], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        """Do the work of a request between its moments, and send its answer."""
        arrived = Moment(
            phase=Phase.ARRIVED, method=request.method, path=request.path, detail=detail
        )
        if await self._cuts(arrived):
            return _cut(request)
        response = await work()
        taken = replace(arrived, phase=Phase.TAKEN, status=response.status)
        if await self._cuts(taken):
            return _cut(request)
        if self._watchers:
            try:
                await response.prepare(request)
                await response.write_eof()
            except ConnectionError:
                return response
            await self._cuts(replace(taken, phase=Phase.ANSWERED))
        return response

    async def _cuts(self, moment: Moment) -> bool:
        verdicts = [await watcher(moment) for watcher in self._watchers]
        return any(verdicts)


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=499)
