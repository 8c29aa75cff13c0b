"""From an error to an answer: a refusal becomes its sentence, anything else an apology."""

import logging
import secrets

import discord

from bot.errors import Code, UserError
from cogs.ui import buttons, desks, overlong, refusals, slips
from cogs.ui.frame import Part

log = logging.getLogger(__name__)

_WRONG_FIELDS = 50035
_OF_THE_CARD = frozenset(
    {
        discord.InteractionResponseType.deferred_message_update,
        discord.InteractionResponseType.message_update,
    }
)
"""First answers to a press that leave no message of its own: the card may be there for all."""


async def answer_error(interaction: discord.Interaction, error: Exception) -> None:
    """Tell a person why nothing came of what they did; whatever it was, they read a sentence."""
    cause = getattr(error, "original", error)
    if isinstance(cause, discord.NotFound) and cause.code == 10062:
        log.warning("an interaction was answered too late")
        return
    await _say(interaction, refusal_of(cause))


def refusal_of(error: Exception) -> UserError:
    """What a person is told of an error: an apology, if it was not meant for them."""
    if isinstance(error, UserError):
        return error
    incident = secrets.token_hex(4)
    log.error("unexpected error", extra={"incident": incident}, exc_info=error)
    return UserError(Code.UNEXPECTED, incident=incident)


def way_on(refusal: UserError) -> Part | None:
    """The button by which a person can go on nevertheless."""
    if refusal.code is Code.SOUND_OVER_LIMIT and "draft" in refusal.facts:
        return overlong.FirstPartButton(int(refusal.facts["draft"]))
    if refusal.code is Code.JOB_STARTED:
        return buttons.DiscardButton(int(refusal.facts["job"]))
    return None


async def _say(interaction: discord.Interaction, refusal: UserError) -> None:
    content = refusals.sentence(refusal.code, refusal.facts)
    button = way_on(refusal)
    view = None if button is None else buttons.view_of(button)
    if interaction.extras.get(desks.HASTY):
        await _say_aside(interaction, content, view)
        await interaction.delete_original_response()
    elif interaction.extras.get(desks.SLIP):
        card = slips.refused(refusal, button)
        await interaction.edit_original_response(view=card, attachments=[])
    elif interaction.response.type in _OF_THE_CARD:
        await _say_aside(interaction, content, view)
    elif interaction.response.is_done():
        await _say_late(interaction, content, view)
    elif view is not None:
        await interaction.response.send_message(content, view=view, ephemeral=True)
    else:
        await interaction.response.send_message(content, ephemeral=True)


async def _say_late(
    interaction: discord.Interaction, content: str, view: discord.ui.View | None
) -> None:
    """Fill the reply that says "thinking"; one that became a card keeps what it shows."""
    try:
        await interaction.edit_original_response(content=content, view=view)
    except discord.HTTPException as error:
        # A card takes no plain words, and never stops being a card.
        if error.code != _WRONG_FIELDS:
            raise
        await _say_aside(interaction, content, view)


async def _say_aside(
    interaction: discord.Interaction, content: str, view: discord.ui.View | None
) -> None:
    """Tell the asker alone, below the answer."""
    if view is None:
        await interaction.followup.send(content, ephemeral=True)
    else:
        await interaction.followup.send(content, view=view, ephemeral=True)
