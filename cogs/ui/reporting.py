"""Report, and what moderators decide: buttons and a form that outlive restarts."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import discord

from bot.client import TalkieBot
from bot.errors import Code, UserError
from bot.services.errands import Reported
from bot.services.reports import LONGEST_WORDS, Judge, Seen
from cogs.ui import cards, frame, haste, legends, searching
from cogs.ui.controls import Numbered
from cogs.ui.entries import Entries
from cogs.ui.frame import Card, Tone
from storage.exhibits import Complaint, ComplaintId, ComplaintState, Ground
from storage.records import JobId

FORM = re.compile(r"v1:report:(\d{1,15})")
_REASON, _WORDS = "reason", "words"
Decide = Callable[[Judge, ComplaintId], Awaitable[Complaint]]


class ReportForm(discord.ui.Modal):
    """Asks what is wrong with a video."""

    def __init__(self, job: int) -> None:
        title = legends.REPORT_TITLE.format(job=job)
        super().__init__(title=title, custom_id=f"v1:report:{job}", timeout=60)
        options = [
            discord.SelectOption(label=label, value=ground)
            for ground, label in legends.GROUNDS.items()
        ]
        menu: discord.ui.Select[Any] = discord.ui.Select(custom_id=_REASON, options=options)
        words: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id=_WORDS,
            style=discord.TextStyle.long,
            max_length=LONGEST_WORDS,
            required=False,
        )
        self.add_item(discord.ui.Label(text=legends.REASON_LABEL, component=menu))
        self.add_item(discord.ui.Label(text=legends.WORDS_LABEL, component=words))


class ReportButton(Numbered, verb="report", label=legends.REPORT):
    """Asks what is wrong with a video, for those who moderate."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Open the form."""
        await interaction.response.send_modal(ReportForm(self.number))


class HideButton(Numbered, verb="hide", label=legends.HIDE, style=discord.ButtonStyle.danger):
    """Lets nobody see a reported video any more."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Hide."""
        await _decide(interaction, self.number, interaction.client.services.reports.hide)


class DismissButton(Numbered, verb="dismiss", label=legends.DISMISS):
    """Leaves a reported video as it is."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Dismiss."""
        await _decide(interaction, self.number, interaction.client.services.reports.dismiss)


class UnhideButton(Numbered, verb="unhide", label=legends.UNHIDE):
    """Lets a hidden video be seen again."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Show again."""
        await _decide(interaction, self.number, interaction.client.services.reports.unhide)


def notice(of: Reported, *, has_file: bool) -> Card:
    """What moderators read of a report; the video comes with the message, covered."""
    shown = []
    if has_file:
        address = f"attachment://{cards.file_name(of.job.id)}"
        covered = discord.MediaGalleryItem(
            address, description=cards.alt_text(of.job), spoiler=True
        )
        shown = [discord.ui.MediaGallery[Any](covered)]
    number = of.complaint.id
    buttons = frame.row(HideButton(number), DismissButton(number))
    head, said = map(frame.words, legends.report(of))
    return frame.card(Tone.FAILED, head, said, *shown, rows=[buttons])


def decision(complaint: Complaint, judge: int) -> Card:
    """What is left of a report that was decided, and the way back."""
    is_hidden = complaint.state is ComplaintState.HIDDEN
    back = UnhideButton(complaint.id) if is_hidden else HideButton(complaint.id)
    text = legends.decided(complaint.id, complaint.job_id, complaint.state, judge)
    return frame.card(Tone.OVER, frame.words(text), rows=[frame.row(back)])


def subject(interaction: discord.Interaction[Any]) -> JobId | None:
    """The job a submitted report form is about; None if it was another form."""
    found = FORM.fullmatch(Entries(interaction).form)
    return JobId(int(found[1])) if found else None


async def submit(interaction: discord.Interaction[Any], job: JobId) -> None:
    """Take what a submitted form says; raises UserError."""
    bot: TalkieBot = interaction.client
    if not searching.bears(interaction.message, ReportButton.id_of(job)):
        # The number of a form comes from outside, and moderators would be shown the video.
        raise UserError(Code.FORM_EXPIRED)
    reason, words = _answer(interaction)
    reporting = bot.services.reports.report(
        interaction.user.id, job, reason, words, seen=_seen(interaction)
    )
    await haste.whispered(interaction, reporting)
    await haste.whisper(interaction, legends.REPORTED)


def _seen(interaction: discord.Interaction[Any]) -> Seen | None:
    """The message that was reported, if a server sees it: hidden, it is to go, whoever sent it."""
    message = interaction.message
    if message is None or interaction.guild_id is None or message.flags.ephemeral:
        return None
    return Seen(channel_id=message.channel.id, message_id=message.id)


async def _decide(interaction: discord.Interaction[Any], number: int, decide: Decide) -> None:
    async def deciding() -> Complaint:
        judge = await _judge(interaction, ComplaintId(number))
        return await decide(judge, ComplaintId(number))

    complaint = await haste.pressed(interaction, deciding())
    await haste.turn(interaction, decision(complaint, interaction.user.id), [])


async def _judge(interaction: discord.Interaction[Any], number: ComplaintId) -> Judge:
    """What the presser may decide: here by their rights, in private as owner of server or bot."""
    bot: TalkieBot = interaction.client
    presser = interaction.user.id
    if interaction.guild_id is not None:
        moderated = interaction.guild_id if interaction.permissions.manage_messages else None
        return Judge(discord_id=presser, guild_id=moderated)
    complaint = await bot.services.reports.get(number)
    guild = None
    if complaint is not None and complaint.guild_id is not None:
        guild = bot.get_guild(complaint.guild_id)
    owned = guild.id if guild is not None and guild.owner_id == presser else None
    is_host = await bot.is_owner(interaction.user)
    return Judge(discord_id=presser, guild_id=owned, is_host=is_host)


def _answer(interaction: discord.Interaction[Any]) -> tuple[Ground, str]:
    entries = Entries(interaction)
    try:
        return Ground(entries.choice(_REASON) or ""), entries.text(_WORDS)
    except ValueError as error:
        raise UserError(Code.FORM_EXPIRED) from error
