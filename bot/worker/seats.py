"""An engine at the worker's table, and how often it may be looked at."""

from dataclasses import dataclass

from bot.engines.base import Engine


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """An engine, and how many seconds to leave between two looks at it."""

    engine: Engine
    poll_s: float
