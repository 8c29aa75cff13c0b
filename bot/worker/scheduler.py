"""Claims jobs fairly and runs several at once; wakes on an event, a time or the stop."""

import asyncio
import logging
import secrets

from bot.clock import Clock
from bot.services.bell import Bell
from bot.worker.runner import Runner
from storage import jobs
from storage.database import StorageError, Store
from storage.records import Job

log = logging.getLogger(__name__)

LEASE_MS = 60_000
HEARTBEAT_S = 15.0
LONGEST_WAIT_S = 60.0
STORAGE_PAUSE_S = 5.0
FAR_FUTURE = 2**62


class Scheduler:
    """Owns the leases of this process and the tasks that run its jobs."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        runner: Runner,
        bell: Bell,
        stopping: asyncio.Event,
    ) -> None:
        self._store = store
        self._clock = clock
        self._runner = runner
        self._bell = bell
        self._stopping = stopping
        self._owner = secrets.token_hex(8)

    async def run(self) -> None:
        """Take over what an earlier process left, then claim and run until the stop.

        Whoever sets `stopping` rings the bell. Returns when every running job has come to a
        place where it can be taken up again.
        """
        # The data directory's lock says that no other process lives: all its leases are dead.
        left = await self._take_over(before=FAR_FUTURE)
        if left:
            log.info("taking up jobs of an earlier run", extra={"jobs": [job.id for job in left]})
        async with asyncio.TaskGroup() as running:
            heart = running.create_task(self._beat(), name="heart-beat")
            for job in left:
                self._launch(running, job)
            while not self._stopping.is_set():
                try:
                    await self._claim_all(running)
                    pause_s = await self._pause_s()
                except StorageError as error:
                    log.exception("storage failed; nothing is claimed for now", exc_info=error)
                    pause_s = STORAGE_PAUSE_S
                await self._bell.wait(pause_s)
            heart.cancel()

    async def _claim_all(self, running: asyncio.TaskGroup) -> None:
        now = self._clock.now_ms()
        # Another worker that stopped beating has lost its jobs to whoever asks first.
        for taken in await self._take_over(before=now):
            self._launch(running, taken)
        if woken := await self._store.write(jobs.wake(now)):
            log.info("delayed jobs are due", extra={"jobs": woken})
        while not self._stopping.is_set():
            job = await self._store.write(
                jobs.claim(owner=self._owner, lease_until=self._lease(), now=now)
            )
            if job is None:
                return
            self._launch(running, job)

    async def _take_over(self, *, before: int) -> list[Job]:
        return await self._store.write(
            jobs.take_over(owner=self._owner, lease_until=self._lease(), before=before)
        )

    def _launch(self, running: asyncio.TaskGroup, job: Job) -> None:
        running.create_task(self._run(job), name=f"job {job.id}")

    async def _run(self, job: Job) -> None:
        while not self._stopping.is_set():
            try:
                await self._runner.run(job)
            except StorageError as error:
                # The row is the truth and could not be written: the job goes on from it.
                log.exception("storage failed; the job goes on from its row", exc_info=error)
                await self._sleep(STORAGE_PAUSE_S)
            else:
                break
        self._bell.ring()

    async def _beat(self) -> None:
        while True:
            await self._sleep(HEARTBEAT_S)
            try:
                await self._store.write(jobs.renew(owner=self._owner, lease_until=self._lease()))
            except StorageError as error:
                log.exception("storage failed; leases were not renewed", exc_info=error)

    async def _pause_s(self) -> float:
        due = await self._store.read(jobs.next_due())
        if due is None:
            return LONGEST_WAIT_S
        return min(LONGEST_WAIT_S, max(0.0, (due - self._clock.now_ms()) / 1000))

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return

    def _lease(self) -> int:
        return self._clock.now_ms() + LEASE_MS
