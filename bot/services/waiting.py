"""What members are shown while they wait: hands out cards to edit and hears what became of it.

Texts are made from the rows at the moment of sending; what is remembered here is only for display
and may be lost.
"""

import logging
import time
from dataclasses import dataclass

from bot.clock import Clock
from bot.domain import notice as notices
from bot.domain.notice import Facts, Forecast, Notice
from bot.services import events
from bot.services.bell import Bell
from bot.services.estimates import Estimate, Estimates
from bot.services.events import Bus, Event
from bot.services.jobs import Standing, standing_of
from bot.services.newsroom import Card, Newsroom
from storage import replies, waiting
from storage.database import Body, Store
from storage.records import JobId, JobState, Reply
from storage.waiting import Posted

log = logging.getLogger(__name__)

TICK_S = 1.0
_MOST_TICKS = 30
_MOST_LOOKS = 8
_REST = 10.0
"""Rests so many times as long as it worked: a long line must not take the machine."""
_TOKEN_MARGIN_MS = 20_000
_PROGRESS_LASTS_MS = 90_000
"""An engine that has said nothing for so long is not at its last percentage any more."""
_ESTIMATE_LASTS_MS = 5_000
_TROUBLE_MS = 30_000
_MOST_GUESSES = 4
"""So many cards wait for their time at once; in a rush the others are shown without it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """One card as it should look now, and by which route its message is edited."""

    standing: Standing
    reply: Reply
    notice: Notice
    by_token: bool


class Waiting:
    """Knows what the cards of open jobs say, and what they should say."""

    def __init__(self, store: Store, clock: Clock, bus: Bus, estimates: Estimates) -> None:
        self._store = store
        self._clock = clock
        self._estimates = estimates
        self._newsroom = Newsroom()
        self._progress: dict[JobId, tuple[float, int]] = {}
        self._guesses: dict[JobId, tuple[object, int, Estimate | None]] = {}
        self._guessing = 0
        self._dead_tokens: set[JobId] = set()
        self._moved = True
        self._took_s = 0.0
        self.looks = 0
        """How often it has looked at the cards, since the start."""
        self.bell = Bell()
        """Rung when cards should be looked at though nothing was heard of them."""
        bus.hear(self._heed)

    async def due(self) -> list[JobId]:
        """Whose card is to be edited now; each is reported by one of the methods below."""
        began = time.perf_counter()
        self._moved = False
        now = self._clock.now_ms()
        found = {one.job: one for one in await self._store.read(waiting.posted())}
        self._forget_all_but(found)
        self._newsroom.keep([_card(one) for one in found.values() if self._leads(one, now)], now)
        seen = {}
        for job in self._newsroom.wanted(now, _MOST_LOOKS):
            notice = await self._notice(found[job], now)
            if notice is not None:
                seen[job] = notice
        self._took_s = time.perf_counter() - began
        self.looks += 1
        return self._newsroom.grant(seen, now)

    async def wait(self) -> None:
        """Wait until a card may have to be edited."""
        rung = await self.bell.wait(max(TICK_S, self._took_s * _REST))
        for _ in range(_MOST_TICKS):
            if rung or self._moved or self._newsroom.is_stirred(self._clock.now_ms()):
                return
            rung = await self.bell.wait(TICK_S)

    async def bulletin(self, job: JobId) -> Bulletin | None:
        """A job's card as it should look now; None if there is nothing to edit any more."""
        now = self._clock.now_ms()

        def body() -> Body[tuple[Posted, Standing, Reply] | None]:
            one = yield from waiting.posted_of(job)
            reply = yield from replies.get(job)
            if one is None or reply is None:
                return None
            return one, (yield from standing_of(job)), reply

        found = await self._store.read(body())
        if found is None or not self._leads(found[0], now):
            return None
        one, standing, reply = found
        notice = await self._notice(one, now)
        if notice is None:
            return None
        by_token = self._token_lives(one, now)
        return Bulletin(standing=standing, reply=reply, notice=notice, by_token=by_token)

    def shown(self, bulletin: Bulletin) -> None:
        """The card says this now."""
        job = bulletin.standing.job
        card = Card(job=job.id, channel=_channel(job.id, bulletin.reply.channel_id),
                    since_ms=job.created_at)  # fmt: skip
        self._newsroom.shown(card, bulletin.notice, self._clock.now_ms())

    def over(self, job: JobId) -> None:
        """The message is gone, or says how the job ended: no edit follows."""
        self._newsroom.silence(job)

    def failed(self, job: JobId, *, pause_s: float = _TROUBLE_MS / 1000) -> None:
        """The edit did not succeed; this card is left alone for a while."""
        self._newsroom.refused(job, self._clock.now_ms(), pause_ms=round(pause_s * 1000))

    def limited(self, job: JobId, *, retry_after_s: float) -> None:
        """Discord wants a rest: the whole channel has one."""
        now, pause_ms = self._clock.now_ms(), round(retry_after_s * 1000)
        self._newsroom.refused(job, now, pause_ms=pause_ms)
        self._newsroom.pause_channel(job, now, pause_ms=pause_ms)

    def lost_token(self, job: JobId) -> None:
        """The interaction's token died before its time: the bot's own route is left."""
        self._dead_tokens.add(job)
        self._newsroom.refused(job, self._clock.now_ms(), pause_ms=0)
        self._newsroom.stir(job, pressing=True)

    async def _notice(self, one: Posted, now: int) -> Notice | None:
        guess = await self._guess(one, now)
        fraction, at = self._progress.get(one.job, (None, 0))
        facts = Facts(
            state=one.state,
            call=one.call,
            ahead=one.ahead,
            progress=fraction if now - at <= _PROGRESS_LASTS_MS else None,
            reason=one.reason,
            due_at=one.due_at,
            forecast=Forecast(likely_at_ms=guess.likely_at_ms, latest_at_ms=guess.latest_at_ms)
            if guess
            else None,
            late=guess.late if guess else False,
            offered=one.offered,
        )
        return notices.compose(facts, now)

    async def _guess(self, one: Posted, now: int) -> Estimate | None:
        if one.state is JobState.WAITING:
            return None
        about = (one.state, one.ahead, one.attempts)
        known = self._guesses.get(one.job)
        if known is not None and known[0] == about and 0 <= now - known[1] < _ESTIMATE_LASTS_MS:
            return known[2]
        if self._guessing >= _MOST_GUESSES:
            return None
        self._guessing += 1
        try:
            guess = await self._estimates.of(one.job)
        except Exception:
            # The stage alone is worth showing; the time is an extra.
            log.exception("no time could be told", extra={"job_id": one.job})
            guess = None
        finally:
            self._guessing -= 1
        self._guesses[one.job] = (about, now, guess)
        return guess

    def _heed(self, event: Event) -> None:
        if isinstance(event, events.Progressed):
            if event.progress is not None:
                before, _ = self._progress.get(event.job, (0.0, 0))
                fraction = min(1.0, max(before, event.progress))
                self._progress[event.job] = (fraction, self._clock.now_ms())
                self._newsroom.stir(event.job, pressing=False)
            return
        self._progress.pop(event.job, None)
        if isinstance(event, events.Ended):
            # Telling the ending is an edit in the same channel, too.
            self._newsroom.posted(event.job, self._clock.now_ms())
            self._newsroom.silence(event.job)
        elif isinstance(event, events.Started):
            self._newsroom.resume(event.job)
        self._newsroom.stir(event.job, pressing=True)
        # Whatever moved, everybody behind it has moved up.
        self._newsroom.stir_all()
        self._moved = True

    def _forget_all_but(self, found: dict[JobId, Posted]) -> None:
        self._progress = {job: was for job, was in self._progress.items() if job in found}
        self._guesses = {job: was for job, was in self._guesses.items() if job in found}
        self._dead_tokens &= found.keys()

    def _leads(self, one: Posted, now: int) -> bool:
        """Whether a route leads to the message.

        Where only the token does, a button that was put there shortly before its end stays.
        """
        may_edit = one.bot_may_edit and one.channel_id is not None
        return may_edit or (self._token_lives(one, now) and not one.offered)

    def _token_lives(self, one: Posted, now: int) -> bool:
        in_time = now + _TOKEN_MARGIN_MS < one.token_until
        return one.has_token and in_time and one.job not in self._dead_tokens


def _card(one: Posted) -> Card:
    return Card(job=one.job, channel=_channel(one.job, one.channel_id), since_ms=one.created_at)


def _channel(job: JobId, channel_id: int | None) -> int:
    return -job if channel_id is None else channel_id
