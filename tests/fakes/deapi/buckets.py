"""Rate limits: fixed windows of a minute and of a UTC day, as Basic and Premium have them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from tests.fakes.deapi.behaviour import Behaviour, HeaderSet, Tier

MINUTE_S = 60
DAY_S = 86_400
BASIC = {"videos": (1, 15), "speech": (5, 300), "price": (50, 200), "jobs": (50, 200)}
PREMIUM_A_MINUTE = 300


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a request may pass, and the headers that say how much is left."""

    passes: bool
    headers: dict[str, str]


class Buckets:
    """Counts requests by bucket and window."""

    def __init__(self, behaviour: Behaviour, now_s: Callable[[], float]) -> None:
        self._behaviour = behaviour
        self._now_s = now_s
        self._taken: Counter[tuple[str, int, int]] = Counter()

    def take(self, family: str, bucket: str) -> Verdict:
        """Take one from a bucket such as `videos/generations:slug`; its family has the size."""
        sizes = self._sizes(family)
        if sizes is None:
            return Verdict(True, {})
        now = int(self._now_s())
        name = bucket if self._behaviour.tier is Tier.BASIC else "everything"
        windows = ((MINUTE_S, sizes[0]), (DAY_S, sizes[1]))
        used = {length: self._taken[name, length, now // length] for length, _ in windows}
        full = [length for length, size in windows if size is not None and used[length] >= size]
        if not full:
            for length in used:
                self._taken[name, length, now // length] += 1
                used[length] += 1
        left = [None if size is None else max(0, size - used[length]) for length, size in windows]
        wait_s = max((length - now % length for length in full), default=0)
        return Verdict(not full, self._headers(sizes, left, wait_s=wait_s, is_daily=DAY_S in full))

    def _sizes(self, family: str) -> tuple[int, int | None] | None:
        if family not in BASIC or self._behaviour.tier is Tier.UNLIMITED:
            return None
        return BASIC[family] if self._behaviour.tier is Tier.BASIC else (PREMIUM_A_MINUTE, None)

    def _headers(
        self, sizes: tuple[int, int | None], left: list[int | None], *, wait_s: int, is_daily: bool
    ) -> dict[str, str]:
        headers: dict[str, str] = {}
        which = self._behaviour.headers
        if which is not HeaderSet.SPEC or wait_s:
            headers |= {"X-RateLimit-Limit": str(sizes[0]), "X-RateLimit-Remaining": str(left[0])}
        if which is not HeaderSet.SPEC:
            headers |= {"X-RateLimit-Source": "plan"}
        if which is not HeaderSet.DOCS and wait_s:
            headers |= {
                "X-RateLimit-Type": "daily" if is_daily else "minute",
                "Retry-After": str(wait_s),
            }
            if sizes[1] is not None:
                headers |= {
                    "X-RateLimit-Daily-Limit": str(sizes[1]),
                    "X-RateLimit-Daily-Remaining": str(left[1]),
                }
        return headers
