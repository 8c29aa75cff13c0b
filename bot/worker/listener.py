"""Hears a provider's news of progress: a help for eyes and looks, never the truth."""

import asyncio
import logging
from contextlib import aclosing

from bot.deapi.models import JobStatus
from bot.deapi.push import Ended, Push
from bot.deapi.pusher import Progress
from bot.services.events import Bus, Progressed
from bot.services.nudges import Nudges
from storage import calls
from storage.database import StorageError, Store
from storage.records import Stage

log = logging.getLogger(__name__)


class Listener:
    """Listens until the stop; without it everything works, only less lively."""

    def __init__(self, *, push: Push, engine: str, store: Store, bus: Bus, nudges: Nudges) -> None:
        self._push = push
        self._engine = engine
        self._store = store
        self._bus = bus
        self._nudges = nudges

    async def run(self, stopping: asyncio.Event) -> None:
        """Hear what there is to hear, and rest once the provider wants no listener."""
        listening = asyncio.create_task(self._listen())
        stop = asyncio.create_task(stopping.wait())
        try:
            await asyncio.wait({listening, stop}, return_when=asyncio.FIRST_COMPLETED)
            if listening.done():
                listening.result()
                await stop
        finally:
            listening.cancel()
            stop.cancel()
            await asyncio.gather(listening, stop, return_exceptions=True)

    async def _listen(self) -> None:
        async with aclosing(self._push.listen()) as news:
            async for one in news:
                if isinstance(one, Ended):
                    log.warning("no progress over the socket", extra={"detail": str(one.error)})
                    return
                await self._tell(one)

    async def _tell(self, news: Progress) -> None:
        try:
            call = await self._store.read(calls.by_handle(self._engine, news.request_id))
        except StorageError:
            log.exception("news were not looked up")
            return
        if call is None:
            return
        if news.status is JobStatus.DONE:
            self._nudges.nudge(call.job_id)
        elif news.progress is not None and call.stage is Stage.RENDER:
            self._bus.publish(Progressed(call.job_id, news.progress / 100))
