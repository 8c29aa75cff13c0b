"""When a read is repeated: a pure rule for the delay, and the small loop around it."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.deapi.errors import RateLimited, Transient

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Bounds of repetition: how often, how long between, how long in all."""

    attempts: int = 4
    first_delay_s: float = 0.5
    longest_delay_s: float = 10.0
    """A Retry-After beyond this is not waited for but raised."""
    total_s: float = 40.0


def delay_s(
    policy: Policy, *, attempt: int, elapsed_s: float, error: Transient, chance: float
) -> float | None:
    """Seconds to wait after the failed `attempt` (from 1); None when it was the last.

    Delays double and are spread by `chance` (0..1) over their upper half, so that many clients
    that failed together do not come back together.
    """
    if attempt >= policy.attempts:
        return None
    if isinstance(error, RateLimited):
        wait_s = error.retry_after_s
        if error.daily or wait_s > policy.longest_delay_s:
            return None
    else:
        doubled_s = min(policy.first_delay_s * 2 ** (attempt - 1), policy.longest_delay_s)
        wait_s = doubled_s * (1 + chance) / 2
    return wait_s if elapsed_s + wait_s <= policy.total_s else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Where time and chance come from; tests tell their own."""

    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    clock_s: Callable[[], float] = time.monotonic
    now_s: Callable[[], float] = time.time
    chance: Callable[[], float] = random.random


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeater:
    """Repeats reads under a policy."""

    policy: Policy
    timing: Timing

    async def read(self, once: Callable[[], Awaitable[T]]) -> T:
        """What `once` answers; the last error when every attempt failed."""
        began_s = self.timing.clock_s()
        attempt = 0
        while True:
            attempt += 1
            try:
                return await once()
            except Transient as error:
                wait_s = delay_s(
                    self.policy,
                    attempt=attempt,
                    elapsed_s=self.timing.clock_s() - began_s,
                    error=error,
                    chance=self.timing.chance(),
                )
                if wait_s is None:
                    raise
            await self.timing.sleep(wait_s)
