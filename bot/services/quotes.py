"""Quotes: what a clip costs, from prices that were read within a day.

Providers count price reads by the day, so a price is kept for 24 hours and reads are booked in
rows. An older price is never used: it may have gone up since, and the difference would be the
house's loss. Where no read is left, the fresh price of the next longer clip stands in, because
it is never too low.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum

from bot.clock import Watch
from bot.domain import days, prompt
from bot.domain.request import Plan
from bot.engines.base import Engine, EngineError, Quote, Reason, Spec, Voice
from bot.errors import Code, UserError
from bot.services import refusals
from bot.services.pauses import Pauses
from storage import quotes
from storage.belongings import KnownPrice
from storage.database import Store
from storage.records import Mode

log = logging.getLogger(__name__)

FRESH_MS = 24 * 60 * 60 * 1000
READS_A_DAY = 60
REWRITING_READS_A_DAY = 12
"""Of the reads of a day; each step of each kind of video is read once a day."""
LINE_STEP = 20
"""Lines are priced at a length of characters that is rounded up to this, to read less often."""
REWRITING_STEPS = (300, 1_000, 2_000, prompt.LONGEST)
"""Characters: rewritings are priced at the next of these, so that few prices are read."""
PATIENCE = 3
"""Reads of one kind that fail in a row; after those, there is a pause before the next."""
FIRST_PAUSE_MS, LONGEST_PAUSE_MS = 30_000, 900_000
"""It doubles with each failure, so that an outage does not use up the reads of the day."""
_PASSING = frozenset({Reason.BUSY, Reason.DOWN, Reason.KEY, Reason.SUSPENDED, Reason.BROKE})
_Read = Callable[[], Awaitable[Quote]]


class _Kind(StrEnum):
    """What is priced, each by questions of its own."""

    CLIP = "clip"
    LINE = "line"
    REWRITING = "rewriting"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """A price that is looked for: as what it is kept, and how it is read."""

    kind: _Kind
    spec: Spec
    model: str
    read: _Read


@dataclass(slots=True)
class _Asking:
    """Who asks for the price of one clip: one after the other, and all hear one failure."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    failures: int = 0
    refusal: UserError | None = None


@dataclass(slots=True)
class _Trouble:
    """Reads of one kind that failed in a row; until the pause is over all hear the last refusal."""

    failures: int = 0
    until_s: float = 0.0
    """By the clock that nobody sets."""
    refusal: UserError | None = None

    def note(self, refusal: UserError, now_s: float) -> None:
        self.failures, self.refusal = self.failures + 1, refusal
        if self.failures >= PATIENCE:
            doubled_ms = FIRST_PAUSE_MS * 2 ** min(self.failures - PATIENCE, 8)
            self.until_s = now_s + min(doubled_ms, LONGEST_PAUSE_MS) / 1000


