"""Rewriting: better words from the engine, a row before each request and none of them twice.

The house pays; members keep their credits. What it can cost is bounded: by the day's spending,
by so many rewritings a day for each member, and by one for the same words of a draft.
"""

import logging
from dataclasses import dataclass
from pathlib import Path

from bot.clock import Clock
from bot.domain import days, prompt
from bot.domain.request import Plan
from bot.domain.versions import Snag
from bot.engines.base import Draft, Engine, EngineError, NotStarted, Quote, Unsure
from bot.errors import Code, UserError
from bot.services.bounds import Bounds
from bot.services.pauses import Pauses
from bot.services.quotes import Quotes, spec_of
from storage import drafts, pauses, people, versions
from storage.belongings import Rewriting, RewritingState
from storage.database import Body, Store
from storage.records import Mode

log = logging.getLogger(__name__)

MOST_A_DAY = 20
"""Rewritings of one member."""
RECALL_MS = 60 * 60 * 1000
"""An engine that has just refused a kind of video is not asked for its price again so soon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """Better words, and what the house paid for them."""

    words: str
    price_micro: int


class Rewriter:
    """Asks the engine for better words, and keeps what came of it."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        engine: Engine,
        quotes: Quotes,
        bounds: Bounds,
        pauses: Pauses,
    ) -> None:
        self._store = store
        self._clock = clock
        self._engine = engine
        self._quotes = quotes
        self._bounds = bounds
        self._pauses = pauses
        self._refused: dict[tuple[Mode, str], int] = {}
        self._under_way: set[int] = set()

    async def price(self, plan: Plan, words: str) -> Quote | Snag:
        """What rewriting costs the house at most, and by which model; or why there is none."""
        if plan.mode not in self._engine.rewrites:
            return Snag.NOT_OFFERED
        try:
            model = await self._engine.model_for(spec_of(plan))
        except EngineError as error:
            log.info("no model to rewrite for", extra={"detail": str(error)})
            return Snag.BUSY
        if self._clock.now_ms() < self._refused.get((plan.mode, model), 0):
            return Snag.NOT_OFFERED
        try:
            return await self._quotes.of_rewriting(len(words), plan.mode, model)
        except UserError as refusal:
            log.info("no price of a rewriting", extra={"detail": str(refusal)})
            if refusal.code is not Code.ENGINE_REJECTED:
                return Snag.BUSY
            self._refused[plan.mode, model] = self._clock.now_ms() + RECALL_MS
            return Snag.NOT_OFFERED

    async def rewrite(
        self,
        plan: Plan,
        words: str,
        picture: Path | None,
        *,
        draft: int,
        member: int,
        agreed_micro: int,
    ) -> Rewritten | Snag | None:
        """Better words and what they cost; or why there are none.

        None: it costs more than was agreed to, so nothing was asked for. The row comes first:
        after a crash, or an answer that was lost, nothing is sent again. Raises PRESSED_ALREADY,
        and FORM_EXPIRED if the draft has gone meanwhile.
        """
        quote = await self.price(plan, words)
        if isinstance(quote, Snag):
            return quote
        if quote.price_micro > agreed_micro:
            return None
        try:
            found = await self._store.write(self._intend(draft, member, words, quote))
        except UserError as refusal:
            if refusal.code is Code.SPENDING_PAUSED:
                return Snag.SPENT
            raise
        if isinstance(found, int):
            asked = Draft(mode=plan.mode, model=quote.model, words=words, first_image=picture)
            return await self._buy(found, asked, quote)
        return await self._recall(found) if isinstance(found, Rewriting) else found

    async def _buy(self, number: int, asked: Draft, quote: Quote) -> Rewritten | Snag:
        self._under_way.add(number)
        try:
            answer = await self._ask(number, asked)
        finally:
            self._under_way.discard(number)
        return answer if isinstance(answer, Snag) else _told(asked.words, answer, quote.price_micro)

    def _intend(
        self, draft: int, member: int, words: str, quote: Quote
    ) -> Body[Rewriting | Snag | int]:
        """The number of the new row; or what came of these words before."""
        now = self._clock.now_ms()
        if (yield from drafts.get(draft)) is None:
            raise UserError(Code.FORM_EXPIRED)
        before = yield from versions.latest(draft, words)
        if before is not None:
            return before
        if (yield from pauses.of(self._engine.name, pauses.EVERY_MODE, now)) is not None:
            return Snag.BUSY
        person = yield from people.resolve(member, now)
        if (yield from versions.asked(person, days.midnight_before(now))) >= MOST_A_DAY:
            return Snag.OFTEN
        yield from self._bounds.refuse_overspending(quote.price_micro, now)
        return (
            yield from versions.intend(
                person,
                draft=draft,
                words=words,
                engine=self._engine.name,
                model=quote.model,
                price_micro=quote.price_micro,
                now=now,
            )
        )

    async def _ask(self, number: int, draft: Draft) -> str | Snag | None:
        try:
            answer = await self._engine.rewrite(draft)
        except Unsure as error:
            log.warning("the answer to a rewriting was lost", extra={"detail": str(error)})
            await self._end(number, RewritingState.LOST)
            return Snag.LOST
        except EngineError as error:
            log.info("a rewriting was refused", extra={"detail": str(error)})
            await self._end(number, RewritingState.REFUSED)
            await self._pauses.heed(self._engine.name, error)
            return Snag.BUSY if isinstance(error, NotStarted) else Snag.REFUSED
        better = _checked(answer)
        await self._end(number, RewritingState.DONE, better)
        return better

    async def _recall(self, before: Rewriting) -> Rewritten | Snag:
        if before.state is RewritingState.DONE:
            return _told(before.words, before.answer, before.price_micro)
        if before.state is RewritingState.INTENDED:
            if before.id in self._under_way:
                raise UserError(Code.PRESSED_ALREADY)
            # Whoever asked has ended before the answer came.
            await self._end(before.id, RewritingState.LOST)
        return Snag.LOST

    async def _end(self, number: int, state: RewritingState, answer: str | None = None) -> None:
        now = self._clock.now_ms()

        def body() -> Body[None]:
            yield from versions.end(number, state, now=now, answer=answer)
            if state is RewritingState.DONE:
                # The account pays again.
                yield from pauses.end(self._engine.name, pauses.EVERY_MODE)

        await self._store.write(body())


def _told(words: str, answer: str | None, price_micro: int) -> Rewritten | Snag:
    if answer is None:
        return Snag.UNUSABLE
    return Snag.SAME if answer == words else Rewritten(words=answer, price_micro=price_micro)


def _checked(answer: str) -> str | None:
    """The words of an answer; None for those that no video can be made of."""
    try:
        return prompt.checked(answer)
    except UserError:
        return None
