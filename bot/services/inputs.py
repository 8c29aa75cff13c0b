"""Inputs: the files a member gave, now or before, are checked and made ready for the model."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.domain import context, frames, prompt, request, shapes, spoken, versions
from bot.domain.request import Plan, Source, Wish
from bot.domain.shapes import Cut, Format, Shape
from bot.domain.versions import Words
from bot.media import audio, image
from bot.media.ffmpeg import Ffmpeg
from bot.services.earlier import Earlier
from bot.services.fetching import DOWNLOAD_S, MOST_BYTES, Fetcher
from bot.services.hands import Hands
from bot.services.portraits import Portraits
from bot.services.preferences import Preferences
from bot.services.voices import Spoken, Voices
from storage.belongings import PortraitId
from storage.files import Files
from storage.records import Role

_PICTURES = {Role.FIRST_IMAGE: "first.jpg", Role.LAST_IMAGE: "last.jpg"}


@dataclass(slots=True, kw_only=True)
class Made:
    """Inputs as they lie in `folder`, what is cut of the first picture, and how the sound is."""

    plan: Plan
    folder: Path
    files: dict[Role, str] = field(default_factory=dict)
    cut: Cut | None = None
    spoken: Spoken | None = None
    """The line whose sound is made once the job is under way; until then its length is a guess."""
    sound: context.Sound = field(default_factory=context.Sound)
    words: Words = field(default_factory=Words)


class Inputs:
    """Makes the inputs of a wish in a folder that is gone afterwards, unless it was adopted."""

    def __init__(  # noqa: PLR0913 wired once, by keyword, in the composition root
        self,
        *,
        files: Files,
        fetcher: Fetcher,
        portraits: Portraits,
        voices: Voices,
        earlier: Earlier,
        preferences: Preferences,
        hands: Hands,
        ffmpeg: Ffmpeg,
        draw_seed: Callable[[], int],
        roughen: bool = False,
    ) -> None:
        self._files = files
        self._fetcher = fetcher
        self._portraits = portraits
        self._voices = voices
        self._earlier = earlier
        self._preferences = preferences
        self._ffmpeg = ffmpeg
        self._draw_seed = draw_seed
        self._roughen = roughen
        self._hands = hands

    @asynccontextmanager
    async def made(self, wish: Wish, member: int) -> AsyncIterator[Made]:
        """Everything a wish needs; raises MediaError, or UserError for a crowd of one member."""
        async with self._scratch(member) as scratch:
            yield await self._prepare(wish, scratch, member)

    @asynccontextmanager
    async def first_picture(self, wish: Wish, plan: Plan, member: int) -> AsyncIterator[Made]:
        """The first picture alone, for a plan that stands; raises like `made`."""
        async with self._scratch(member) as scratch:
            made = Made(plan=plan, folder=scratch)
            if wish.again is not None:
                _, made.files = await self._earlier.take(wish, member, scratch, seed=plan.seed)
            elif wish.first_image is not None:
                raw = await self._take(wish.first_image, scratch / "first.raw", member)
                await self._prepare_picture(raw, Role.FIRST_IMAGE, wish, made)
            yield made

    async def kept_part(self, made: Made) -> bytes | None:
        """The first picture as the video will show it, a JPG; None without a picture."""
        if Role.FIRST_IMAGE not in made.files:
            return None
        picture = made.folder / made.files[Role.FIRST_IMAGE]
        kept = made.plan.format
        if kept.kept_height != kept.height:
            target = made.folder / "kept.jpg"
            size = Format(width=kept.width, height=kept.kept_height, kept_height=kept.kept_height)
            await self._fit(picture, target, size, image.Anchor.CENTRE)
            picture = target
        return await asyncio.to_thread(picture.read_bytes)

    @asynccontextmanager
    async def _scratch(self, member: int) -> AsyncIterator[Path]:
        with self._hands.lent(member):
            scratch = self._files.new_scratch()
            try:
                yield scratch
            finally:
                await asyncio.to_thread(self._files.discard, scratch)

    async def _prepare(self, wish: Wish, scratch: Path, member: int) -> Made:
        seed = request.checked_seed(wish.seed, self._draw_seed())
        if wish.again is not None:
            plan, taken = await self._earlier.take(wish, member, scratch, seed=seed)
            return Made(plan=plan, folder=scratch, files=taken)
        files: dict[Role, str] = {}
        count, heard = frames.for_seconds(wish.seconds), context.Sound()
        if wish.sound is not None:
            count, heard = await self._prepare_sound(
                wish.sound, scratch, files, wish.first_part_only
            )
        said = await self._choose_voice(wish)
        if said is not None:
            count = spoken.most_frames(said.line)
        pictures = await self._take_pictures(wish, scratch, member)
        shape = wish.shape or await self._shape_of(pictures.get(Role.FIRST_IMAGE), member)
        plan = Plan(
            mode=wish.mode,
            prompt=_prompt(wish, shape),
            shape=shape,
            size=wish.size,
            frames=count,
            seed=seed,
        )
        made = Made(plan=plan, folder=scratch, files=files, spoken=said, sound=heard)
        if wish.prompt.strip() and not wish.as_is:
            await _complete(made, has_picture=wish.first_image is not None)
        for role, raw in pictures.items():
            await self._prepare_picture(raw, role, wish, made)
        return made

    async def _prepare_picture(self, raw: Path, role: Role, wish: Wish, made: Made) -> None:
        target = made.folder / _PICTURES[role]
        wanted = made.plan.format
        picture = await self._fit(raw, target, wanted, image.Anchor(wish.anchor))
        await asyncio.to_thread(raw.unlink)
        made.files[role] = target.name
        if role is Role.FIRST_IMAGE:
            made.cut = shapes.cut(picture.source_width, picture.source_height, wanted)

    async def _fit(
        self, source: Path, target: Path, size: Format, anchor: image.Anchor
    ) -> image.Picture:
        return await image.prepare(
            source,
            target,
            width=size.width,
            height=size.height,
            anchor=anchor,
            slots=self._ffmpeg.slots,
        )

    async def _prepare_sound(
        self, source: Source, scratch: Path, files: dict[Role, str], first_part_only: bool
    ) -> tuple[int, context.Sound]:
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
        await asyncio.to_thread(raw.unlink)
        files[Role.DRIVE_WAV] = sound.drive_wav.name
        files[Role.DRIVE_MP3] = sound.drive_mp3.name
        files[Role.CLEAN_WAV] = sound.clean_wav.name
        return sound.frames, context.Sound(
            seconds=sound.heard_ms / 1000,
            clipped=sound.clipped,
            noise_floor_db=sound.noise_floor_db,
        )

    async def _choose_voice(self, wish: Wish) -> Spoken | None:
        if wish.line is None:
            return None
        voice = await self._voices.choose(wish.voice)
        return Spoken(line=spoken.checked(wish.line), voice=voice)

    async def _take_pictures(self, wish: Wish, scratch: Path, member: int) -> dict[Role, Path]:
        wanted = {Role.FIRST_IMAGE: wish.first_image, Role.LAST_IMAGE: wish.last_image}
        return {
            role: await self._take(source, scratch / f"{role}.raw", member)
            for role, source in wanted.items()
            if source is not None
        }

    async def _take(self, source: Source, target: Path, member: int) -> Path:
        """A picture that was sent, or a portrait that this member keeps and nobody else's."""
        if source.portrait is None:
            return await self._fetch(source, target)
        await self._portraits.copy(member, PortraitId(source.portrait), target)
        return target

    async def _fetch(self, source: Source, target: Path) -> Path:
        await self._fetcher.fetch(
            source.url,
            target,
            max_bytes=MOST_BYTES,
            timeout_s=DOWNLOAD_S,
            declared_bytes=source.declared_bytes,
        )
        return target

    async def _shape_of(self, picture: Path | None, member: int) -> Shape:
        if picture is None:
            chosen = (await self._preferences.of(member)).shape
            return Shape(chosen) if chosen else Shape.WIDE
        return shapes.nearest(*(await image.measure(picture, slots=self._ffmpeg.slots)))


def _prompt(wish: Wish, shape: Shape) -> str:
    if wish.prompt.strip():
        return prompt.checked(wish.prompt)
    return prompt.default_for(wish.mode, has_picture=wish.first_image is not None, shape=shape)


async def _complete(made: Made, *, has_picture: bool) -> None:
    """Say more for a member who said very little; what was added is told."""
    plan = made.plan
    known = context.Context(
        mode=plan.mode,
        shape=plan.shape,
        frames=plan.frames,
        has_picture=has_picture,
        sound=made.sound,
    )
    made.words = await asyncio.to_thread(versions.completed, plan.prompt, known)
    if made.words.better:
        made.plan = replace(plan, prompt=made.words.better)
