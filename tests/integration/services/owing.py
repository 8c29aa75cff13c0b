"""A house whose deliveries are looked at: its services, its rows and the clock it is told."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from bot import app
from bot.errors import Code
from bot.services.claims import Claims
from bot.services.container import Services
from bot.services.delivery import Deliveries
from bot.settings import Settings
from storage import deliveries, jobs, people, replies
from storage.database import Body, Store
from storage.records import DeliveryState, Job, JobId, Reply
from tests.builders import a_new_job
from tests.fakes.clock import Clock

MIRA = 501


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The services over one data directory."""

    services: Services
    store: Store
    clock: Clock

    @property
    def deliveries(self) -> Deliveries:
        return self.services.deliveries

    @property
    def claims(self) -> Claims:
        return self.services.claims

    def reply(self, **changes: object) -> Reply:
        whole = Reply(
            application_id=1,
            token="token",
            token_until=self.clock.now_ms() + 900_000,
            channel_id=20,
            message_id=30,
            bot_is_present=True,
            ephemeral=False,
            limit_bytes=10_000_000,
        )
        return replace(whole, **changes)  # type: ignore[arg-type]  # tests name its fields

    async def a_job(self, **changes: object) -> JobId:
        reply, now = self.reply(**changes), self.clock.now_ms()

        def body() -> Body[JobId]:
            person = yield from people.resolve(MIRA, now)
            job = yield from jobs.enqueue(
                a_new_job(person, hold=0), queue_cap=100, frames_cap=10**6
            )
            assert job is not None
            yield from replies.keep(job, reply, offer_at=reply.token_until - 120_000)
            return job

        return await self.store.write(body())

    async def an_ended_job(self, **changes: object) -> JobId:
        job, now = await self.a_job(**changes), self.clock.now_ms()

        def body() -> Body[None]:
            claimed: Job | None = yield from jobs.claim(owner="me", lease_until=now, now=now)
            assert claimed is not None
            yield from jobs.fail(claimed, reason=Code.ENGINE_FAILED, incident=None, now=now)
            yield from deliveries.owe(claimed.id, now=now)

        await self.store.write(body())
        return job

    async def state(self, job: JobId) -> DeliveryState | None:
        return (await self.services.jobs.standing(job)).delivery


@asynccontextmanager
async def opened() -> AsyncIterator[House]:
    """The house of the environment."""
    clock = Clock()
    async with app.opened(Settings(), clock=clock) as talkie:
        yield House(services=talkie.services, store=talkie.parts.store, clock=clock)
