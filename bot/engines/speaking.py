"""Speaking through deAPI: which voices there are, and what a line is sent as."""

from bot.deapi.bodies import Webhook
from bot.deapi.models import Language, Model
from bot.deapi.speech import Speech
from bot.engines import base
from bot.engines.base import Reason, Task, Voice

ASKING = "A quiet street at dusk. "
"""Prices depend on the number of characters alone, so a line of any words is asked for."""


def voices(models: list[Model]) -> list[Voice]:
    """Every ready-made voice, those of deAPI's own models first."""
    native_first = sorted(models, key=lambda model: model.status != "standard_model")
    return [
        Voice(
            slug=voice.slug,
            name=voice.name or voice.slug,
            language=language.slug,
            spoken=_name(language),
            model=model.slug,
        )
        for model in native_first
        for language in model.languages
        for voice in language.voices
    ]


def line(task: Task, speech: base.Speech, models: list[Model]) -> Speech:
    """The line of a task; raises NotStarted if its voice is gone."""
    voice = speech.voice
    known = {(one.model, one.language, one.slug) for one in voices(models)}
    if (voice.model, voice.language, voice.slug) not in known:
        raise base.NotStarted(Reason.NO_MODEL, f"{voice.model} has no {voice.slug} now")
    report = task.report
    return Speech(
        text=speech.text,
        model=voice.model,
        language=voice.language,
        voice=voice.slug,
        webhook=Webhook(url=report.url, secret=report.secret) if report else None,
    )


def sample(characters: int, voice: Voice) -> Speech:
    """A line of so many characters, to ask for its price."""
    text = (ASKING * (characters // len(ASKING) + 1))[:characters]
    # A space at the end is nothing that a form keeps.
    text = text[:-1] + "." if text.endswith(" ") else text
    return Speech(text=text, model=voice.model, language=voice.language, voice=voice.slug)


def _name(language: Language) -> str:
    return language.name or language.slug
