"""The card of a portrait: its picture as videos would show it, and what can be done with it."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import discord

from bot.client import TalkieBot
from bot.domain import shapes
from bot.domain.request import Anchor
from bot.domain.shapes import Cut, Direction, Shape, Size
from bot.services.portraits import LONGEST_NAME
from cogs.ui import controls, folding, frame, haste, portrait_texts, texts
from cogs.ui.controls import Control
from cogs.ui.entries import Entries
from cogs.ui.frame import Card, Row, Tone
from storage.belongings import Portrait, PortraitId

_FILE = "portrait.jpg"
_FIELD = "name"
_ANCHORS = (Anchor.START, Anchor.CENTRE, Anchor.END)
_SHAPE = "(?P<shape>wide|tall|square|cinematic)"
_NUMBER = r"(?P<number>\d{1,15})"
FORM = re.compile(rf"v1:portrait-name:{_SHAPE}:{_NUMBER}")


class Act(StrEnum):
    """What a button of the card does."""

    START = "start"
    CENTRE = "centre"
    END = "end"
    DEFAULT = "default"
    RENAME = "rename"
    ASK = "ask"
    REMOVE = "remove"
    KEEP = "keep"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """A portrait as it is shown: `picture` is a JPG of this shape; `own` are all of its owner."""

    portrait: Portrait
    shape: Shape
    picture: bytes
    own: Sequence[Portrait] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Renaming:
    """What a submitted form of a new name is about."""

    portrait: PortraitId
    shape: Shape
    name: str


class PortraitButton(Control, template=rf"v1:portrait:(?P<act>{'|'.join(Act)}):{_SHAPE}:{_NUMBER}"):
    """Changes the portrait, and shows it as it is then."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Do it if the portrait is the presser's own."""
        bot: TalkieBot = interaction.client
        portraits, member = bot.services.portraits, interaction.user.id
        act, shape = Act(self.parts["act"]), Shape(self.parts["shape"])
        getting = portraits.get(member, PortraitId(int(self.parts["number"])))
        if act is Act.RENAME:
            form = NameForm(await haste.opened(interaction, getting), shape)
            await interaction.response.send_modal(form)
            return
        own = await haste.pressed(interaction, getting)
        await haste.hear(interaction)
        async with portraits.one_press(own.id):
            if act is Act.ASK:
                await interaction.edit_original_response(view=question(own, shape), attachments=[])
                return
            if act is Act.REMOVE:
                await portraits.remove(member, own.id)
                await interaction.edit_original_response(view=gone(own), attachments=[])
                return
            if act is Act.DEFAULT:
                await portraits.make_default(member, own.id)
            elif act is not Act.KEEP:
                await portraits.crop(member, own.id, Anchor(act))
            await show(interaction, own.id, shape)


class PortraitMenu(Control, template=rf"v1:portrait-menu:(?P<what>shape|pick):{_SHAPE}:{_NUMBER}"):
    """Shows the portrait in another shape, or another portrait in this shape."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Show it if it is the presser's own."""
        bot: TalkieBot = interaction.client
        shape, number = Shape(self.parts["shape"]), int(self.parts["number"])
        chosen = next(iter(controls.values(interaction)), "")
        if self.parts["what"] == "shape" and chosen in set(Shape):
            shape = Shape(chosen)
        elif self.parts["what"] == "pick" and re.fullmatch(r"\d{1,15}", chosen):
            number = int(chosen)
        getting = bot.services.portraits.get(interaction.user.id, PortraitId(number))
        own = await haste.pressed(interaction, getting)
        await haste.hear(interaction)
        async with bot.services.portraits.one_press(own.id):
            await show(interaction, own.id, shape)


class NameForm(discord.ui.Modal):
    """Asks for another name."""

    def __init__(self, portrait: Portrait, shape: Shape) -> None:
        super().__init__(
            title=portrait_texts.NAME_TITLE,
            custom_id=f"v1:portrait-name:{shape}:{portrait.id}",
            timeout=60,
        )
        field: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id=_FIELD, default=portrait.name, min_length=1, max_length=LONGEST_NAME
        )
        self.add_item(discord.ui.Label(text=portrait_texts.NAME_LABEL, component=field))


def renaming(interaction: discord.Interaction[Any]) -> Renaming | None:
    """What a submitted form of a new name says; None if it was another form."""
    entries = Entries(interaction)
    found = FORM.fullmatch(entries.form)
    if found is None:
        return None
    return Renaming(
        portrait=PortraitId(int(found["number"])),
        shape=Shape(found["shape"]),
        name=entries.text(_FIELD),
    )


