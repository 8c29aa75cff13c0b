"""The composition root: opens, wires, supervises and closes everything."""

import asyncio
import logging
import secrets
import signal
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from bot import __version__, client
from bot.clock import Clock, SystemClock
from bot.domain import pricing
from bot.domain.request import LONGEST_SEED
from bot.engines import registry
from bot.engines.base import Engine
from bot.errors import SetupError, Stopped
from bot.media import download, ffmpeg
from bot.services.bell import Bell
from bot.services.container import Services
from bot.services.credits import Allowance, Credits
from bot.services.delivery import Deliveries
from bot.services.events import Bus
from bot.services.facts import Facts
from bot.services.intake import Fetcher, Intake
from bot.services.jobs import Jobs
from bot.services.nudges import Nudges
from bot.services.pauses import Pauses
from bot.services.submission import Limits, Submission
from bot.services.turns import Turns
from bot.settings import Settings
from bot.worker.doubt import Doubt, Policy
from bot.worker.finisher import Finisher
from bot.worker.janitor import Janitor
from bot.worker.patience import Patience
from bot.worker.runner import Runner
from bot.worker.scheduler import Scheduler
from bot.worker.seats import Seat
from bot.worker.starter import Starter
from storage import lanes, migrate
from storage.database import Database, StorageError, Store
from storage.files import Files

log = logging.getLogger(__name__)

USER_AGENT = f"Talkie/{__version__}"
LOCAL_POLL_S = 0.2

Work = Coroutine[Any, Any, None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What is opened first and closed last."""

    settings: Settings
    clock: Clock
    files: Files
    store: Store
    engines: Mapping[str, Engine]
    ffmpeg: ffmpeg.Ffmpeg
    fetcher: Fetcher


class App:
    """Everything wired together; `work` runs it until `stop`."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.stopping = asyncio.Event()
        self._bell = Bell()
        self.services = _services(parts, self._bell)
        self._janitor = Janitor(
            store=parts.store, files=parts.files, clock=parts.clock, stopping=self.stopping
        )
        self._side: asyncio.TaskGroup | None = None

    async def work(self, *mains: Work) -> None:
        """Run the worker, what is given, and what they supervise, until the stop.

        Raises Stopped or the task's own error if one of them ends before it should.
        """
        limits = self.parts.settings.limits
        await self.parts.store.write(
            lanes.set_caps(running=limits.jobs_at_once, lane=limits.member_jobs_at_once)
        )
        await self._janitor.sweep_orphans()
        async with asyncio.TaskGroup() as side:
            self._side = side
            self.supervise("worker", self._scheduler().run())
            self.supervise("janitor", self._janitor.run())
            for main in mains:
                self.supervise("discord", main)

    async def be_bot(self) -> None:
        """Be on Discord and work until the stop; raises SetupError."""
        discord = self.parts.settings.discord
        if discord.token is None:
            raise SetupError("DISCORD_TOKEN is not set")
        if discord.api_base and discord.gateway_url:
            client.point_at(discord.api_base, discord.gateway_url)
        bot = client.TalkieBot(
            self.services,
            self.supervise,
            self.stopping,
            loopback=discord.api_base is not None,
        )
        await self.work(bot.run_until_stopped(discord.token.get_secret_value()))

    def supervise(self, name: str, work: Work) -> asyncio.Task[None]:
        """Run a side task that must not end before the stop."""
        if self._side is None:
            raise RuntimeError("the app does not work yet")
        return self._side.create_task(self._guard(name, work), name=name)

    def stop(self) -> None:
        """Ask everything to come to an end."""
        self.stopping.set()
        self.wake()

    def wake(self) -> None:
        """Let the worker and the deliveries look whether anything is due."""
        self._bell.ring()
        self.services.deliveries.bell.ring()

    async def _guard(self, name: str, work: Work) -> None:
        await work
        if not self.stopping.is_set():
            raise Stopped(f"{name} ended although nobody asked it to")

    def _scheduler(self) -> Scheduler:
        parts, settings = self.parts, self.parts.settings.engine
        patience = Patience(self.stopping, self.services.nudges)
        seats = {
            name: Seat(
                engine=engine,
                poll_s=LOCAL_POLL_S if engine.restart_is_free else settings.poll_s,
            )
            for name, engine in parts.engines.items()
        }
        runner = Runner(
            store=parts.store,
            files=parts.files,
            clock=parts.clock,
            seats=seats,
            starter=Starter(parts.store, parts.clock, hook_origin=None),
            doubt=Doubt(
                store=parts.store,
                clock=parts.clock,
                patience=patience,
                policy=Policy(settings.in_doubt),
                longest_s=settings.doubt_minutes * 60,
            ),
            finisher=Finisher(parts.files, parts.ffmpeg, patience),
            patience=patience,
            bus=self.services.bus,
            delivery_bell=self.services.deliveries.bell,
            reports=False,
        )
        return Scheduler(
            store=parts.store,
            clock=parts.clock,
            runner=runner,
            bell=self._bell,
            stopping=self.stopping,
        )


async def run(settings: Settings) -> None:
    """Be the bot until SIGTERM or SIGINT; raises SetupError or what a task died of."""
    async with opened(settings) as app:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, app.stop)
        await app.be_bot()


