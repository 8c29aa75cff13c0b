"""What Talkie has learnt about how long clips take, by engine, mode and length."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain import timing
from bot.domain.timing import Law
from storage import timings
from storage.database import Store
from storage.records import Mode, Timing

_Kind = tuple[Mode, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Laws:
    """How long a clip takes at the engine, and until it is a finished video."""

    clip: Law
    whole: Law


class Times:
    """Laws by kind of clip; each kind starts from its engine's, and that from a prior."""

    def __init__(self, store: Store, priors: Mapping[str, Laws]) -> None:
        self._store = store
        self._priors = priors
        self._known: dict[str, dict[_Kind, deque[Timing]]] = {}
        self._laws: dict[tuple[str, _Kind | None], Laws] = {}

    async def of(self, engine: str, mode: Mode, frames: int) -> Laws:
        """The laws of clips like this one."""
        general = await self.of_engine(engine)
        kind = (mode, timing.bucket(frames))
        known = self._known[engine].get(kind)
        if known is None:
            return general
        if (engine, kind) not in self._laws:
            self._laws[engine, kind] = _learn(list(known), general)
        return self._laws[engine, kind]

    async def of_engine(self, engine: str) -> Laws:
        """The laws of any clip of an engine."""
        if engine not in self._known:
            kept = await self._store.read(timings.of_engine(engine))
            self._known[engine] = {}
            for one in kept:
                self._keep(one)
        if (engine, None) not in self._laws:
            latest = [one for known in self._known[engine].values() for one in known]
            prior = self._priors.get(engine, DISTANT)
            self._laws[engine, None] = _learn(latest, prior)
        return self._laws[engine, None]

    def note(self, one: Timing) -> None:
        """Heed a time that was just written down."""
        if one.engine in self._known:
            self._keep(one)
            # A new time of one kind moves the prior of all kinds.
            self._laws = {key: laws for key, laws in self._laws.items() if key[0] != one.engine}

    def _keep(self, one: Timing) -> None:
        kind = (one.mode, timing.bucket(one.frames))
        known = self._known[one.engine].setdefault(kind, deque(maxlen=timings.MOST))
        known.append(one)


DISTANT = Laws(clip=timing.CLIP, whole=timing.WHOLE)
NEAR = Laws(clip=timing.LOCAL, whole=timing.LOCAL)


def _learn(known: list[Timing], prior: Laws) -> Laws:
    return Laws(
        clip=timing.learn([one.took_ms / 1000 for one in known], prior.clip),
        whole=timing.learn([one.whole_ms / 1000 for one in known], prior.whole),
    )
