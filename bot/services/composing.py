"""Composing: prompts that members build of parts before anything is fetched or held."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.domain import frames, prompt
from bot.domain.coach.findings import Finding
from bot.domain.context import Context
from bot.domain.craft import sketch as sketches
from bot.domain.craft import starts
from bot.domain.craft.parts import Part
from bot.domain.craft.sketch import Sketch, Woven
from bot.domain.craft.starts import Start
from bot.domain.reading import words
from bot.domain.request import Wish
from bot.errors import Code, UserError
from bot.services import coaching
from bot.services.foretelling import Foretelling, Foretold
from bot.services.wishes import Kept, Wishes
from storage.database import Store
from storage.records import Mode

Edit = Callable[[Sketch], Sketch]


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """A prompt that is being built: its parts, what they become, and what the coach says first."""

    draft: int
    wish: Wish
    sketch: Sketch
    woven: Woven
    finding: Finding | None
    foretold: Foretold

    @property
    def has_picture(self) -> bool:
        """Whether a picture says who is seen and where."""
        return context_of(self.wish).shows_picture

    @property
    def starts(self) -> tuple[Start, ...]:
        """The situations that fit; all of its kind where nobody looked what an old video shows."""
        mode = self.wish.mode
        fitting = starts.fitting(mode, has_picture=self.has_picture)
        if mode is Mode.AUDIO and self.wish.again is not None:
            fitting += starts.fitting(mode, has_picture=True)
        return fitting

    @property
    def count(self) -> int:
        """How many words the prompt has."""
        return words.count(self.woven.prompt)

    @property
    def is_ready(self) -> bool:
        """Whether there is something to make: a file speaks for itself."""
        return bool(self.woven.prompt) or self.wish.mode is not Mode.TEXT


class Composing:
    """Keeps what a member builds in a draft of theirs; raises UserError to anybody else."""

    def __init__(self, store: Store, wishes: Wishes, foretelling: Foretelling) -> None:
        self._store = store
        self._wishes = wishes
        self._foretelling = foretelling

    async def begin(self, wish: Wish, discord_id: int) -> Composition:
        """Take the words of a wish apart, and keep them to be built on."""
        sketch = Sketch()
        if wish.prompt.strip():
            sketch = await asyncio.to_thread(sketches.take_apart, prompt.checked(wish.prompt))
        kept = Kept(wish=wish, sketch=sketch)
        draft = await self._wishes.keep(kept, discord_id)
        return await self._shown(draft, kept, discord_id)

    async def look(self, draft: int, discord_id: int) -> Composition:
        """What was built so far; raises UserError, FORM_EXPIRED once it is made."""
        return await self._shown(draft, await self._wishes.get(draft, discord_id), discord_id)

    async def edit(self, draft: int, discord_id: int, change: Edit) -> Composition:
        """Change it; raises UserError, also for what is too long to be sent."""

        def changed(kept: Kept) -> Kept:
            sketch = change(_sketch(kept))
            if len(sketch.words) > prompt.LONGEST:
                raise UserError(
                    Code.PROMPT_TOO_LONG, length=len(sketch.words), limit=prompt.LONGEST
                )
            return replace(kept, sketch=sketch)

        kept = await self._wishes.edit(draft, discord_id, changed)
        return await self._shown(draft, kept, discord_id)

    async def _shown(self, draft: int, kept: Kept, discord_id: int) -> Composition:
        sketch = _sketch(kept)
        woven = await asyncio.to_thread(sketches.weave, sketch)
        review = coaching.Review()
        if woven.prompt:
            review = await coaching.review(woven.prompt, context_of(kept.wish))
        return Composition(
            draft=draft,
            wish=kept.wish,
            sketch=sketch,
            woven=woven,
            finding=next(iter(review.findings), None),
            foretold=await self._store.read(self._foretelling.told(discord_id, kept.wish)),
        )


def context_of(wish: Wish) -> Context:
    """What is known of a video before its files were looked at."""
    is_spoken = wish.mode is Mode.AUDIO
    return Context(
        mode=wish.mode,
        shape=wish.shape,
        frames=None if is_spoken else frames.for_seconds(wish.seconds),
        has_picture=wish.first_image is not None,
    )


def written(texts: dict[Part, str], told: str) -> Edit:
    """The change that a form with a member's own words asks for."""
    plain = {part: prompt.from_message(text, {}) for part, text in texts.items()}
    happens = prompt.from_message(told, {})

    def change(sketch: Sketch) -> Sketch:
        for part, text in plain.items():
            sketch = sketches.write(sketch, part, text)
        return sketches.tell(sketch, happens)

    return change


def _sketch(kept: Kept) -> Sketch:
    if kept.sketch is None:
        # It was made, or became a question.
        raise UserError(Code.FORM_EXPIRED)
    return kept.sketch