@asynccontextmanager
async def opened(
    settings: Settings, *, clock: Clock | None = None, fetcher: Fetcher | None = None
) -> AsyncIterator[App]:
    """Open what the settings name, in order; everything is closed in reverse.

    Members' files are fetched from Discord unless another fetcher is given. Raises SetupError.
    """
    async with AsyncExitStack() as stack:
        yield App(await _open(stack, settings, clock or SystemClock(), fetcher))


async def _open(
    stack: AsyncExitStack, settings: Settings, clock: Clock, fetcher: Fetcher | None
) -> Parts:
    try:
        files = await asyncio.to_thread(Files.open, settings.data.folder)
        stack.callback(files.close)
        path = settings.data.database or files.database
        writer = await stack.enter_async_context(Database(path))
        await migrate.upgrade(writer)
        reader = await stack.enter_async_context(Database(path, readonly=True))
        binary = await asyncio.to_thread(ffmpeg.locate)
    except (StorageError, OSError, ffmpeg.FfmpegMissing) as error:
        raise SetupError(str(error)) from error
    engines = await stack.enter_async_context(
        registry.opened(
            folder=files.local_engine,
            processes=settings.engine.local_processes,
            account=account_of(settings),
            user_agent=USER_AGENT,
        )
    )
    if fetcher is None:
        fetcher = await stack.enter_async_context(
            download.opened(user_agent=USER_AGENT, loopback=settings.discord.api_base is not None)
        )
    return Parts(
        settings=settings,
        clock=clock,
        files=files,
        store=Store(writer, reader),
        engines=engines,
        ffmpeg=ffmpeg.Ffmpeg(binary, slots=asyncio.Semaphore(settings.limits.media_processes)),
        fetcher=fetcher,
    )


def account_of(settings: Settings) -> registry.Account | None:
    """The account at deAPI that the settings name."""
    if settings.engine.key is None:
        return None
    return registry.Account(
        base_url=settings.engine.base_url,
        key=settings.engine.key.get_secret_value(),
        model=settings.engine.model,
    )


def _services(parts: Parts, bell: Bell) -> Services:
    settings, store, clock = parts.settings, parts.store, parts.clock
    bus, nudges = Bus(), Nudges()
    engine = parts.engines[settings.engine.name]
    allowance = Allowance(
        welcome=settings.credits.welcome,
        daily=settings.credits.daily,
        credit_micro=settings.credits.credit_micro,
    )
    spend = settings.credits.daily_spend_usd
    submission = Submission(
        store=store,
        clock=clock,
        engine=engine,
        allowance=allowance,
        limits=Limits(
            member_queue=settings.limits.member_queue,
            member_queue_s=settings.limits.member_queue_s,
            server_jobs=settings.limits.server_jobs,
            cooldown_s=settings.limits.cooldown_s,
            daily_spend_micro=None if spend is None else pricing.micro_from_dollars(spend),
        ),
        bus=bus,
        bell=bell,
    )
    deliveries = Deliveries(store, parts.files, clock, parts.ffmpeg)
    return Services(
        intake=Intake(
            store=store,
            files=parts.files,
            clock=clock,
            fetcher=parts.fetcher,
            ffmpeg=parts.ffmpeg,
            submission=submission,
            draw_seed=lambda: secrets.randbelow(LONGEST_SEED + 1),
        ),
        submission=submission,
        jobs=Jobs(store, clock, bus, deliveries.bell, nudges),
        credits=Credits(store, clock, allowance, free=engine.restart_is_free),
        deliveries=deliveries,
        facts=Facts(store),
        bus=bus,
        nudges=nudges,
        pauses=Pauses(store),
        turns=Turns(),
    )
