"""Waiting that ends early: at the stop of Talkie, or when there is news of a job."""

import asyncio
from collections.abc import Coroutine
from contextlib import AbstractContextManager
from typing import Any

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

    def news(self, job: JobId) -> AbstractContextManager[asyncio.Event]:
        """An event that is set as soon as there is news of a job."""
        return self._nudges.expect(job)

    async def wait(self, job: JobId, seconds: float) -> None:
        """Wait so long, or until there is news of the job; raises Interrupted at the stop."""
        with self.news(job) as news:
            await self.until(news, timeout_s=seconds)

    async def unless_stopped(self, work: Coroutine[Any, Any, None]) -> None:
        """Do what may as well be done anew; raises Interrupted at the stop."""
        working = asyncio.create_task(work)
        stop = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait({working, stop}, return_when=asyncio.FIRST_COMPLETED)
            if not working.done():
                raise Interrupted
            await working
        finally:
            stop.cancel()
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)

    async def until(self, *events: asyncio.Event, timeout_s: float | None = None) -> None:
        """Wait until one of the events is set; raises Interrupted at the stop."""
        self.insist()
        waits = [asyncio.create_task(event.wait()) for event in (self._stopping, *events)]
        try:
            await asyncio.wait(waits, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for each in waits:
                each.cancel()
        self.insist()
