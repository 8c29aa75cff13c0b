"""How often a visitor may ask: a bucket of tokens each, and only so many buckets."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """So many requests at once, and so many a second in the long run."""

    burst: float
    each_s: float


class Buckets:
    """The buckets of one kind of request, the least recently used forgotten first."""

    def __init__(self, rate: Rate, clock_s: Callable[[], float], *, most: int = 10_000) -> None:
        self._rate = rate
        self._clock_s = clock_s
        self._most = most
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._buckets)

    def take(self, visitor: str) -> float:
        """Take a token; 0 if there was one, else the seconds until there is."""
        now_s = self._clock_s()
        left, at_s = self._buckets.pop(visitor, (self._rate.burst, now_s))
        left = min(self._rate.burst, left + max(0.0, now_s - at_s) * self._rate.each_s)
        wait_s = 0.0 if left >= 1 else (1 - left) / self._rate.each_s
        self._buckets[visitor] = (left if wait_s else left - 1, now_s)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        return wait_s
