"""Waiting that ends early: at the stop of Talkie, or when there is news of a job."""

import asyncio

from bot.services.nudges import Nudges
from bot.worker.steps import Interrupted
from storage.records import JobId


class Patience:
    """How the worker's steps wait."""

    def __init__(self, stopping: asyncio.Event, nudges: Nudges) -> None:
        self._stopping = stopping
        self._nudges = nudges

    def insist(self) -> None:
        """Nothing new is begun once Talkie is stopping: raises Interrupted."""
        if self._stopping.is_set():
            raise Interrupted

    async def wait(self, job: JobId, seconds: float) -> None:
        """Wait so long, or until there is news of the job; raises Interrupted at the stop."""
        self.insist()
        with self._nudges.expect(job) as news:
            waits = [
                asyncio.create_task(self._stopping.wait()),
                asyncio.create_task(news.wait()),
            ]
            try:
                await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for each in waits:
                    each.cancel()
        self.insist()
