"""Wishes that wait for their member's answer, and the price they were shown with."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from pydantic import TypeAdapter, ValidationError

from bot.clock import Clock
from bot.domain.context import Context
from bot.domain.craft.sketch import Sketch
from bot.domain.request import Plan, Wish
from bot.domain.versions import Words
from bot.errors import Code, UserError
from storage import drafts, people
from storage.database import Body, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What would be made, and the credits that would be held for it.

    `context` is what the coach knows of it, `words` are the versions there are of its prompt, and
    `coached` says that its member reads all the findings.
    """

    plan: Plan
    hold: int
    context: Context | None = None
    coached: bool = False
    words: Words = field(default_factory=Words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A wish, and the offer its member was shown; None if they were asked something else.

    `sketch` is what its prompt is built of, as long as it is being built.
    """

    wish: Wish
    offer: Offer | None = None
    sketch: Sketch | None = None


_KEPT: TypeAdapter[Kept] = TypeAdapter(Kept)


class Wishes:
    """Keeps wishes under a draft's number, each for its own member."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._answered: set[tuple[int, int]] = set()

    @contextmanager
    def one_answer(self, draft: int, discord_id: int) -> Iterator[None]:
        """Let one answer through at a time; raises PRESSED_ALREADY to the others at once."""
        key = (draft, discord_id)
        if key in self._answered:
            raise UserError(Code.PRESSED_ALREADY)
        self._answered.add(key)
        try:
            yield
        finally:
            self._answered.discard(key)

    async def keep(self, kept: Kept, discord_id: int) -> int:
        """Keep a wish; answers the draft's number."""
        now = self._clock.now_ms()

        def body() -> Body[int]:
            person = yield from people.resolve(discord_id, now)
            return (yield from drafts.keep(person, wish=_text(kept), now=now))

        return await self._store.write(body())

    async def get(self, draft: int, discord_id: int) -> Kept:
        """A member's own draft; raises UserError if it is used, expired or another's."""
        return _kept(await self._store.read(_own(draft, discord_id)))

    async def change(self, draft: int, kept: Kept, discord_id: int) -> None:
        """Put another wish in a draft's place; raises UserError as `get` does."""

        def body() -> Body[None]:
            yield from _own(draft, discord_id)
            yield from drafts.change(draft, wish=_text(kept))

        await self._store.write(body())

    async def edit(self, draft: int, discord_id: int, change: Callable[[Kept], Kept]) -> Kept:
        """Change a draft so that no other change is lost; raises UserError as `get` does."""

        def body() -> Body[Kept]:
            kept = change(_kept((yield from _own(draft, discord_id))))
            yield from drafts.change(draft, wish=_text(kept))
            return kept

        return await self._store.write(body())

    async def drop(self, draft: int, discord_id: int) -> None:
        """Forget a draft; raises UserError as `get` does."""

        def body() -> Body[None]:
            yield from _own(draft, discord_id)
            yield from drafts.use(draft)

        await self._store.write(body())


def _text(kept: Kept) -> str:
    return _KEPT.dump_json(kept).decode()


def _kept(text: str) -> Kept:
    try:
        return _KEPT.validate_json(text)
    except ValidationError:
        # It was kept by another version of Talkie. What it says of it would hold the prompt.
        raise UserError(Code.FORM_EXPIRED) from None


def _own(draft: int, discord_id: int) -> Body[str]:
    kept = yield from drafts.get(draft)
    if kept is None:
        raise UserError(Code.FORM_EXPIRED)
    if (yield from people.find(discord_id)) != kept[0]:
        raise UserError(Code.NOT_YOURS)
    return kept[1]
