"""What a video will cost, as far as it can be told before anything is fetched or held."""

from dataclasses import dataclass

from bot.clock import Clock
from bot.domain import frames, pricing, shapes
from bot.domain.request import Wish
from bot.domain.shapes import Format, Shape
from bot.engines.base import Engine
from bot.services import credits
from bot.services.credits import Allowance
from bot.services.quotes import FRESH_MS
from storage import people, preferences, quotes
from storage.database import Body
from storage.records import Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Foretold:
    """A price in credits and what its member has; None where no price is known yet."""

    credits: int | None
    available: int
    is_most: bool
    """The length or the shape is not known yet: it will not cost more."""


class Foretelling:
    """Tells prices from what is known on this machine: nobody waits for it."""

    def __init__(self, clock: Clock, engine: Engine, allowance: Allowance) -> None:
        self._clock = clock
        self._engine = engine
        self._allowance = allowance

    def told(self, discord_id: int, wish: Wish) -> Body[Foretold]:
        """What a wish will cost its member; only reads, and asks nobody."""
        spoken = wish.mode is Mode.AUDIO
        count = frames.LEGAL[-1] if spoken else frames.for_seconds(wish.seconds)
        now = self._clock.now_ms()
        known: list[int] = []
        person = yield from people.find(discord_id)
        chosen = None if person is None else (yield from preferences.of(person)).shape
        formats = _formats(wish, Shape(chosen) if chosen else Shape.WIDE)
        for pixels in () if self._engine.restart_is_free else formats:
            price = yield from quotes.dearest(
                engine=self._engine.name,
                mode=wish.mode,
                width=pixels.width,
                height=pixels.height,
                frames=count,
                since=now - FRESH_MS,
            )
            known += [] if price is None else [price]
        return Foretold(
            credits=self._credits(known, len(formats)),
            available=(yield from credits.available(person, self._allowance, now)),
            is_most=spoken or len(formats) > 1,
        )

    def _credits(self, known: list[int], wanted: int) -> int | None:
        if self._engine.restart_is_free:
            return 0
        if len(known) < wanted:
            return None
        return pricing.credits_for(max(known), self._allowance.credit_micro)


def _formats(wish: Wish, usual: Shape) -> list[Format]:
    """What it may be rendered at: one format, or all of its size while the shape is open.

    `usual` is the shape of a video that has no picture to take it from.
    """
    if wish.shape is not None:
        return [shapes.format_of(wish.shape, wish.size)]
    if wish.first_image is None and wish.again is None:
        return [shapes.format_of(usual, wish.size)]
    return [shapes.format_of(shape, wish.size) for shape in Shape]
