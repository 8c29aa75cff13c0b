"""Preferences: what members choose for all their videos."""

from collections.abc import Callable

from bot.clock import Clock
from bot.domain.shapes import Shape
from storage import errands, gallery, people, preferences
from storage.belongings import Choices
from storage.database import Body, Store
from storage.exhibits import ErrandKind


class Preferences:
    """Remembers what members chose."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def of(self, discord_id: int) -> Choices:
        """What a member chose."""

        def body() -> Body[Choices]:
            person = yield from people.find(discord_id)
            return Choices() if person is None else (yield from preferences.of(person))

        return await self._store.read(body())

    async def change(self, discord_id: int, change: Callable[[Choices], Choices]) -> Choices:
        """Change what a member chose: `change` is a pure function of the choices as they stand.

        Raises ValueError for a shape that does not exist.
        """
        now = self._clock.now_ms()

        def body() -> Body[Choices]:
            person = yield from people.resolve(discord_id, now)
            changed = change((yield from preferences.of(person)))
            if changed.shape is not None:
                Shape(changed.shape)
            yield from preferences.keep(person, changed)
            if not changed.credit_name:
                for share in (yield from gallery.unname(person)):
                    yield from errands.owe(ErrandKind.RECOUNT, share, now=now)
            return changed

        return await self._store.write(body())

    async def greet(self, discord_id: int) -> bool:
        """Remember that a member was shown the tour; False if they had been before."""
        now = self._clock.now_ms()

        def known() -> Body[bool]:
            person = yield from people.find(discord_id)
            return person is not None and (yield from preferences.greeted(person))

        def body() -> Body[bool]:
            person = yield from people.resolve(discord_id, now)
            if (yield from preferences.greeted(person)):
                return False
            yield from preferences.greet(person)
            return True

        # After the first command of a member this is asked in vain: it is only read then.
        return not await self._store.read(known()) and await self._store.write(body())
