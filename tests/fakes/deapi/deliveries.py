"""Webhooks as deAPI sends them by itself: in order, repeated when refused, or gone astray."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from tests.fakes.deapi import hooks
from tests.fakes.deapi.behaviour import Behaviour, Faults, HookFault
from tests.fakes.deapi.jobs import Change, Job

WAITS_S = (0, 60, 120, 300, 600, 1_800, 3_600, 10_800, 21_600, 43_200)
"""Before each of the ten attempts."""
BREAKS_AT = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One delivery that was tried; status 0 means that no answer came."""

    job_id: str
    event: str
    delivery_id: str
    number: int
    status: int


@dataclass(slots=True, kw_only=True)
class _Delivery:
    job: Job
    event: str
    result_url: str
    fault: HookFault | None
    first_s: int
    id: str = field(default_factory=lambda: str(uuid.uuid4()))


class Deliveries:
    """All webhooks of the account."""

    def __init__(
        self,
        behaviour: Behaviour,
        faults: Faults,
        *,
        now_s: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
        link: Callable[[Job], str],
    ) -> None:
        self.attempts: list[Attempt] = []
        self.is_broken = False
        """Set once the circuit breaker has opened: nothing is sent any more."""
        self._behaviour = behaviour
        self._faults = faults
        self._now_s = now_s
        self._sleep = sleep
        self._link = link
        self._failed_in_a_row = 0
        self._late: list[_Delivery] = []
        self._overtaken: dict[str, _Delivery] = {}
        self._tried: dict[str, asyncio.Event] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def tell(self, job: Job, change: Change) -> None:
        """Send what a change of a job has to say."""
        wanted = job.fields.get("webhook_url") and self._behaviour.webhook_origin
        if change is Change.MOVED or not wanted or self.is_broken:
            return
        fault = self._faults.take_hook(change)
        delivery = _Delivery(
            job=job,
            event=change,
            result_url=self._link(job) if change is Change.DONE else "",
            fault=fault,
            first_s=int(self._now_s()),
        )
        if fault is HookFault.LATE:
            self._late.append(delivery)
        elif fault is HookFault.OVERTAKEN:
            self._overtaken[job.id] = delivery
        elif fault is not HookFault.LOST:
            self._start(delivery)
            if fault is HookFault.DUPLICATE:
                self._start(delivery)
            if overtaken := self._overtaken.pop(job.id, None):
                self._start(overtaken)

    def release(self) -> None:
        """Send what was held back."""
        late, self._late = self._late, []
        for delivery in late:
            self._start(delivery)

    async def until_tried(self, job: Job) -> None:
        """Wait until the last webhook of a job so far was tried once."""
        if tried := self._tried.get(job.id):
            await tried.wait()

    async def settle(self) -> None:
        """Wait until nothing is on its way any more."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def close(self) -> None:
        """Forget what is still on its way."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(self, delivery: _Delivery) -> None:
        before, tried = self._tried.get(delivery.job.id), asyncio.Event()
        self._tried[delivery.job.id] = tried
        task = asyncio.create_task(self._deliver(delivery, before, tried))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(
        self, delivery: _Delivery, before: asyncio.Event | None, tried: asyncio.Event
    ) -> None:
        if before:
            await before.wait()
        for number, wait_s in enumerate(WAITS_S, 1):
            if wait_s:
                await self._sleep(wait_s * self._behaviour.webhook_scale)
            is_taken = await self._attempt(delivery, number)
            tried.set()
            if is_taken:
                self._failed_in_a_row = 0
                return
        self._failed_in_a_row += 1
        self.is_broken |= self._behaviour.webhook_breaker and self._failed_in_a_row >= BREAKS_AT

    async def _attempt(self, delivery: _Delivery, number: int) -> bool:
        job, event = delivery.job, delivery.event
        keeps = self._behaviour.webhook_keeps_stamp
        now_s = delivery.first_s if keeps else int(self._now_s())
        body = hooks.compose(job, event, delivery.result_url, delivery.id, now_s)
        headers = hooks.envelope(job, event, body=body, delivery_id=delivery.id, now_s=now_s)
        if self._behaviour.webhook_unsigned or delivery.fault is HookFault.UNSIGNED:
            headers["X-DeAPI-Signature"] = ""
        elif delivery.fault is HookFault.FORGED:
            headers["X-DeAPI-Signature"] = hooks.sign("another secret", str(now_s), body)
        url = hooks.address(job, self._behaviour.webhook_origin)
        status = await hooks.post(url, body, headers, self._behaviour.webhook_answer_s)
        self.attempts.append(
            Attempt(
                job_id=job.id,
                event=event,
                delivery_id=delivery.id,
                number=number,
                status=status,
            )
        )
        return 200 <= status < 300
