"""Voices: who can speak a typed line, by what members choose and read."""

import asyncio
import logging
from dataclasses import dataclass

from bot.engines.base import Engine, EngineError, Voice
from bot.errors import Code, UserError
from bot.services import refusals
from storage.records import JobId, Speech

log = logging.getLogger(__name__)

PATIENCE_S = 2.0
"""Suggestions that come later are not shown any more."""
_USUAL = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A line and the voice that is to speak it."""

    line: str
    voice: Voice

    def row(self, job: JobId, price_micro: int, credit_micro: int) -> Speech:
        """The row of a job that is to say this, at this price."""
        return Speech(
            job_id=job,
            line=self.line,
            voice=self.voice.slug,
            language=self.voice.language,
            model=self.voice.model,
            price_micro=price_micro,
            credit_micro=credit_micro,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A voice as it is suggested: what stands for it, and what members read."""

    key: str
    label: str


class Voices:
    """Knows the voices of the engine that makes new videos."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def refuse_mute(self) -> None:
        """Raise UserError where the engine has no voice at all."""
        if not self._engine.speaks:
            raise UserError(Code.NO_VOICE)

    async def choose(self, wanted: str | None) -> Voice:
        """The voice a member named, or the usual one; raises UserError."""
        self.refuse_mute()
        try:
            known = await self._engine.voices()
        except EngineError as error:
            raise refusals.of_engine(error) from error
        if not known:
            raise UserError(Code.VOICES_GONE)
        if wanted is None:
            usual = (voice for voice in known if voice.language.lower().startswith(_USUAL))
            return next(usual, known[0])
        named = wanted.strip().casefold()
        for voice in known:
            words = (_key(voice), _label(voice), voice.slug, voice.name)
            if named in {word.casefold() for word in words}:
                return voice
        raise UserError(Code.VOICE_UNKNOWN)

    async def suggest(self, typed: str, most: int) -> list[Offered]:
        """The voices that go with what was typed so far; none where they cannot be asked for."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                known = await self._engine.voices()
        except (EngineError, TimeoutError) as error:
            log.info("no voices to suggest", extra={"detail": str(error)})
            return []
        words = typed.casefold().split()
        offered = [Offered(key=_key(voice), label=_label(voice)) for voice in known]
        return [each for each in offered if _goes_with(each, words)][:most]


def _goes_with(offered: Offered, words: list[str]) -> bool:
    text = f"{offered.label} {offered.key}".casefold()
    return len(offered.key) <= 100 and all(word in text for word in words)


def _key(voice: Voice) -> str:
    return f"{voice.model}/{voice.language}/{voice.slug}"


def _label(voice: Voice) -> str:
    return f"{voice.name} · {voice.spoken} · {voice.model}"[:100]
