"""What Talkie suggests while a member types, and what a suggestion means once it is sent."""

import asyncio
import logging
import re
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

import discord
from discord.app_commands import Choice

from bot.client import TalkieBot
from bot.domain.request import Wish
from bot.errors import Code, UserError
from cogs.ui import examples, folding, portrait_texts
from storage.belongings import Portrait, PortraitId
from storage.records import JobId, Mode

log = logging.getLogger(__name__)

Suggest = Callable[[discord.Interaction[Any], str], Coroutine[Any, Any, list[Choice[str]]]]

NO_PICTURE = "#none"

_MOST = 25
_LONGEST_NAME = 90
_LATEST_S = 2.0
_JOB = re.compile(r"#(\d{1,15})")
_EXAMPLE = re.compile(r"#([a-z_]{1,20})")


def prompts(mode: Mode) -> Suggest:
    """Suggests a member's own last prompts, then examples of this kind."""

    async def found(interaction: discord.Interaction[Any], typed: str) -> list[Choice[str]]:
        bot: TalkieBot = interaction.client
        own = await bot.services.recall.recent_prompts(interaction.user.id, typed, limit=_MOST)
        wanted = typed.strip().casefold()
        suggested = [(each.prompt, f"#{each.job}") for each in own]
        suggested += [
            (each.prompt, f"#{each.slug}")
            for each in examples.of(mode)
            if wanted in each.prompt.casefold()
        ]
        return [_choice(name, value) for name, value in suggested[:_MOST]]

    return _calm(found)


async def prompt(interaction: discord.Interaction[Any], sent: str) -> str:
    """The prompt that was meant: a suggestion's own, else what was typed; raises UserError."""
    bot: TalkieBot = interaction.client
    if job := _JOB.fullmatch(sent.strip()):
        return await bot.services.recall.prompt_of(interaction.user.id, JobId(int(job[1])))
    example = _EXAMPLE.fullmatch(sent.strip())
    found = examples.by_slug(example[1]) if example else None
    return found.prompt if found else sent


def prompted(
    interaction: discord.Interaction[Any], wish: Wish
) -> Callable[[], Coroutine[Any, Any, Wish]]:
    """Looks up the wish with the prompt that was meant, as `prompt` does."""

    async def read() -> Wish:
        return replace(wish, prompt=await prompt(interaction, wish.prompt))

    return read


def portraits(*, or_none: bool = False) -> Suggest:
    """Suggests a member's own portraits, and if wanted to use none of them."""

    async def found(interaction: discord.Interaction[Any], typed: str) -> list[Choice[str]]:
        bot: TalkieBot = interaction.client
        own = await bot.services.portraits.of(interaction.user.id)
        wanted = typed.strip().casefold()
        suggested = [(each.name, f"#{each.id}") for each in own if wanted in each.name.casefold()]
        if or_none:
            suggested.append((portrait_texts.NO_PICTURE, NO_PICTURE))
        return [_choice(name, value) for name, value in suggested[:_MOST]]

    return _calm(found)


async def portrait(interaction: discord.Interaction[Any], sent: str) -> Portrait:
    """The member's own portrait that was meant, by suggestion or by name; raises UserError."""
    bot: TalkieBot = interaction.client
    kept, member = bot.services.portraits, interaction.user.id
    if number := _JOB.fullmatch(sent.strip()):
        try:
            return await kept.get(member, PortraitId(int(number[1])))
        except UserError as error:
            # A portrait can have such a name.
            if error.code is not Code.PORTRAIT_UNKNOWN:
                raise
    return await kept.named(member, sent)


def _choice(name: str, value: str) -> Choice[str]:
    return Choice(name=folding.clip(name, _LONGEST_NAME), value=value)


def _calm(suggest: Suggest) -> Suggest:
    """Suggest nothing rather than fail: whoever types is told nothing of it."""

    async def calmly(interaction: discord.Interaction[Any], typed: str) -> list[Choice[str]]:
        try:
            async with asyncio.timeout(_LATEST_S):
                return await suggest(interaction, typed)
        except Exception:
            # Discord has no way to show an error here, and words can be typed without a list.
            log.exception("nothing could be suggested")
            return []

    return calmly
