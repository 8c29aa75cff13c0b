"""How often an engine may be asked: a pace for each minute and a stock for each UTC day.

The pace stays a little below what the engine allows, with a burst so small that no minute can
hold more than the limit, wherever it begins. Starting clips takes at most half of it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.engines.base import Allowance, Ask

MINUTE_S = 60.0
DAY_S = 86_400.0
USUAL_SHARE, LEAST_SHARE = 0.95, 0.5
"""How much of what the engine allows is used, and how little after refusals."""
BURST_PART = 0.04
"""Of what a minute allows, this part may be used at once."""
SHARE_AFTER_REFUSAL = 0.9
RECOVERY_A_MINUTE = 0.01
"""The share shrinks with each refusal, and grows again while there is none."""
ASSUMED = 50
"""Looks a minute until the engine says how many it allows: what the smallest account has."""
MOST_ASSUMED = 300
ASSUMED_GROWTH = 1.5
"""Until the engine says it, more is assumed with each minute that it refuses nothing."""
SMALL_ACCOUNT, DAYS_IN_MINUTES = 60, 4
"""Up to so many looks a minute, a day holds four minutes of them; beyond, it has no limit."""


@dataclass(slots=True)
class _Bucket:
    """Tokens that come at a steady rate; a new one holds one, so that no start is a burst."""

    rate: float
    burst: float
    at_s: float
    tokens: float = 1.0

    def refill(self, now_s: float) -> None:
        self.tokens = min(self.burst, self.tokens + max(0.0, now_s - self.at_s) * self.rate)
        self.at_s = now_s

    def wait_s(self) -> float:
        # A hair less than one counts as one, or rounding would make a timer fire for nothing.
        return 0.0 if self.tokens > 1 - 1e-6 else (1 - self.tokens) / self.rate


class Budget:
    """What may be asked of one engine; `assumed` is None where only a told limit counts."""

    def __init__(
        self,
        *,
        pace_s: Callable[[], float],
        utc_s: Callable[[], float],
        assumed: int | None = ASSUMED,
    ) -> None:
        self._pace_s = pace_s
        self._utc_s = utc_s
        self._assumed = assumed
        self._limit: int | None = None
        self._starts_limit: int | None = None
        self._share = USUAL_SHARE
        now_s = pace_s()
        self._all = _Bucket(1.0, 1.0, now_s)
        self._starts = _Bucket(1.0, 1.0, now_s)
        self._moved_s = now_s
        self._blocked_s = now_s
        self._window_s = now_s
        self._left_minute: int | None = None
        self._days: dict[Ask, _Day] = {ask: _Day() for ask in Ask}
        self._set_pace()

    def wait_s(self, ask: Ask) -> float:
        """Seconds until such a request may leave; 0 for now."""
        now_s = self._pace_s()
        self._recover(now_s)
        if self._is_apart(ask) or (self._limit is None and self._assumed is None):
            return 0.0
        blocked_s = max(0.0, self._blocked_s - now_s)
        if ask is Ask.LOOK:
            day = self._days[ask]
            day.turn(self._utc_s())
            if day.is_spent:
                return max(blocked_s, DAY_S - self._utc_s() % DAY_S)
            return max(blocked_s, self._all.wait_s())
        return max(blocked_s, self._all.wait_s(), self._starts.wait_s())

    def take(self, ask: Ask) -> None:
        """A request leaves now."""
        day = self._days[ask]
        day.turn(self._utc_s())
        day.take()
        if self._is_apart(ask):
            return
        self._all.tokens -= 1
        if ask is Ask.START:
            self._starts.tokens -= 1

    def told(self, ask: Ask, allowance: Allowance) -> None:
        """Heed what an answer says about the allowance."""
        self._days[ask].turn(self._utc_s())
        self._days[ask].told(allowance)
        if ask is Ask.START:
            self._starts_limit = allowance.a_minute or self._starts_limit
            if self._assumed is not None and self._starts_limit is not None:
                # Whoever may start so many may look as often: starts are what is dear.
                self._assumed = max(self._assumed, min(self._starts_limit, MOST_ASSUMED))
                self._set_pace()
            return
        now_s = self._pace_s()
        if allowance.a_minute and allowance.a_minute != self._limit:
            self._limit = allowance.a_minute
            self._set_pace()
        if allowance.left_minute is not None:
            self._heed_left(allowance.left_minute, now_s)

    def refused(self, wait_s: float) -> None:
        """The engine would not answer for so long: wait, and go slower for a while."""
        now_s = self._pace_s()
        self._blocked_s = max(self._blocked_s, now_s + wait_s)
        self._share = max(LEAST_SHARE, self._share * SHARE_AFTER_REFUSAL)
        self._moved_s = now_s
        self._set_pace()

    def left_today(self, ask: Ask) -> int | None:
        """How many of these the day still holds; None where there is no daily limit."""
        day = self._days[ask]
        day.turn(self._utc_s())
        if day.limit is None and ask is Ask.LOOK and self._limit and self._limit <= SMALL_ACCOUNT:
            return max(0, self._limit * DAYS_IN_MINUTES - day.taken)
        return day.left

    def taken_today(self, ask: Ask) -> int:
        """How many of these were made today, as far as this run knows."""
        self._days[ask].turn(self._utc_s())
        return self._days[ask].taken

    def _is_apart(self, ask: Ask) -> bool:
        """Starts that have a limit of their own do not take from the looks."""
        known = self._limit is not None and self._starts_limit is not None
        return ask is Ask.START and known and self._starts_limit != self._limit

    def _heed_left(self, left: int, now_s: float) -> None:
        if self._left_minute is None or left > self._left_minute:
            self._window_s = now_s
        self._left_minute = left
        self._all.tokens = min(self._all.tokens, float(left))
        if left == 0:
            self._blocked_s = max(self._blocked_s, self._window_s + MINUTE_S)

    def _recover(self, now_s: float) -> None:
        """Let tokens come, and trust a little more with every minute without a refusal."""
        self._all.refill(now_s)
        self._starts.refill(now_s)
        minutes = (now_s - self._moved_s) / MINUTE_S
        if minutes < 1:
            return
        self._moved_s = now_s
        self._share = min(USUAL_SHARE, self._share + RECOVERY_A_MINUTE * minutes)
        if self._assumed is not None:
            self._assumed = min(MOST_ASSUMED, round(self._assumed * ASSUMED_GROWTH))
        self._set_pace()

    def _set_pace(self) -> None:
        limit = self._limit or self._assumed or MOST_ASSUMED
        self._all.rate = limit * self._share / MINUTE_S
        self._all.burst = max(1.0, limit * BURST_PART)
        self._starts.rate = self._all.rate / 2
        self._starts.burst = max(1.0, self._all.burst / 2)


@dataclass(slots=True)
class _Day:
    """One UTC day: what it holds as far as it was told, and what was taken from it."""

    number: int = -1
    limit: int | None = None
    left: int | None = None
    taken: int = 0

    @property
    def is_spent(self) -> bool:
        return self.left is not None and self.left <= 0

    def turn(self, utc_s: float) -> None:
        number = int(utc_s // DAY_S)
        if number != self.number:
            self.number, self.left, self.taken = number, self.limit, 0

    def take(self) -> None:
        self.taken += 1
        if self.left is not None:
            self.left -= 1

    def told(self, allowance: Allowance) -> None:
        if allowance.a_day is not None:
            self.limit = allowance.a_day
            self.left = allowance.a_day - self.taken if self.left is None else self.left
        if allowance.left_day is not None:
            self.left = allowance.left_day
