"""The phrase library while a member types a command: what is suggested, and where it goes."""

from collections.abc import Callable, Coroutine
from dataclasses import replace
from itertools import chain, zip_longest
from typing import Any

import discord
from discord import app_commands
from discord.app_commands import Choice

from bot.domain import prompt as prompts
from bot.domain.craft import builder, phrases
from bot.domain.craft.phrases import PART_OF, PHRASES, Purpose
from bot.domain.request import Wish
from cogs.ui import folding, suggestions
from cogs.ui import workbench_texts as texts
from cogs.ui.suggestions import Suggest
from storage.records import Mode

HELP = (
    "A phrase behind your words: light, camera, eyes, lips, beat … (type one of these to see more)"
)
PARTS_HELP = "Choose shot, light, camera, small motions, sound and film look from lists first"
LONGEST = 200
Phrase = app_commands.Range[str, 1, LONGEST]
"""One of the library, or one that is typed instead."""

_MOST = 25
_LONGEST_NAME = 100
_SCENE = (Purpose.LIGHT, Purpose.CAMERA, Purpose.LOOK, Purpose.SOUND)
_FACE = (
    Purpose.EXPRESSION,
    Purpose.EYE_CONTACT,
    Purpose.LIP_SYNC,
    Purpose.BEAT,
    Purpose.REACTION,
)
_FIRST = {
    Mode.TEXT: (Purpose.SHOT, *_SCENE, *_FACE),
    Mode.IMAGE: (*_SCENE, *_FACE, Purpose.SHOT),
    Mode.AUDIO: (*_FACE, *_SCENE, Purpose.SHOT),
}


def suggest(mode: Mode) -> Suggest:
    """Suggests phrases: some of each purpose, or those with all the words that are typed."""

    async def found(_interaction: discord.Interaction[Any], typed: str) -> list[Choice[str]]:
        return [
            Choice(
                name=folding.clip(f"{texts.NAMES[purpose]}: {phrase}", _LONGEST_NAME), value=phrase
            )
            for purpose, phrase in matching(mode, typed)
        ]

    return found


def matching(mode: Mode, typed: str) -> list[tuple[Purpose, str]]:
    """Phrases whose purpose's name and words hold all that is typed, 25 at most."""
    wanted = typed.casefold().split()
    listed = [
        [
            (purpose, phrase)
            for phrase in PHRASES[purpose]
            if all(word in f"{texts.NAMES[purpose]}: {phrase}".casefold() for word in wanted)
        ]
        for purpose in _FIRST[mode]
    ]
    # In turns, so that the short list shows what there is.
    taken = chain.from_iterable(zip_longest(*listed))
    return [each for each in taken if each is not None][:_MOST]


def prompted(
    interaction: discord.Interaction[Any], wish: Wish, phrase: str | None
) -> Callable[[], Coroutine[Any, Any, Wish]]:
    """Looks up the wish with the words that were meant and the phrase that was chosen."""
    words = suggestions.prompted(interaction, wish)

    async def read() -> Wish:
        meant = await words()
        return replace(meant, prompt=added(meant.prompt, phrase))

    return read


def added(words: str, phrase: str | None) -> str:
    """A member's words with a phrase behind them, as a sentence of its own."""
    told = prompts.from_message(phrase or "", {})[:LONGEST]
    if not told:
        return words
    purpose = phrases.purpose_of(told)
    more = builder.sentence(told) if purpose is None else builder.told(PART_OF[purpose], told)
    return f"{builder.sentence(words)} {more}".strip()
