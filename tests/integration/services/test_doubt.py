"""A call in doubt is waited for as long as the owner said, whoever sets the clock meanwhile."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import pytest

from bot.services.nudges import Nudges
from bot.worker.doubt import Doubt, Policy
from bot.worker.patience import Patience
from bot.worker.seats import Seat
from bot.worker.steps import GivenUp
from storage import calls, jobs, people
from storage.database import Body, Store
from storage.records import Call, Job, JobId
from tests.builders import a_new_job
from tests.fakes.clock import Clock

LONGEST_S = 600.0


class Counted(Nudges):
    """Tells how often somebody began to wait."""

    def __init__(self) -> None:
        super().__init__()
        self.waits = asyncio.Semaphore(0)

    @contextmanager
    def expect(self, job: JobId) -> Iterator[asyncio.Event]:
        with super().expect(job) as event:
            self.waits.release()
            yield event


async def a_doubt(store: Store, now: int) -> tuple[Job, Call]:
    def body() -> Body[tuple[Job, Call]]:
        person = yield from people.resolve(501, now)
        yield from jobs.enqueue(a_new_job(person), queue_cap=9, frames_cap=10**6)
        job = yield from jobs.claim(owner="me", lease_until=now, now=now)
        assert job is not None
        call = yield from calls.intend(
            job, hook="hook", hook_secret="secret", balance_before=None, now=now
        )
        assert call is not None
        doubted = yield from calls.in_doubt(call, detail="no answer")
        assert doubted is not None
        return job, doubted

    return await store.write(body())


@pytest.mark.parametrize("set_by_s", [-7_200, 7_200])
async def test_a_clock_that_is_set_neither_ends_a_doubt_nor_prolongs_it(
    store: Store, clock: Clock, set_by_s: float
) -> None:
    job, call = await a_doubt(store, clock.now_ms())
    nudges = Counted()
    doubt = Doubt(
        store=store,
        clock=clock,
        patience=Patience(asyncio.Event(), nudges),
        policy=Policy.RELEASE,
        longest_s=LONGEST_S,
    )
    # Without a balance to compare, nobody is asked.
    clearing = asyncio.create_task(doubt.clear_up(job, call, cast(Seat, None), reports=True))
    await nudges.waits.acquire()
    clock.set_by(set_by_s)
    nudges.nudge(job.id)
    waiting = asyncio.create_task(nudges.waits.acquire())
    await asyncio.wait({clearing, waiting}, return_when=asyncio.FIRST_COMPLETED)
    assert not clearing.done()
    clock.advance(LONGEST_S + 1)
    nudges.nudge(job.id)
    with pytest.raises(GivenUp):
        await clearing
