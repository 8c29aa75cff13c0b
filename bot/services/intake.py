"""Intake: what a member gave is fetched, checked and prepared before anything costs anything."""

import asyncio
import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from pydantic import TypeAdapter

from bot.clock import Clock
from bot.domain import frames, prompt, request, shapes
from bot.domain.request import Plan, Source, Wish
from bot.domain.shapes import Shape
from bot.errors import Code, UserError
from bot.media import audio, image
from bot.media.ffmpeg import Ffmpeg
from bot.media.reasons import MediaError, Reason
from bot.services import refusals
from bot.services.submission import Origin, Prepared, Submission, Ticket
from storage import drafts, people
from storage.database import Body, Store
from storage.files import Files
from storage.records import Mode, Role

log = logging.getLogger(__name__)

MOST_BYTES = 25 * 1024 * 1024
"""The largest attachment that is looked at."""
DOWNLOAD_S = 30.0
AT_ONCE = 3
"""Files of one member that are prepared at the same time."""

_WISHES: TypeAdapter[Wish] = TypeAdapter(Wish)
_PICTURES = {Role.FIRST_IMAGE: "first.jpg", Role.LAST_IMAGE: "last.jpg"}


class Fetcher(Protocol):
    """Where the bytes of a source come from."""

    async def fetch(
        self,
        url: str,
        target: Path,
        *,
        max_bytes: int,
        timeout_s: float,
        declared_bytes: int | None,
    ) -> int:
        """Write a file and answer its size; raises MediaError."""


