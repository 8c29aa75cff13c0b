"""Small facts about this installation, such as which commands Discord already knows."""

from storage import facts
from storage.database import Store


class Facts:
    """Remembers facts over restarts."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def get(self, name: str) -> str | None:
        """The value of a fact, if it was ever stored."""
        return await self._store.read(facts.get(name))

    async def put(self, name: str, value: str) -> None:
        """Store a fact."""
        await self._store.write(facts.put(name, value))
