"""Keeps the house clean: files no row knows, tokens and drafts that have expired, leftovers."""

import asyncio
import logging
import shutil

from bot.clock import Clock
from bot.errors import SetupError
from bot.services.broom import Broom
from bot.services.retention import Retention
from storage import complaints, drafts, gallery, housekeeping, promises, replies, versions
from storage.database import StorageError, Store
from storage.files import Files

log = logging.getLogger(__name__)

ROUND_S = 600.0
MOMENT_S = 10.0
"""The least time between rounds: what is deleted at once leaves the disk in one of them."""
DRAFT_LIFE_MS = 86_400_000
WORDS_LIFE_MS = 30 * 86_400_000
"""What somebody wrote in a report is kept so long after it was decided."""
REWRITINGS_LIFE_MS = 2 * 86_400_000
"""Their words go with their drafts; what they cost is counted in the day's spending."""


class Janitor:
    """Sweeps at every start, soon after each deletion, and every ten minutes what expires."""

    def __init__(
        self,
        *,
        store: Store,
        files: Files,
        clock: Clock,
        broom: Broom,
        retention: Retention,
        stopping: asyncio.Event,
    ) -> None:
        self._store = store
        self._broom = broom
        self._retention = retention
        self._files = files
        self._clock = clock
        self._stopping = stopping

    async def sweep_orphans(self) -> int:
        """Remove what a crash left without a row; to be called before any work begins.

        Raises SetupError rather than empty the folder because of a wrong setting.
        """
        for place in await self._store.read(housekeeping.places_never_used()):
            if any(self._files.shelf(place).iterdir()):
                raise SetupError(
                    f"The database knows no {place}, but the data folder holds some. Is it the "
                    "right database (TALKIE_DATABASE_URL, TALKIE_DATA_DIR)? Nothing was removed."
                )
        await self._broom.sweep()
        known = await self._store.read(housekeeping.known_files())
        orphans = [
            path
            for place, names in known.items()
            for path in self._files.shelf(place).iterdir()
            if path.name not in names
        ]
        for path in orphans:
            if path.is_dir():
                await asyncio.to_thread(shutil.rmtree, path)
            else:
                path.unlink()
        if orphans:
            log.info("files without a row were removed", extra={"files": len(orphans)})
        return len(orphans)

    async def run(self) -> None:
        """Forget what has expired until the stop."""
        while not self._stopping.is_set():
            try:
                await self._round()
            except StorageError as error:
                log.exception("storage failed; the sweep is left for later", exc_info=error)
            await self._rest()

    async def _rest(self) -> None:
        """Wait for the next round: a moment at least, then for its time, a deletion or the stop."""
        stop = asyncio.create_task(self._stopping.wait())
        swept = asyncio.create_task(self._broom.bell.wait(None))
        try:
            await asyncio.wait({stop}, timeout=MOMENT_S)
            await asyncio.wait({stop, swept}, timeout=ROUND_S, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stop.cancel()
            swept.cancel()

    async def _round(self) -> None:
        now = self._clock.now_ms()
        await self._broom.sweep()
        await self._retention.sweep()
        await self._store.write(complaints.forget_words(now - WORDS_LIFE_MS))
        await self._tidy_words()
        await self._store.scrub()
        await self._store.write(replies.wipe_tokens(now))
        await self._store.write(drafts.sweep(now - DRAFT_LIFE_MS))
        await self._store.write(promises.forget_settled(before=now - DRAFT_LIFE_MS))
        await self._store.write(versions.sweep(now - REWRITINGS_LIFE_MS))

    async def _tidy_words(self) -> None:
        """Part by part: what members do is written in between."""
        more = await self._store.write(gallery.tidy_words(begins=True))
        while more and not self._stopping.is_set():
            more = await self._store.write(gallery.tidy_words(begins=False))
