"""How a shared video looks in its server's gallery channel, and how its number of votes changes."""

import discord

from bot.services.errands import Exhibited
from cogs.ui import cards, frame, legends, texts
from cogs.ui.buttons import opening
from cogs.ui.frame import Card, Part, Tone
from cogs.ui.reporting import ReportButton
from cogs.ui.sharing import VoteButton


def post(of: Exhibited) -> Card:
    """The post of a shared video, whose file comes with the same message."""
    job, share = of.job, of.share
    buttons: list[Part] = [VoteButton(share.id, share.votes), ReportButton(job.id)]
    if of.page is not None:
        buttons.append(opening(of.page))
    return frame.card(
        Tone.DONE,
        frame.video(cards.file_name(job.id), cards.alt_text(job)),
        frame.words(legends.post(of.credit, job.prompt)),
        frame.words(texts.quiet(texts.title(job.id), texts.MADE_BY_AI)),
        rows=[frame.row(*buttons)],
    )


async def recount(message: discord.Message, of: Exhibited) -> None:
    """Show the number of votes as it is now; raises HTTPException."""
    await message.edit(view=post(of), attachments=message.attachments)
