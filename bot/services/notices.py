"""Notices: what server owners are told once."""

from bot.clock import Clock
from storage import notices
from storage.database import Store


class Notices:
    """Remembers what server owners were told."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def first(self, guild_id: int, permission: str, channel_id: int) -> bool:
        """Whether a server's owner is to be told of a missing permission; True only once.

        Written before they are: a second message would be worse than none.
        """
        return await self._store.write(
            notices.note(guild_id, permission, channel_id=channel_id, now=self._clock.now_ms())
        )
