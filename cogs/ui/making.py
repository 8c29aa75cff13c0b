"""From a wish to a job: refuse at once, acknowledge, prepare, then ask or submit."""

from collections.abc import Awaitable, Callable
from typing import Any

import discord

from bot.client import TalkieBot
from bot.domain.request import Wish
from bot.services.intake import Question
from bot.services.submission import Origin, Ticket
from cogs.ui import crops, question, waiting


async def make(interaction: discord.Interaction[Any], wish: Wish) -> None:
    """Make a video of a wish; raises UserError, before or after the acknowledgement."""
    intake = interaction.client.services.intake
    intake.check(wish)
    await _make(interaction, wish, lambda origin: intake.consider(wish, origin))


async def make_draft(
    interaction: discord.Interaction[Any], draft: int, answer: Callable[[Wish], Wish]
) -> None:
    """Make a video of a kept wish, completed by its member's answer; raises UserError."""
    intake = interaction.client.services.intake
    wish = await intake.kept(draft, interaction.user.id)
    await _make(interaction, wish, lambda origin: intake.consider_draft(draft, answer, origin))


async def _make(
    interaction: discord.Interaction[Any],
    wish: Wish,
    consider: Callable[[Origin], Awaitable[Ticket | Question]],
) -> None:
    bot: TalkieBot = interaction.client
    # What the database alone refuses is refused privately; accepted work is seen by all.
    await bot.services.submission.admit(interaction.user.id, waiting.place(interaction), wish.mode)
    answer = await interaction.response.defer(thinking=True)
    message_id = answer.message_id if answer else None
    # A server may hide the answers of apps that it did not invite.
    hidden = answer is not None and answer.is_ephemeral()
    outcome = await consider(waiting.origin(interaction, message_id, ephemeral=hidden))
    if isinstance(outcome, Question):
        await question.show(interaction, outcome, crops.rows(outcome))
    else:
        await waiting.show(interaction, outcome, wish)
