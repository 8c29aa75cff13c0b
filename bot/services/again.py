"""Again: another video from one that was made, just so or with a few changes."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from bot.domain import frames, prompt, request
from bot.domain.request import Plan
from bot.domain.shapes import Format, Shape, Size
from bot.errors import Code, UserError
from bot.media import image
from bot.media.ffmpeg import Ffmpeg
from bot.media.reasons import MediaError
from bot.services import refusals
from bot.services.presses import plan_of
from bot.services.submission import Origin, Prepared, Submission, Ticket
from storage import jobs, people
from storage.database import Body, Store
from storage.files import Files
from storage.records import Job, JobId, Mode, Role

_PICTURES = (Role.FIRST_IMAGE, Role.LAST_IMAGE)


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
    """Makes new jobs from jobs that were made.

    What was made from words alone, anybody may make again: the words are on the card. A picture
    or a voice belongs to the member who gave it, so only they can use it again.
    """

    def __init__(
        self,
        *,
        store: Store,
        files: Files,
        ffmpeg: Ffmpeg,
        submission: Submission,
        draw_seed: Callable[[], int],
    ) -> None:
        self._store = store
        self._files = files
        self._ffmpeg = ffmpeg
        self._submission = submission
        self._draw_seed = draw_seed

    async def source(self, discord_id: int, job_id: JobId) -> Plan:
        """The plan of a job that this person may make again; raises UserError."""
        job, _ = await self._store.read(_source(discord_id, job_id))
        return plan_of(job)

    async def make(self, source: JobId, origin: Origin, remix: Remix | None = None) -> Ticket:
        """Submit a job like `source`; raises UserError.

        A second press within seconds answers the ticket of the first, with `is_new` False.
        """
        job, inputs = await self._store.read(_source(origin.discord_id, source))
        plan = self._plan(job, remix or Remix())
        origin = replace(origin, made_from=source)
        # Most repetitions end here; those at the same moment are told apart by the submission.
        before = await self._submission.pressed_before(plan, origin)
        if before is not None:
            return before
        scratch = self._files.new_scratch()
        try:
            await self._take_inputs(job, inputs, plan, scratch)
            folder = await asyncio.to_thread(self._files.adopt, scratch)
        except MediaError as error:
            raise refusals.of_media(error) from error
        finally:
            await asyncio.to_thread(self._files.discard, scratch)
        return await self._submit(Prepared(plan=plan, folder=folder, inputs=inputs), origin)

    def _plan(self, job: Job, remix: Remix) -> Plan:
        was = plan_of(job)
        count = was.frames
        if remix.seconds is not None and was.mode is not Mode.AUDIO:
            count = frames.for_seconds(remix.seconds)
        return Plan(
            mode=was.mode,
            prompt=was.prompt if remix.prompt is None else prompt.checked(remix.prompt),
            shape=remix.shape or was.shape,
            size=remix.size or was.size,
            frames=count,
            seed=request.checked_seed(remix.seed, self._draw_seed()),
        )

    async def _take_inputs(
        self, job: Job, inputs: dict[Role, str], plan: Plan, scratch: Path
    ) -> None:
        try:
            await asyncio.to_thread(self._files.share, job.folder, inputs.values(), scratch)
        except FileNotFoundError as error:
            # It was deleted since its row was read.
            raise UserError(Code.INPUTS_GONE) from error
        if plan.format == plan_of(job).format:
            return
        for role in _PICTURES:
            if role in inputs:
                await self._recrop(scratch / inputs[role], plan.format)

    async def _recrop(self, picture: Path, pixels: Format) -> None:
        # Written beside it and put in its place, so the other job's file is not touched.
        await image.prepare(
            picture, picture, width=pixels.width, height=pixels.height, slots=self._ffmpeg.slots
        )

    async def _submit(self, prepared: Prepared, origin: Origin) -> Ticket:
        folder = self._files.jobs / prepared.folder
        try:
            ticket = await self._submission.submit(prepared, origin)
        except UserError:
            # No row will ever name these inputs; after other errors one might.
            await asyncio.to_thread(self._files.discard, folder)
            raise
        if not ticket.is_new:
            await asyncio.to_thread(self._files.discard, folder)
        return ticket


def _source(discord_id: int, job_id: JobId) -> Body[tuple[Job, dict[Role, str]]]:
    job = yield from jobs.get(job_id)
    if job is None:
        raise UserError(Code.JOB_UNKNOWN, job=job_id)
    if job.deleted_at is not None:
        raise UserError(Code.JOB_DELETED, job=job_id)
    inputs = yield from jobs.inputs(job_id)
    if job.mode is not Mode.TEXT and (yield from people.find(discord_id)) != job.person_id:
        raise UserError(Code.INPUTS_NOT_YOURS)
    return job, inputs
