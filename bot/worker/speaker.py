"""From a spoken line at its engine to the sound that drives the job's video."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace

from bot.clock import Clock
from bot.domain import frames
from bot.engines.base import Spec, Task, Voice
from bot.engines.base import Speech as Said
from bot.errors import Code, UserError
from bot.media import audio
from bot.media.audio import Sound
from bot.media.ffmpeg import Ffmpeg
from bot.media.reasons import MediaError, Overdue, Reason
from bot.services.quotes import Quotes
from bot.worker.finisher import Finisher, when_overdue
from bot.worker.seats import Seat
from bot.worker.steps import GivenUp, Superseded
from storage import calls, jobs, speeches
from storage.database import Body, Store
from storage.files import Files
from storage.records import Call, Job, Role, Speech

log = logging.getLogger(__name__)

_TOO_LONG = frozenset({Reason.SOUND_OVER_LIMIT, Reason.SOUND_TOO_LONG})


class Speaker:
    """Takes finished lines into their jobs."""

    def __init__(  # noqa: PLR0913 wired once, by keyword, in the composition root
        self,
        *,
        store: Store,
        files: Files,
        clock: Clock,
        ffmpeg: Ffmpeg,
        finisher: Finisher,
        quotes: Mapping[str, Quotes],
        roughen: bool = False,
    ) -> None:
        self._store = store
        self._files = files
        self._clock = clock
        self._ffmpeg = ffmpeg
        self._finisher = finisher
        self._quotes = quotes
        self._roughen = roughen

    def task(self, task: Task, speech: Speech) -> Task:
        """What an engine is to speak before it gets a job's own task."""
        voice = Voice(
            slug=speech.voice,
            name=speech.voice,
            language=speech.language,
            spoken=speech.language,
            model=speech.model,
        )
        said = Said(text=speech.line, voice=voice)
        return replace(task, speech=said, model=speech.model, price_micro=speech.price_micro)

    async def take(self, job: Job, call: Call, seat: Seat, *, age_s: float) -> Job:
        """Fetch a line that was spoken; answers the job with its real length and price.

        The files are in the job's folder before any row tells of them, so a crash in between
        only prepares them again. Raises GivenUp, PutOff, Superseded, Interrupted.
        """
        if call.handle is None:
            raise ValueError("a spoken line has a handle")
        scratch = self._files.new_scratch()
        try:
            raw = scratch / "speech.mp3"
            await self._finisher.fetch(job, seat, call.handle, raw, age_s=age_s)
            sound = await audio.prepare(
                raw,
                scratch,
                ffmpeg=self._ffmpeg,
                lengths=frames.LEGAL,
                fps=frames.FPS,
                roughen=self._roughen,
            )
            inputs = await asyncio.to_thread(self._join, job, sound)
        except Overdue as error:
            raise when_overdue(error, job, age_s) from error
        except MediaError as error:
            too_long = error.reason in _TOO_LONG
            code = Code.SPEECH_TOO_LONG if too_long else Code.ENGINE_RESULT
            raise GivenUp(code, str(error)) from error
        finally:
            await asyncio.to_thread(self._files.discard, scratch)
        price_micro = await self._price(job, sound.frames)
        spoken = await self._store.write(
            self._spoken(job, call, inputs, frames_=sound.frames, price_micro=price_micro)
        )
        log.info("line spoken", extra={"frames": spoken.frames, "price_micro": price_micro})
        await seat.engine.forget(call.handle)
        return spoken

    def _join(self, job: Job, sound: Sound) -> dict[Role, str]:
        roles = {
            Role.DRIVE_WAV: sound.drive_wav,
            Role.DRIVE_MP3: sound.drive_mp3,
            Role.CLEAN_WAV: sound.clean_wav,
        }
        try:
            names = self._files.join(job.folder, list(roles.values()))
        except FileNotFoundError as error:
            raise GivenUp(Code.INPUTS_GONE, "the job's folder is gone") from error
        return dict(zip(roles, names, strict=True))

    async def _price(self, job: Job, length: int) -> int:
        """What the clip costs at its real length; never more than was held for."""
        if length == job.frames or job.engine not in self._quotes:
            return job.price_micro
        spec = Spec(mode=job.mode, width=job.width, height=job.height, frames=length)
        try:
            quote = await self._quotes[job.engine].of(spec)
        except UserError as error:
            log.warning("the longer clip's price stands", extra={"detail": str(error)})
            return job.price_micro
        return quote.price_micro

    def _spoken(
        self, job: Job, call: Call, inputs: Mapping[Role, str], *, frames_: int, price_micro: int
    ) -> Body[Job]:
        now = self._clock.now_ms()
        spoken = yield from speeches.done(job, frames=frames_, price_micro=price_micro, now=now)
        if spoken is None or (yield from calls.finished(call, now=now)) is None:
            raise Superseded
        yield from jobs.keep_inputs(job.id, dict(inputs))
        return spoken
