"""Pauses: an engine is left alone for a while; those of its account, its owner is told of."""

from bot.clock import Clock
from bot.engines.base import EngineError, Reason
from bot.services.bell import Bell
from bot.services.refusals import ENGINE
from storage import jobs, pauses
from storage.database import Body, Store
from storage.records import Pause

_ACCOUNT = frozenset({Reason.KEY, Reason.SUSPENDED, Reason.BROKE})
"""What only the owner can put right: it opens the breaker, and jobs wait."""
LONGEST_PAUSE_S = 600.0
SHORTEST_PAUSE_S = 30.0


class Pauses:
    """Begins pauses, and knows of which of them the owner has to be told, once."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.bell = Bell()
        """Rung when a pause begins."""
        self._store = store
        self._clock = clock

    async def begin(
        self, engine: str, mode: str, error: EngineError, first_s: float = SHORTEST_PAUSE_S
    ) -> float:
        """Pause an engine; each further failure doubles the pause. Answers its seconds."""
        now = self._clock.now_ms()

        def body() -> Body[float]:
            known = yield from pauses.known(engine, mode)
            doubled_s = first_s
            if known is not None:
                doubled_s = min(first_s * 2.0 ** min(known.failures, 8), LONGEST_PAUSE_S)
            pause_s = error.retry_after_s or doubled_s
            yield from pauses.begin(
                engine=engine,
                mode=mode,
                until=now + round(pause_s * 1000),
                reason=ENGINE[error.reason],
                now=now,
            )
            return pause_s

        pause_s = await self._store.write(body())
        self.bell.ring()
        return pause_s

    async def heed(self, engine: str, error: EngineError) -> float | None:
        """Pause an engine whose account is at fault, in seconds; None if something else is."""
        if error.reason not in _ACCOUNT:
            return None
        return await self.begin(engine, pauses.EVERY_MODE, error)

    async def lift(self) -> None:
        """Let accounts be tried at once: whoever starts Talkie may have put one right before."""
        now = self._clock.now_ms()

        def body() -> Body[None]:
            yield from pauses.lift(now)
            yield from jobs.hurry(*(ENGINE[reason] for reason in _ACCOUNT), now=now)

        await self._store.write(body())

    async def untold(self) -> list[Pause]:
        """Pauses that the owner does not know of."""
        return await self._store.read(pauses.untold())

    async def told(self, pause: Pause) -> None:
        """The owner knows of it."""
        await self._store.write(pauses.told(pause))
