"""The question before a video is made: what it would be, what it costs, yes or no."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import discord

from bot.services.intake import Question
from cogs.ui import folding, frame, texts, waiting
from cogs.ui.buttons import Numbered, Plain, plain
from cogs.ui.desks import Counter, Desk
from cogs.ui.frame import Card, Row, Tone

_FILE = "first-frame.jpg"


class RenderButton(
    Numbered, discord.ui.DynamicItem[Plain], template=r"v1:render:(?P<number>\d{1,15})"
):
    """Makes what the question shows; its number is the draft's."""

    def __init__(self, number: int, label: str = texts.RENDER) -> None:
        Numbered.__init__(self, number)
        button = plain(label, f"v1:render:{number}", discord.ButtonStyle.primary)
        discord.ui.DynamicItem.__init__(self, button)

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Submit the draft; the question becomes the waiting card."""
        desk = Counter(interaction)
        intake, member = desk.bot.services.intake, desk.asker
        wish = await intake.kept(self.number, member)
        await desk.bot.services.submission.admit(member, desk.place, wish.mode)
        async with answering(interaction, self.number):
            message = interaction.message
            origin = desk.origin(
                message.id if message else None,
                ephemeral=message is not None and message.flags.ephemeral,
            )
            ticket = await intake.accept_draft(self.number, origin)
            await waiting.show(desk, ticket, wish)


class NeverButton(
    Numbered, discord.ui.DynamicItem[Plain], template=r"v1:never:(?P<number>\d{1,15})"
):
    """Forgets the draft; its number is the draft's."""

    def __init__(self, number: int) -> None:
        Numbered.__init__(self, number)
        discord.ui.DynamicItem.__init__(self, plain(texts.NEVER, f"v1:never:{number}"))

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Drop the draft, and say that nothing was held."""
        intake, member = interaction.client.services.intake, interaction.user.id
        await intake.kept(self.number, member)
        async with answering(interaction, self.number):
            await intake.drop(self.number, member)
            card = frame.card(Tone.OVER, frame.words(texts.NOTHING_HELD))
            await interaction.edit_original_response(view=card, attachments=[])


@asynccontextmanager
async def answering(interaction: discord.Interaction[Any], draft: int) -> AsyncIterator[None]:
    """Acknowledge a press, then wait until every earlier one on this question is answered.

    To be entered once it is known that the draft is the presser's own.
    """
    await interaction.response.defer()
    async with interaction.client.services.intake.one_press(draft):
        yield


async def show(desk: Desk, question: Question, rows: Sequence[Row] = ()) -> None:
    """Turn the answer into a question; `rows` are further choices, above yes and no."""
    pictures = {} if question.picture is None else {_FILE: question.picture}
    await desk.show(card(question, rows), pictures)


def card(question: Question, rows: Sequence[Row] = ()) -> Card:
    """The first frame if there is one, the facts, and the choices."""
    plan = question.plan
    picture = [] if question.picture is None else [frame.picture(_FILE, texts.FIRST_FRAME)]
    # The quote ends its text: some clients take the lines after it for a part of it.
    head = frame.words(texts.LOOK_FIRST, texts.quote(folding.fold(plan.prompt)))
    facts = frame.words(
        *([texts.cut(question.cut, question.wish.anchor)] if question.cut else []),
        texts.quiet(texts.facts_line(plan.mode, plan.seconds, plan.shape, plan.seed)),
    )
    label = texts.render(question.hold, question.balance.available)
    answers = frame.row(RenderButton(question.draft, label), NeverButton(question.draft))
    return frame.card(Tone.WAITING, *picture, head, facts, rows=[*rows, answers])