class Intake:
    """Turns a wish into a job, or into the reason why not."""

    def __init__(  # noqa: PLR0913 wired once, by keyword, in the composition root
        self,
        *,
        store: Store,
        files: Files,
        clock: Clock,
        fetcher: Fetcher,
        ffmpeg: Ffmpeg,
        submission: Submission,
        draw_seed: Callable[[], int],
        roughen: bool = False,
    ) -> None:
        self._store = store
        self._files = files
        self._clock = clock
        self._fetcher = fetcher
        self._ffmpeg = ffmpeg
        self._submission = submission
        self._draw_seed = draw_seed
        self._busy: Counter[int] = Counter()
        self._roughen = roughen

    def check(self, wish: Wish) -> None:
        """Refuse at once what needs no look at any file; raises UserError."""
        request.checked_seed(wish.seed, 0)
        if wish.prompt.strip() or wish.mode is Mode.TEXT:
            prompt.checked(wish.prompt)
        for source in (wish.first_image, wish.last_image, wish.sound):
            if source is not None and source.declared_bytes > MOST_BYTES:
                raise UserError(Code.FILE_TOO_BIG, limit_bytes=MOST_BYTES)

    async def accept(self, wish: Wish, origin: Origin) -> Ticket:
        """Fetch, check and prepare the inputs, then submit the job; raises UserError."""
        self.check(wish)
        if self._busy[origin.discord_id] >= AT_ONCE:
            raise UserError(Code.QUEUE_FULL, limit=AT_ONCE)
        self._busy[origin.discord_id] += 1
        scratch = self._files.new_scratch()
        try:
            plan, inputs = await self._prepare(wish, scratch)
            folder = await asyncio.to_thread(self._files.adopt, scratch)
            return await self._submit(Prepared(plan=plan, folder=folder, inputs=inputs), origin)
        except MediaError as error:
            raise await self._refusal(error, wish, origin) from error
        finally:
            self._busy[origin.discord_id] -= 1
            self._busy += Counter()
            await asyncio.to_thread(self._files.discard, scratch)

    async def keep(self, wish: Wish, discord_id: int) -> int:
        """Keep a wish until its member has answered a question; answers the draft's number."""
        now = self._clock.now_ms()

        def body() -> Body[int]:
            person = yield from people.resolve(discord_id, now)
            return (yield from drafts.keep(person, wish=_WISHES.dump_json(wish).decode(), now=now))

        return await self._store.write(body())

    async def accept_draft(
        self, draft: int, answer: Callable[[Wish], Wish], origin: Origin
    ) -> Ticket:
        """Go on with a kept wish, completed by its member's answer; raises UserError."""
        kept = await self._store.read(_own_draft(draft, origin.discord_id))
        wish = answer(_WISHES.validate_json(kept))
        return await self.accept(wish, replace(origin, draft=draft))

    async def check_draft(self, draft: int, discord_id: int) -> None:
        """Refuse at once a draft that is used, expired or another's; raises UserError."""
        await self._store.read(_own_draft(draft, discord_id))

    async def _prepare(self, wish: Wish, scratch: Path) -> tuple[Plan, dict[Role, str]]:
        inputs: dict[Role, str] = {}
        count = frames.for_seconds(wish.seconds)
        if wish.sound is not None:
            count = await self._prepare_sound(wish.sound, scratch, inputs, wish.first_part_only)
        pictures = await self._fetch_pictures(wish, scratch)
        plan = Plan(
            mode=wish.mode,
            prompt=self._prompt(wish),
            shape=wish.shape or await self._shape_of(pictures.get(Role.FIRST_IMAGE)),
            size=wish.size,
            frames=count,
            seed=request.checked_seed(wish.seed, self._draw_seed()),
        )
        for role, source in pictures.items():
            target = scratch / _PICTURES[role]
            await image.prepare(
                source,
                target,
                width=plan.format.width,
                height=plan.format.height,
                anchor=image.Anchor(wish.anchor),
                slots=self._ffmpeg.slots,
            )
            source.unlink()
            inputs[role] = target.name
        return plan, inputs

    async def _submit(self, prepared: Prepared, origin: Origin) -> Ticket:
        try:
            return await self._submission.submit(prepared, origin)
        except UserError:
            # No row will ever name these inputs; after other errors one might.
            await asyncio.to_thread(self._files.discard, self._files.jobs / prepared.folder)
            raise

    async def _prepare_sound(
        self, source: Source, scratch: Path, inputs: dict[Role, str], first_part_only: bool
    ) -> int:
        raw = await self._fetch(source, scratch / "sound.raw")
        sound = await audio.prepare(
            raw,
            scratch,
            ffmpeg=self._ffmpeg,
            lengths=frames.LEGAL,
            fps=frames.FPS,
            first_only=first_part_only,
            roughen=self._roughen,
        )
        raw.unlink()
        inputs[Role.DRIVE_WAV] = sound.drive_wav.name
        inputs[Role.DRIVE_MP3] = sound.drive_mp3.name
        inputs[Role.CLEAN_WAV] = sound.clean_wav.name
        return sound.frames

    async def _fetch_pictures(self, wish: Wish, scratch: Path) -> dict[Role, Path]:
        wanted = {Role.FIRST_IMAGE: wish.first_image, Role.LAST_IMAGE: wish.last_image}
        return {
            role: await self._fetch(source, scratch / f"{role}.raw")
            for role, source in wanted.items()
            if source is not None
        }

    async def _fetch(self, source: Source, target: Path) -> Path:
        await self._fetcher.fetch(
            source.url,
            target,
            max_bytes=MOST_BYTES,
            timeout_s=DOWNLOAD_S,
            declared_bytes=source.declared_bytes,
        )
        return target

    async def _shape_of(self, picture: Path | None) -> Shape:
        if picture is None:
            return Shape.WIDE
        return shapes.nearest(*(await image.measure(picture, slots=self._ffmpeg.slots)))

    def _prompt(self, wish: Wish) -> str:
        if wish.prompt.strip():
            return prompt.checked(wish.prompt)
        return prompt.default_for(wish.mode, has_picture=wish.first_image is not None)

    async def _refusal(self, error: MediaError, wish: Wish, origin: Origin) -> UserError:
        log.info("input refused", extra={"reason": str(error)})
        refusal = refusals.of_media(error)
        if error.reason is not Reason.SOUND_OVER_LIMIT:
            return refusal
        refusal.facts["draft"] = await self.keep(wish, origin.discord_id)
        return refusal


def _own_draft(draft: int, discord_id: int) -> Body[str]:
    kept = yield from drafts.get(draft)
    if kept is None:
        raise UserError(Code.FORM_EXPIRED)
    if (yield from people.find(discord_id)) != kept[0]:
        raise UserError(Code.NOT_YOURS)
    return kept[1]