async def show(
    interaction: discord.Interaction[Any], portrait: PortraitId, shape: Shape, note: str = ""
) -> None:
    """Turn the answer into the card of a portrait; raises UserError if it is another's."""
    bot: TalkieBot = interaction.client
    portraits, member = bot.services.portraits, interaction.user.id
    picture = await portraits.preview(member, portrait, shape)
    sight = Sight(
        portrait=await portraits.get(member, portrait),
        shape=shape,
        picture=picture,
        own=await portraits.of(member),
    )
    file = discord.File(io.BytesIO(picture), _FILE, description=portrait_texts.PICTURE)
    await interaction.edit_original_response(view=card(sight, note), attachments=[file])


def card(sight: Sight, note: str = "") -> Card:
    """The picture, its name, what the shape leaves out of it, and the choices."""
    portrait, shape = sight.portrait, sight.shape
    cut, anchor = lost(portrait, shape), Anchor(portrait.anchor)
    name = folding.fold(portrait.name)
    return frame.card(
        Tone.WORKING,
        frame.picture(_FILE, portrait_texts.PICTURE),
        frame.words(
            *([note] if note else []),
            portrait_texts.headline(name, is_default=portrait.is_default),
            portrait_texts.seen(shape, cut, anchor),
        ),
        rows=[*_crops(sight, cut), *_menus(sight), _acts(portrait, shape)],
    )


def question(portrait: Portrait, shape: Shape) -> Card:
    """Whether a portrait shall really go."""
    yes = _button(
        Act.REMOVE, portrait, shape, portrait_texts.REMOVE, style=discord.ButtonStyle.danger
    )
    no = _button(Act.KEEP, portrait, shape, portrait_texts.KEEP)
    text = frame.words(portrait_texts.asked(folding.fold(portrait.name)))
    return frame.card(Tone.DELAYED, text, rows=[frame.row(yes, no)])


def gone(portrait: Portrait) -> Card:
    """What is left of a portrait."""
    name = portrait_texts.headline(folding.fold(portrait.name), is_default=False)
    return frame.card(Tone.OVER, frame.words(name, portrait_texts.GONE))


def lost(portrait: Portrait, shape: Shape) -> Cut | None:
    """What the shape leaves out of a portrait."""
    wanted = shapes.format_of(shape, Size.STANDARD)
    return shapes.cut(portrait.width, portrait.height, wanted)


def fitting(portrait: Portrait) -> Shape:
    """The shape that a video of this portrait has by itself."""
    return shapes.nearest(portrait.width, portrait.height)


def _crops(sight: Sight, cut: Cut | None) -> list[Row]:
    if cut is None:
        return []
    labels = texts.CROPS[Direction(cut.direction)]
    chosen = Anchor(sight.portrait.anchor)
    buttons = [
        _button(Act(each), sight.portrait, sight.shape, labels[each], spent=each is chosen)
        for each in _ANCHORS
    ]
    return [frame.row(*buttons)]


def _menus(sight: Sight) -> list[Row]:
    portrait, here = sight.portrait, f"{sight.shape}:{sight.portrait.id}"
    offered = [
        discord.SelectOption(label=texts.SHAPES[each], value=each, default=each is sight.shape)
        for each in Shape
    ]
    found = [controls.menu(f"v1:portrait-menu:shape:{here}", offered, portrait_texts.SHAPES)]
    others = [
        discord.SelectOption(label=each.name, value=str(each.id))
        for each in sight.own
        if each.id != portrait.id
    ]
    if others:
        placeholder = portrait_texts.OTHERS
        found.append(controls.menu(f"v1:portrait-menu:pick:{here}", others, placeholder))
    return [frame.row(PortraitMenu.of(each)) for each in found]


def _acts(portrait: Portrait, shape: Shape) -> Row:
    return frame.row(
        _button(
            Act.DEFAULT,
            portrait,
            shape,
            portrait_texts.MAKE_DEFAULT,
            spent=portrait.is_default,
        ),
        _button(Act.RENAME, portrait, shape, portrait_texts.RENAME),
        _button(Act.ASK, portrait, shape, portrait_texts.REMOVE, style=discord.ButtonStyle.danger),
    )


def _button(
    act: Act,
    portrait: Portrait,
    shape: Shape,
    label: str,
    *,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    spent: bool = False,
) -> PortraitButton:
    custom_id = f"v1:portrait:{act}:{shape}:{portrait.id}"
    return PortraitButton.of(controls.button(label, custom_id, style, spent=spent))
