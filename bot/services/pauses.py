"""Pauses of a whole account, which only its owner can put right."""

from storage import pauses
from storage.database import Store
from storage.records import Pause


class Pauses:
    """What the owner has to be told, once."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def untold(self) -> list[Pause]:
        """Pauses that the owner does not know of."""
        return await self._store.read(pauses.untold())

    async def told(self, pause: Pause) -> None:
        """The owner knows of it."""
        await self._store.write(pauses.told(pause))
