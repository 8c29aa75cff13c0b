"""The place of the campaign: both stand-ins, members, and the bot as a process that dies often."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path

from cogs.ui import texts
from tests.e2e.process import Process
from tests.fakes.deapi.behaviour import Behaviour, Tier
from tests.fakes.deapi.jobs import DONE, Job
from tests.fakes.deapi.server import StandIn
from tests.fakes.discord.interactions import Interaction
from tests.fakes.discord.journal import Kind
from tests.fakes.discord.messages import Message
from tests.fakes.discord.server import Discord, serve
from tests.fakes.moments import Moment, Phase
from tests.torture import traps
from tests.torture.rows import Rows
from tests.torture.traps import Trap
from tests.torture.windows import Seen

MEMBERS = 6
START_S = 120.0
LOOKS_UNTIL_DONE = 2
ENDINGS = (texts.CANCELLED, texts.FAILED)


class Town:
    """Members in one channel, the provider, and Talkie while it lives."""

    def __init__(self, discord: Discord, deapi: StandIn, folder: Path) -> None:
        self.discord = discord
        self.deapi = deapi
        self.data = folder / "data"
        self.rows = Rows(self.data / "talkie.db")
        world = discord.world
        self.members = [world.add_user(f"member-{n}") for n in range(MEMBERS)]
        guild = world.add_guild("Home", members=[*self.members, world.owner])
        self.channel = world.add_channel(guild, "general")
        self.seen = Seen()
        self.commands: dict[str, Interaction] = {}
        """What members asked for, by prompt."""
        self.starts = 0
        self.posts: list[str] = []
        """The prompt of each submit that arrived, also of those that came no further."""
        self.raced: set[str] = set()
        """Jobs that were thrown away while the provider finished them, in all lives."""
        self.struck: str | None = None
        """The job whose request sprang the trap."""
        self.dead = asyncio.Event()
        self._folder = folder
        self._process: Process | None = None
        self._trap: Trap | None = None
        self._killing: asyncio.Task[None] | None = None
        deapi.moments.watch(self._watch)
        discord.moments.watch(self._watch)

    async def start(self) -> None:
        """Start the bot on what the last one left, and wait until it hears members."""
        self.seen = Seen()
        self.struck = None
        self.dead = asyncio.Event()
        self.starts += 1
        self._process = await Process.start(self._environment(), self._folder)
        connected = asyncio.create_task(
            self.discord.observer.connected(times=self.starts, timeout_s=START_S)
        )
        died = asyncio.create_task(self._process.ended(START_S * 2))
        await asyncio.wait({connected, died}, return_when=asyncio.FIRST_COMPLETED)
        died.cancel()
        if not connected.done():
            connected.cancel()
            raise AssertionError(f"it did not start:\n{self.log()[-2000:]}")
        await connected

    async def stop(self) -> int:
        """SIGTERM; answers the exit code."""
        assert self._process is not None
        code = await self._process.stop()
        self.dead.set()
        return code

    def arm(self, trap: Trap) -> None:
        """Kill the bot at the moment this trap waits for."""
        self._trap = trap

    def kill(self, prompt: str | None = None) -> None:
        """SIGKILL, once; `prompt` names the job it is meant for."""
        assert self._process is not None
        self._trap = None
        if not self.dead.is_set():
            self._process.strike()
            self.struck = self.struck or prompt
            self.dead.set()

    async def buried(self) -> None:
        """Wait until the bot is gone and the stand-ins know it."""
        assert self._process is not None
        if self._killing is not None:
            await self._killing
            self._killing = None
        self.kill()
        await self._process.ended()
        journal = self.discord.journal
        await journal.wait_for(lambda: journal.count(Kind.DISCONNECTED) >= self.starts)

    def hold_provider(self, *, held: bool) -> None:
        """Let nothing at the provider come to its end but what is told to."""
        self.deapi.behaviour.looks_until_done = None if held else LOOKS_UNTIL_DONE

    def renderings(self, prompt: str) -> list[Job]:
        """What the provider accepted for a prompt."""
        return [job for job in self._jobs() if prompt_of(job) == prompt]

    def look_around(self) -> Seen:
        """What is true outside now, added to what was seen since the start."""
        self.seen.accepted = {prompt_of(job) for job in self._jobs()}
        self.seen.ready = {prompt_of(job) for job in self._jobs() if job.status == DONE}
        titles = {texts.title(job.id): job.prompt for job in self.rows.standings()}
        self.seen.shown = {
            titles[title] for title in (_ended_title(each) for each in self.own_messages())
            if title in titles
        }  # fmt: skip
        return self.seen

    def own_messages(self) -> list[Message]:
        """What the bot has said in the channel."""
        found = self.discord.observer.messages(self.channel)
        return [message for message in found if message.author.is_bot]

    def log(self) -> str:
        """What the bot wrote in all its lives."""
        return (self._folder / "talkie.log").read_text()

    def tells_done(self, moment: Moment) -> bool:
        """Whether a look is about a job that is, or by this look becomes, done."""
        job = self.deapi.jobs.by_id.get(moment.path.rpartition("/")[2])
        if job is None:
            return False
        until = self.deapi.behaviour.looks_until_done
        is_next = moment.phase is Phase.ARRIVED and until is not None and job.looks >= until
        return job.status == DONE or is_next

    def _jobs(self) -> list[Job]:
        return list(self.deapi.jobs.by_id.values())

    async def _watch(self, moment: Moment) -> bool:
        self._note(moment)
        trap = self._trap
        if trap is None or self.dead.is_set() or not trap.wants(moment):
            return False
        if trap.skip:
            trap.skip -= 1
            return False
        self._trap = None
        if trap.delay_s:
            self._killing = asyncio.create_task(self._kill_later(trap.delay_s, moment))
            return False
        self._kill_at(moment)
        return trap.cuts

    async def _kill_later(self, delay_s: float, moment: Moment) -> None:
        await asyncio.sleep(delay_s)
        self._kill_at(moment)

    def _kill_at(self, moment: Moment) -> None:
        """Nothing comes before the kill: the bot goes on meanwhile."""
        self.kill()
        self.struck = self.struck or self._prompt_in(moment)

    def _note(self, moment: Moment) -> None:
        prompt = None if traps.video_of(moment) else self._prompt_in(moment)
        if prompt is None:
            return
        if moment.phase is Phase.ARRIVED and traps.is_submit(moment):
            self.posts.append(prompt)
        if moment.phase is Phase.ANSWERED and not self.dead.is_set():
            if traps.is_look(moment) and self.tells_done(moment):
                self.seen.told_done.add(prompt)
            if traps.is_download(moment):
                self.seen.fetched.add(prompt)

    def _prompt_in(self, moment: Moment) -> str | None:
        if traps.is_submit(moment):
            return str(moment.detail["prompt"])
        if traps.is_look(moment) or traps.is_download(moment):
            handle = moment.path.rpartition("/")[2].removesuffix(".mp4")
            job = self.deapi.jobs.by_id.get(handle)
            return None if job is None else prompt_of(job)
        video = traps.video_of(moment)
        if video is None:
            return None
        return next((job.prompt for job in self.rows.standings() if job.id == video), None)

    def _environment(self) -> dict[str, str]:
        return {
            "DISCORD_TOKEN": self.discord.token,
            "DEAPI_API_KEY": self.deapi.behaviour.key,
            "TALKIE_DATA_DIR": str(self.data),
            "TALKIE_DEAPI_BASE_URL": self.deapi.url,
            "TALKIE_DISCORD_API_BASE": self.discord.api_base,
            "TALKIE_DISCORD_GATEWAY_URL": self.discord.gateway_url,
            "TALKIE_POLL_SECONDS": "0.05",
            "TALKIE_DOUBT_MINUTES": "0.05",
            "TALKIE_WELCOME_CREDITS": "100000",
            "TALKIE_DAILY_CREDITS": "0",
            "TALKIE_JOBS_AT_ONCE": "8",
            "TALKIE_MEMBER_JOBS_AT_ONCE": "2",
            "TALKIE_MEMBER_QUEUE": "50",
            "TALKIE_MEMBER_QUEUE_SECONDS": "1000",
            "TALKIE_SERVER_JOBS": "1000",
        }


def prompt_of(job: Job) -> str:
    """What the provider was asked to render."""
    return str(job.fields["prompt"])


def _ended_title(message: Message) -> str | None:
    """The title of the job whose ending a public message tells."""
    if message.ephemeral_for is not None:
        return None
    text = message.draft.text
    has_ended = bool(message.draft.kept) or any(ending in text for ending in ENDINGS)
    start = text.find("**Video #")
    return text[start : text.find("**", start + 2) + 2] if has_ended and start >= 0 else None


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Town]:
    """A town whose bot is not yet born; it does not outlive this."""
    behaviour = Behaviour(
        tier=Tier.UNLIMITED, balance=Decimal(100_000), looks_until_done=LOOKS_UNTIL_DONE
    )
    async with serve() as discord, StandIn(behaviour) as deapi:
        town = Town(discord, deapi, folder)
        try:
            yield town
        finally:
            if town.starts:
                await town.buried()
