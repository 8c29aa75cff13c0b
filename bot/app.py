"""The composition root: opens, wires, supervises and closes everything."""

import asyncio
import gc
import logging
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from bot import __version__, client
from bot.clock import SystemClock, Watch
from bot.engines import registry
from bot.errors import SetupError, Stopped
from bot.media import download, ffmpeg
from bot.services.bell import Bell
from bot.services.fetching import Fetcher
from bot.settings import Settings
from bot.web.app import make_app
from bot.web.keys import Site
from bot.web.server import serving
from bot.wiring.parts import Parts
from bot.wiring.services import services
from bot.wiring.worker import listener, scheduler
from bot.worker.janitor import Janitor
from storage import lanes, migrate
from storage.database import Database, StorageError, Store, Unavailable
from storage.files import DirectoryInUse, Files

log = logging.getLogger(__name__)

_TURN_S = 0.001
"""How long one thread may keep the interpreter from the others."""

DATABASE_HELP = "make room on the disk, look at TALKIE_DATABASE_URL, or restore a backup"
FOLDER_HELP = "give this user the folder, or set TALKIE_DATA_DIR to another one"

USER_AGENT = f"Talkie/{__version__}"

Work = Coroutine[Any, Any, None]


class App:
    """Everything wired together; `work` runs it until `stop`."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.stopping = asyncio.Event()
        self._bell = Bell()
        self.services = services(parts, self._bell)
        self._janitor = Janitor(
            store=parts.store,
            files=parts.files,
            clock=parts.clock,
            broom=self.services.broom,
            retention=self.services.retention,
            stopping=self.stopping,
        )
        self._side: asyncio.TaskGroup | None = None

    async def work(self, *mains: Work) -> None:
        """Run the worker, what is given, and what they supervise, until the stop.

        Raises Stopped or the task's own error if one of them ends before it should.
        """
        try:
            await self._make_ready()
        except BaseException:
            for main in mains:
                main.close()
            raise
        async with asyncio.TaskGroup() as side:
            self._side = side
            self.supervise(
                "worker",
                scheduler(self.parts, self.services, self._bell, self.stopping).run(),
            )
            self.supervise("janitor", self._janitor.run())
            listening = listener(self.parts, self.services, USER_AGENT)
            if listening is not None:
                self.supervise("listener", listening.run(self.stopping))
            for main in mains:
                self.supervise("discord", main)

    async def _make_ready(self) -> None:
        limits = self.parts.settings.limits
        await self.parts.store.write(
            lanes.set_caps(running=limits.jobs_at_once, lane=limits.member_jobs_at_once)
        )
        await self.services.pauses.lift()
        await self._janitor.sweep_orphans()

    async def be_bot(self) -> None:
        """Be on Discord and work until the stop; raises SetupError."""
        discord = self.parts.settings.discord
        if discord.token is None:
            raise SetupError("DISCORD_TOKEN is not set")
        client.point_at(discord.api_base, discord.gateway_url)
        bot = client.TalkieBot(
            self.services,
            self.supervise,
            self.stopping,
            loopback=discord.api_base is not None,
        )
        web = self.parts.settings.web
        async with AsyncExitStack() as stack:
            if web.listens_on is not None:
                pages = make_app(
                    ready=_readiness(bot),
                    receive=self.services.hooks.receive,
                    site=Site(
                        videos=self.services.videos,
                        gallery=self.services.gallery,
                        reports=self.services.reports,
                        public_url=web.public_url,
                    ),
                )
                await stack.enter_async_context(serving(pages, host=web.host, port=web.listens_on))
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
        """Let everything that waits look whether anything is due."""
        self._bell.ring()
        self.services.waiting.bell.ring()
        self.services.deliveries.bell.ring()
        self.services.errands.bell.ring()

    async def _guard(self, name: str, work: Work) -> None:
        await work
        if not self.stopping.is_set():
            raise Stopped(f"{name} ended although nobody asked it to")


async def run(settings: Settings) -> None:
    """Be the bot until SIGTERM or SIGINT; raises SetupError or what a task died of."""
    async with opened(settings) as app:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, app.stop)
        # What stands by now stays until the end: to search it for garbage again and again would
        # only hold answers up.
        gc.collect()
        gc.freeze()
        # The database's threads need the interpreter for a moment after each of many short
        # statements; by default each moment is waited for up to 5 ms while the loop is busy.
        sys.setswitchinterval(_TURN_S)
        await app.be_bot()


@asynccontextmanager
async def opened(
    settings: Settings, *, clock: Watch | None = None, fetcher: Fetcher | None = None
) -> AsyncIterator[App]:
    """Open what the settings name, in order; everything is closed in reverse.

    Members' files are fetched from Discord unless another fetcher is given. Raises SetupError.
    """
    async with AsyncExitStack() as stack:
        yield App(await _open(stack, settings, clock or SystemClock(), fetcher))


async def _open(
    stack: AsyncExitStack, settings: Settings, clock: Watch, fetcher: Fetcher | None
) -> Parts:
    files = await _open_files(settings.data.folder)
    stack.callback(files.close)
    path = settings.data.database or files.database
    try:
        writer = await stack.enter_async_context(Database(path))
        await migrate.upgrade(writer)
        reader = await stack.enter_async_context(Database(path, readonly=True))
        binary = await asyncio.to_thread(ffmpeg.locate)
    except Unavailable as error:
        raise SetupError(
            f"The database {path} cannot be used ({error}): {DATABASE_HELP}"
        ) from error
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


async def _open_files(folder: Path) -> Files:
    try:
        return await asyncio.to_thread(Files.open, folder)
    except DirectoryInUse as error:
        raise SetupError(f"{error}: stop that one, or set TALKIE_DATA_DIR to another") from error
    except OSError as error:
        raise SetupError(f"{folder} cannot be written ({error.strerror}): {FOLDER_HELP}") from error


def account_of(settings: Settings) -> registry.Account | None:
    """The account at deAPI that the settings name."""
    if settings.engine.key is None:
        return None
    return registry.Account(
        base_url=settings.engine.base_url,
        key=settings.engine.key.get_secret_value(),
        model=settings.engine.model,
    )


def _readiness(bot: client.TalkieBot) -> Callable[[], Awaitable[bool]]:
    async def ready() -> bool:
        return bot.is_ready()

    return ready
