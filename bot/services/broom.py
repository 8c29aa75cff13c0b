"""The broom: removes files whose rows are gone, now or after the next start."""

import asyncio
import logging

from bot.services.bell import Bell
from storage import leftovers
from storage.belongings import Leftover
from storage.database import Store
from storage.files import Files

log = logging.getLogger(__name__)


class Broom:
    """Removes what was queued in the transaction that forgot it.

    The rows say what is to go and are deleted after the files: a process that is killed anywhere
    in between sweeps the same again, and a file that is gone already is as good as removed.
    """

    def __init__(self, store: Store, files: Files) -> None:
        self._store = store
        self._files = files
        self._sweeping = asyncio.Lock()
        self.bell = Bell()
        """Rung when files went, so that the words about them leave the disk soon, too."""

    async def sweep(self) -> bool:
        """Remove everything that is queued; whether all of it is gone.

        What cannot be removed keeps nothing else: it is logged, and tried again.
        """
        async with self._sweeping:
            waiting = await self._store.read(leftovers.waiting())
            outcomes = [await self._remove(leftover) for leftover in waiting]
        if any(outcomes):
            self.bell.ring()
        return all(outcomes)

    async def _remove(self, leftover: Leftover) -> bool:
        try:
            await asyncio.to_thread(self._files.remove, leftover)
        except (OSError, ValueError) as error:
            # The row stays, so the janitor's next round tries again.
            log.exception("a file could not be removed", exc_info=error)
            return False
        await self._store.write(leftovers.removed(leftover))
        return True
