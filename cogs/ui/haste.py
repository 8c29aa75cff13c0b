"""Haste: Discord waits three seconds for a first answer, however long the looking up takes.

What has to be known first is looked up for a second. If it takes longer, the first answer says
nothing yet, and what there is to say follows; only a form cannot follow, so it is asked for anew.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import discord

from bot.client import TalkieBot
from bot.errors import Code, UserError
from cogs.ui.frame import Card

HEARD_WITHIN_S = 1.0
"""A third of what Discord waits for the first answer; the rest is for the ways to and fro."""

T = TypeVar("T")


async def whispered(interaction: discord.Interaction[Any], work: Coroutine[Any, Any, T]) -> T:
    """What the work finds, for an answer that the asker alone reads; raises what it raises.

    In haste that answer says "thinking" until it is `whisper`ed.
    """
    return await within(interaction, work, lambda: think(interaction))


async def pressed(interaction: discord.Interaction[Any], work: Coroutine[Any, Any, T]) -> T:
    """What the work finds, for a change of the card that was pressed; raises what it raises.

    In haste the card stays as it is until it is `turn`ed.
    """
    return await within(interaction, work, lambda: hear(interaction))


async def opened(interaction: discord.Interaction[Any], work: Coroutine[Any, Any, T]) -> T:
    """What a form needs to be opened with; raises what the work raises, and TOO_HASTY."""
    bot: TalkieBot = interaction.client
    with bot.services.precedence.first():
        try:
            async with asyncio.timeout(HEARD_WITHIN_S):
                return await work
        except TimeoutError as error:
            # A form can only be a first answer.
            raise UserError(Code.TOO_HASTY) from error


async def within(
    interaction: discord.Interaction[Any],
    work: Coroutine[Any, Any, T],
    meanwhile: Callable[[], Awaitable[object]],
) -> T:
    """What the work finds; if it takes too long, `meanwhile` answers while it goes on."""
    bot: TalkieBot = interaction.client
    with bot.services.precedence.first():
        looking = asyncio.create_task(work)
        try:
            if not (await asyncio.wait({looking}, timeout=HEARD_WITHIN_S))[0]:
                await meanwhile()
        except BaseException:
            looking.cancel()
            # Whatever it met, who asked cannot be told any more.
            await asyncio.gather(looking, return_exceptions=True)
            raise
    return await looking


async def hear(interaction: discord.Interaction[Any]) -> None:
    """Acknowledge a press, unless that was done in haste."""
    if not interaction.response.is_done():
        await interaction.response.defer()


@asynccontextmanager
async def answering(interaction: discord.Interaction[Any], draft: int) -> AsyncIterator[None]:
    """Acknowledge a press, then wait until every earlier one on this question is answered.

    To be entered once it is known that the draft is the presser's own.
    """
    await hear(interaction)
    async with interaction.client.services.intake.one_press(draft):
        yield


async def think(interaction: discord.Interaction[Any], *, hidden: bool = True) -> int | None:
    """Answer with "thinking", and tell that message's number if it is known.

    None, too, if that was done in haste: then the asker alone reads the answer.
    """
    if interaction.response.is_done():
        return None
    answer = await interaction.response.defer(ephemeral=hidden, thinking=True)
    return None if answer is None else answer.message_id


async def whisper(interaction: discord.Interaction[Any], said: str | Card) -> None:
    """Answer what the asker alone reads, after `whispered`."""
    if interaction.response.is_done():
        if isinstance(said, str):
            await interaction.edit_original_response(content=said)
        else:
            await interaction.edit_original_response(view=said)
    elif isinstance(said, str):
        await interaction.response.send_message(said, ephemeral=True)
    else:
        await interaction.response.send_message(view=said, ephemeral=True)


async def turn(
    interaction: discord.Interaction[Any],
    card: discord.ui.View | Card,
    attachments: list[discord.Attachment] | None = None,
) -> None:
    """Turn the message that was pressed into this card, after `pressed`; None keeps its files."""
    files: dict[str, Any] = {} if attachments is None else {"attachments": attachments}
    if interaction.response.is_done():
        await interaction.edit_original_response(view=card, **files)
    else:
        await interaction.response.edit_message(view=card, **files)
