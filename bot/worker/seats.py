"""An engine at the worker's table: whose turn it is to look, and one paid request at a time."""

import asyncio
import random
import time
from dataclasses import dataclass, field

from bot.clock import Watch
from bot.engines.base import Engine
from bot.services.pulse import Pulse
from bot.worker.budget import ASSUMED, Budget
from bot.worker.lookout import Lookout
from bot.worker.watcher import Watcher

LOCAL_POLL_S = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """An engine, and the turns of looking at it."""

    engine: Engine
    lookout: Lookout
    posting: asyncio.Lock = field(default_factory=asyncio.Lock)
    """One paid request at a time, so that the account before and after it means something."""


def seat(engine: Engine, clock: Watch, pulse: Pulse, *, fixed_s: float | None) -> Seat:
    """Seat an engine; `fixed_s` is the owner's own pace of looks, if there is one.

    An engine of this machine is looked at freely; at another, the owner's pace is slowed down
    only by limits the engine has told.
    """

    def utc_s() -> float:
        return clock.now_ms() / 1000

    budget = None
    if engine.restart_is_free:
        fixed_s = LOCAL_POLL_S
    else:
        assumed = ASSUMED if fixed_s is None else None
        budget = Budget(pace_s=time.monotonic, utc_s=utc_s, assumed=assumed)
        engine.observe(budget.told)
    watcher = Watcher(budget=budget, pulse=pulse, chance=random.random, fixed_s=fixed_s)
    return Seat(engine=engine, lookout=Lookout(watcher, budget, clock_s=clock.steady_s))