class Quotes:
    """Tells prices, and reads as few of them as possible."""

    def __init__(
        self,
        store: Store,
        clock: Watch,
        engine: Engine,
        pauses: Pauses,
        *,
        reads_a_day: int = READS_A_DAY,
    ) -> None:
        self._store = store
        self._clock = clock
        self._engine = engine
        self._pauses = pauses
        self._reads_a_day = reads_a_day
        # As many as there are models, modes, sizes and lengths: a few hundred.
        self._asking: dict[tuple[str, Spec], _Asking] = {}
        self._trouble = {kind: _Trouble() for kind in _Kind}

    async def of(self, spec: Spec) -> Quote:
        """The price of a clip and the model that would render it; raises UserError."""
        try:
            if self._engine.restart_is_free:
                return await self._engine.quote(spec)
            model = await self._engine.model_for(spec)
        except EngineError as error:
            raise await self._refusal(error) from error
        return await self._price(
            _Wanted(kind=_Kind.CLIP, spec=spec, model=model, read=lambda: self._engine.quote(spec))
        )

    async def of_line(self, characters: int, voice: Voice) -> Quote:
        """The price of a spoken line; raises UserError."""
        counted = -(-characters // LINE_STEP) * LINE_STEP
        return await self._price(
            _Wanted(
                kind=_Kind.LINE,
                spec=_as_clip(Mode.AUDIO, counted),
                model=voice.model,
                read=lambda: self._engine.quote_speech(counted, voice),
            )
        )

    async def of_rewriting(self, characters: int, mode: Mode, model: str) -> Quote:
        """The price of rewriting so many characters, or a few more; raises UserError."""
        counted = next(step for step in REWRITING_STEPS if characters <= step)
        return await self._price(
            _Wanted(
                kind=_Kind.REWRITING,
                spec=_as_clip(mode, counted),
                model=model,
                read=lambda: self._engine.quote_rewriting(counted, mode, model),
            )
        )

    async def _price(self, wanted: _Wanted) -> Quote:
        known = await self._known(wanted)
        if known is not None and known.frames == wanted.spec.frames:
            return Quote(price_micro=known.price_micro, model=wanted.model)
        return await self._ask_once(wanted)

    async def _ask_once(self, wanted: _Wanted) -> Quote:
        """Whoever asks the same meanwhile waits, and hears the same price or the same refusal."""
        asking = self._asking.setdefault((wanted.model, wanted.spec), _Asking())
        failures = asking.failures
        async with asking.lock:
            if asking.refusal is not None and asking.failures > failures:
                raise _same(asking.refusal)
            known = await self._known(wanted)
            if known is not None and known.frames == wanted.spec.frames:
                return Quote(price_micro=known.price_micro, model=wanted.model)
            try:
                return await self._read(wanted, known)
            except UserError as refusal:
                asking.failures += 1
                asking.refusal = refusal
                raise

    async def _read(self, wanted: _Wanted, longer: KnownPrice | None) -> Quote:
        now, trouble = self._clock.now_ms(), self._trouble[wanted.kind]
        if trouble.refusal is not None and self._clock.steady_s() < trouble.until_s:
            if longer is not None:
                return _stand_in(longer, now)
            raise _same(trouble.refusal)
        if not await self._book(wanted.kind, now):
            return _stand_in(longer, now)
        try:
            quote = await wanted.read()
        except EngineError as error:
            refusal = await self._refusal(error)
            if error.reason in _PASSING:
                trouble.note(refusal, self._clock.steady_s())
            if error.reason is Reason.BUSY and longer is not None:
                return _stand_in(longer, now)
            raise refusal from error
        self._trouble[wanted.kind] = _Trouble()
        await self._keep(quote, wanted.spec, now)
        return quote

    async def _refusal(self, error: EngineError) -> UserError:
        """What is told of an error; of what only the owner can put right, they hear as well."""
        await self._pauses.heed(self._engine.name, error)
        return refusals.of_engine(error)

    async def _book(self, kind: _Kind, now: int) -> bool:
        is_for_words = kind is _Kind.REWRITING
        return await self._store.write(
            quotes.book_read(
                engine=self._engine.name,
                day=days.midnight_before(now),
                most=self._reads_a_day,
                now=now,
                most_for_words=REWRITING_READS_A_DAY if is_for_words else None,
            )
        )

    async def _keep(self, quote: Quote, spec: Spec, now: int) -> None:
        await self._store.write(
            quotes.keep(
                KnownPrice(
                    engine=self._engine.name,
                    model=quote.model,
                    mode=spec.mode,
                    width=spec.width,
                    height=spec.height,
                    frames=spec.frames,
                    price_micro=quote.price_micro,
                    read_at=now,
                )
            )
        )

    async def _known(self, wanted: _Wanted) -> KnownPrice | None:
        spec = wanted.spec
        return await self._store.read(
            quotes.not_shorter(
                engine=self._engine.name,
                model=wanted.model,
                mode=spec.mode,
                width=spec.width,
                height=spec.height,
                frames=spec.frames,
                since=self._clock.now_ms() - FRESH_MS,
            )
        )


def spec_of(plan: Plan) -> Spec:
    """The clip a plan stands for."""
    return Spec(
        mode=plan.mode,
        width=plan.format.width,
        height=plan.format.height,
        frames=plan.frames,
    )


def _as_clip(mode: Mode, characters: int) -> Spec:
    """What the price of words is kept as: a clip without sides, as long as its characters."""
    return Spec(mode=mode, width=0, height=0, frames=characters)


def _same(refusal: UserError) -> UserError:
    """The refusal once more; each is raised once, or its trace would grow."""
    return UserError(refusal.code, refusal.detail, **refusal.facts)


def _stand_in(longer: KnownPrice | None, now: int) -> Quote:
    if longer is None:
        resumes = days.midnight_after(now) // 1000
        raise UserError(Code.NO_PRICE, "no price read is left today", resumes=resumes)
    log.info("a longer clip's price stands in", extra={"frames": longer.frames})
    return Quote(price_micro=longer.price_micro, model=longer.model)
