"""Earlier: what a job was made from, taken once more for another job."""

import asyncio
from pathlib import Path

from bot.domain import frames, prompt
from bot.domain.request import Plan, Wish
from bot.domain.shapes import Format
from bot.errors import Code, UserError
from bot.media import image
from bot.media.ffmpeg import Ffmpeg
from bot.services.presses import plan_of
from storage import jobs, people
from storage.database import Body, Store
from storage.files import Files
from storage.records import Job, JobId, Mode, Role

_PICTURES = (Role.FIRST_IMAGE, Role.LAST_IMAGE)


class Earlier:
    """Hands out the inputs of earlier jobs to those who may use them.

    What was made from words alone, anybody may make again: the words are on the card. A picture
    or a voice belongs to the member who gave it, so only they can use it again.
    """

    def __init__(self, store: Store, files: Files, ffmpeg: Ffmpeg) -> None:
        self._store = store
        self._files = files
        self._ffmpeg = ffmpeg

    async def job(self, discord_id: int, job_id: JobId) -> Job:
        """A job that this person may make again; raises UserError."""
        return (await self._store.read(_usable(discord_id, job_id)))[0]

    async def take(
        self, wish: Wish, discord_id: int, scratch: Path, *, seed: int
    ) -> tuple[Plan, dict[Role, str]]:
        """Put the inputs of the job that `wish.again` names into `scratch`, fit for the wish.

        Answers the plan and the names of the files; raises UserError, or MediaError.
        """
        if wish.again is None:
            raise ValueError("no earlier job is meant")
        job, inputs = await self._store.read(_usable(discord_id, JobId(wish.again)))
        plan = plan_like(job, wish, seed=seed)
        try:
            await asyncio.to_thread(self._files.share, job.folder, inputs.values(), scratch)
        except FileNotFoundError as error:
            # It was deleted since its row was read.
            raise UserError(Code.INPUTS_GONE) from error
        if plan.format != plan_of(job).format:
            for role in _PICTURES:
                if role in inputs:
                    await self._recrop(scratch / inputs[role], plan.format)
        return plan, inputs

    async def _recrop(self, picture: Path, pixels: Format) -> None:
        # Written beside it and put in its place, so the other job's file is not touched.
        await image.prepare(
            picture, picture, width=pixels.width, height=pixels.height, slots=self._ffmpeg.slots
        )


def plan_like(job: Job, wish: Wish, *, seed: int) -> Plan:
    """The plan of a job with the changes of a wish; a sound keeps its length. Raises UserError."""
    return Plan(
        mode=job.mode,
        prompt=prompt.checked(wish.prompt) if wish.prompt.strip() else job.prompt,
        shape=wish.shape or plan_of(job).shape,
        size=wish.size,
        frames=job.frames if job.mode is Mode.AUDIO else frames.for_seconds(wish.seconds),
        seed=seed,
    )


def _usable(discord_id: int, job_id: JobId) -> Body[tuple[Job, dict[Role, str]]]:
    job = yield from jobs.get(job_id)
    if job is None:
        raise UserError(Code.JOB_UNKNOWN, job=job_id)
    if job.deleted_at is not None:
        raise UserError(Code.JOB_DELETED, job=job_id)
    inputs = yield from jobs.inputs(job_id)
    if job.mode is Mode.AUDIO and Role.DRIVE_WAV not in inputs:
        # Its line was never spoken.
        raise UserError(Code.INPUTS_GONE)
    if job.mode is not Mode.TEXT and (yield from people.find(discord_id)) != job.person_id:
        raise UserError(Code.INPUTS_NOT_YOURS)
    return job, inputs
