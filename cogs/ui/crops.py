"""The choice what stays of a picture that does not fit the shape."""

import re
from typing import Any, Self

import discord

from bot.domain.request import Anchor
from bot.services.intake import Question
from cogs.ui import frame, question, texts
from cogs.ui.buttons import Numbered, Plain, plain
from cogs.ui.desks import Counter
from cogs.ui.frame import Row

_ANCHORS = (Anchor.START, Anchor.CENTRE, Anchor.END)


class CropButton(
    Numbered,
    discord.ui.DynamicItem[Plain],
    template=r"v1:crop:(?P<anchor>start|centre|end):(?P<number>\d{1,15})",
):
    """Lets another part of the picture stay; its number is the draft's."""

    def __init__(self, number: int, anchor: Anchor, label: str = texts.CROP) -> None:
        Numbered.__init__(self, number)
        self.anchor = anchor
        discord.ui.DynamicItem.__init__(self, plain(label, f"v1:crop:{anchor}:{number}"))

    @classmethod
    async def from_custom_id(
        cls,
        _interaction: discord.Interaction[Any],
        _item: discord.ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """Rebuild the button that was pressed."""
        return cls(int(match["number"]), Anchor(match["anchor"]))

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Crop anew, and show it in the same place."""
        intake, member = interaction.client.services.intake, interaction.user.id
        await intake.kept(self.number, member)
        async with question.answering(interaction, self.number):
            asked = await intake.crop(self.number, self.anchor, member)
            await question.show(Counter(interaction), asked, rows(asked))


def rows(asked: Question) -> list[Row]:
    """A button for each part that could stay; none where next to nothing is cut."""
    if asked.cut is None:
        return []
    labels = texts.CROPS[asked.cut.direction]
    buttons = [CropButton(asked.draft, anchor, labels[anchor]) for anchor in _ANCHORS]
    for button in buttons:
        button.item.disabled = button.anchor is asked.wish.anchor
    return [frame.row(*buttons)]
