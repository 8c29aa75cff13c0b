"""Again: another video from one that was made, just so or with a few changes."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from bot.clock import Clock
from bot.domain.request import Plan, Wish
from bot.domain.shapes import Shape, Size
from bot.errors import Code, UserError
from bot.services.earlier import Earlier, plan_like
from bot.services.intake import Intake, Question
from bot.services.presses import Doorbell, plan_of
from bot.services.submission import Origin, Submission, Ticket
from bot.services.turns import Turnstile
from storage.records import JobId


@dataclass(frozen=True, slots=True, kw_only=True)
class Remix:
    """What shall be different; None leaves it as it was."""

    prompt: str | None = None
    shape: Shape | None = None
    size: Size | None = None
    seconds: float | None = None
    """Of no effect where a sound says how long the video is."""
    seed: int | None = None
    """None draws a new one."""


class Again:
    """Makes new jobs from jobs that were made, by whoever may use what they were made from."""

    def __init__(
        self, *, clock: Clock, earlier: Earlier, intake: Intake, submission: Submission
    ) -> None:
        self._earlier = earlier
        self._intake = intake
        self._submission = submission
        self._doorbell = Doorbell(clock)
        self._presses = Turnstile()

    async def source(self, discord_id: int, job_id: JobId) -> Plan:
        """The plan of a job that this person may make again; raises UserError."""
        return plan_of(await self._earlier.job(discord_id, job_id))

    async def wish(self, discord_id: int, source: JobId, remix: Remix) -> Wish:
        """What shall be made of an earlier job; raises UserError."""
        was = await self.source(discord_id, source)
        return Wish(
            mode=was.mode,
            prompt=was.prompt if remix.prompt is None else remix.prompt,
            shape=remix.shape or was.shape,
            size=remix.size or was.size,
            seconds=was.seconds if remix.seconds is None else remix.seconds,
            seed=remix.seed,
            again=source,
        )

    def one_press(
        self, discord_id: int, source: JobId, remix: Remix
    ) -> AbstractContextManager[None]:
        """Let one press through within seconds; raises PRESSED_ALREADY to the others at once.

        A press that fails may be repeated.
        """
        return self._doorbell.once((discord_id, source, remix))

    async def check(self, discord_id: int, source: JobId, remix: Remix) -> Wish:
        """What a press asks for, refused at once if it can be; raises UserError.

        PRESSED_ALREADY says that the same press was made within seconds, also before a restart.
        """
        wish = await self.wish(discord_id, source, remix)
        self._intake.check(wish)
        origin = Origin(discord_id=discord_id, interaction_id=None, made_from=source)
        if await self._pressed_before(wish, source, origin) is not None:
            raise UserError(Code.PRESSED_ALREADY)
        return wish

    async def consider(self, source: JobId, origin: Origin, remix: Remix) -> Ticket | Question:
        """Submit a job like `source`, or ask first if it costs a lot; raises UserError.

        A second press within seconds answers the ticket of the first, with `is_new` False.
        """
        origin = replace(origin, made_from=source)
        wish = await self.wish(origin.discord_id, source, remix)
        async with self._presses.passing((origin.discord_id, source)):
            before = await self._pressed_before(wish, source, origin)
            return before or await self._intake.consider(wish, origin)

    async def _pressed_before(self, wish: Wish, source: JobId, origin: Origin) -> Ticket | None:
        job = await self._earlier.job(origin.discord_id, source)
        # Each press draws its own seed, so the seed tells no press from another.
        return await self._submission.pressed_before(plan_like(job, wish, seed=0), origin)
