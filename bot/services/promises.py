"""Promises: an answer said that a video comes; whoever dies before there is a job is told of."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.clock import Clock
from bot.domain import ladder
from bot.services.submission import Origin
from storage import promises
from storage.database import Store
from storage.records import Promise

_RUN_BYTES = 8


class Promises:
    """Keeps what was answered until a job, or another answer, has taken its place."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._run = secrets.token_hex(_RUN_BYTES)

    @asynccontextmanager
    async def kept(self, origin: Origin, *, draft: int | None = None) -> AsyncIterator[None]:
        """Remember an answer for the block; an error in it is answered by who raised it.

        `draft` is what the answer shows until there is a job, if it shows one. A job takes over by
        its interaction's id. A stop or a crash leaves the row as it is.
        """
        await self.keep(origin, draft=draft)
        try:
            yield
        except Exception:
            # Whoever hears of it answers; a cancellation is none, and leaves the row.
            await self.forget(origin)
            raise

    @asynccontextmanager
    async def until_shown(self, origin: Origin) -> AsyncIterator[None]:
        """Remember an answer like `kept`, for a block that shows it itself: no job takes over."""
        async with self.kept(origin):
            yield
        await self.forget(origin)

    async def keep(self, origin: Origin, *, draft: int | None = None) -> None:
        """Remember an answer until it is forgotten, whatever goes wrong meanwhile."""
        if origin.reply is None or origin.interaction_id is None:
            return
        promise = Promise(interaction_id=origin.interaction_id, reply=origin.reply, draft=draft)
        now = self._clock.now_ms()
        await self._store.write(promises.keep(promise, run=self._run, now=now))

    async def show(self, origin: Origin, draft: int) -> None:
        """The answer is about to become a question: whoever dies now asks it once more."""
        if origin.interaction_id is not None:
            await self._store.write(promises.show(origin.interaction_id, draft))

    async def forget(self, origin: Origin) -> None:
        """The answer says something else by now."""
        if origin.interaction_id is not None:
            await self._store.write(promises.forget(origin.interaction_id))

    async def broken(self) -> list[Promise]:
        """What Talkie promised before this start, and did not keep."""
        return await self._store.read(promises.broken(run=self._run))

    def token_works(self, promise: Promise) -> bool:
        """Whether the interaction's own token still edits its answer."""
        reply = promise.reply
        return reply.token is not None and ladder.token_lives(
            reply.token_until, self._clock.now_ms()
        )

    async def amended(self, promise: Promise) -> None:
        """Its member was told, or cannot be reached any more."""
        await self._store.write(promises.forget(promise.interaction_id))
