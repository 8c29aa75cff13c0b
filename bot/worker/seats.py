"""An engine at the worker's table: how often it is looked at, and one request at a time."""

import asyncio
from dataclasses import dataclass, field

from bot.engines.base import Engine


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """An engine, and how many seconds to leave between two looks at it."""

    engine: Engine
    poll_s: float
    posting: asyncio.Lock = field(default_factory=asyncio.Lock)
    """One paid request at a time, so that the account before and after it means something."""
