"""The card of `/help`: examples that are made by a press and a form, then what there is."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import discord

from bot.client import TalkieBot
from bot.domain import frames, prompt
from bot.domain.request import Plan, Wish
from bot.domain.shapes import Shape, Size
from bot.errors import Code, UserError
from cogs.ui import (
    attachments,
    controls,
    examples,
    folding,
    frame,
    guide_texts,
    speech,
    texts,
    workbench,
)
from cogs.ui.controls import Control
from cogs.ui.entries import Entries
from cogs.ui.examples import Example
from cogs.ui.frame import Card, Part, Tone
from cogs.ui.making import Read
from storage.records import Mode

FORM = re.compile(r"v1:example-form:([a-z_]{1,20})")
_PROMPT, _SHAPE, _SECONDS, _PICTURE, _SOUND = "prompt", "shape", "seconds", "picture", "sound"
_LENGTHS = (2, 3, 4, 5, 6, 8, 10)
_PRICED_WITHIN_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What the help says of costs: credits for five seconds where known, none where free."""

    free: bool
    available: int
    prices: Mapping[Mode, int]


class UseButton(Control, template="v1:example:(?P<slug>[a-z_]{1,20})"):
    """Opens an example's form."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Show the form, to be changed and sent by whoever pressed."""
        await interaction.response.send_modal(ExampleForm(_example(self.parts["slug"])))


class SituationMenu(Control, template="v1:situation"):
    """Opens the form of a situation."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Show the form, as an example's button does."""
        chosen = "".join(controls.values(interaction))
        await interaction.response.send_modal(ExampleForm(_example(chosen)))


class BuildButton(Control, template="v1:build"):
    """Opens the builder for a video from words."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Answer like `/video` does without words."""

        async def read() -> Wish:
            return Wish(mode=Mode.TEXT)

        await workbench.open_for(interaction, read)


class ExampleForm(discord.ui.Modal):
    """An example's prompt and facts, and the files it needs."""

    def __init__(self, example: Example) -> None:
        super().__init__(
            title=guide_texts.FORM_TITLE, custom_id=f"v1:example-form:{example.slug}", timeout=60
        )
        if example.mode is Mode.AUDIO:
            self._add_file(guide_texts.SOUND_LABEL, guide_texts.SOUND_HELP, _SOUND)
            if example.has_picture:
                face = guide_texts.FACE_LABEL, guide_texts.FACE_HELP, _PICTURE
                self._add_file(*face, required=False)
        if example.mode is Mode.IMAGE:
            self._add_file(guide_texts.PICTURE_LABEL, texts.PORTRAIT_HELP, _PICTURE)
        words: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id=_PROMPT,
            style=discord.TextStyle.paragraph,
            default=example.prompt,
            max_length=prompt.LONGEST,
        )
        self._add(guide_texts.PROMPT_LABEL, guide_texts.PROMPT_HELP, words)
        if example.shape is not None:
            self._add(guide_texts.SHAPE_LABEL, None, controls.menu(_SHAPE, _shapes(example.shape)))
        if example.mode is not Mode.AUDIO:
            lengths = controls.menu(_SECONDS, _lengths(example.seconds))
            self._add(guide_texts.SECONDS_LABEL, None, lengths)

    def _add(self, label: str, help_: str | None, field: discord.ui.Item[Any]) -> None:
        self.add_item(discord.ui.Label(text=label, description=help_, component=field))

    def _add_file(self, label: str, help_: str, custom_id: str, *, required: bool = True) -> None:
        field: discord.ui.FileUpload[Any] = discord.ui.FileUpload(
            custom_id=custom_id, required=required, min_values=int(required), max_values=1
        )
        self._add(label, help_, field)


def wish(interaction: discord.Interaction[Any]) -> Read | None:
    """Looks up what a submitted example asks for; None if it was another form. UserError."""
    entries = Entries(interaction)
    found = FORM.fullmatch(entries.form)
    if found is None:
        return None
    example = _example(found[1])
    picture, sound = entries.file(_PICTURE), entries.file(_SOUND)
    shape, seconds = entries.choice(_SHAPE) or "", entries.choice(_SECONDS) or ""
    asked = Wish(
        mode=example.mode,
        prompt=entries.text(_PROMPT),
        shape=Shape(shape) if shape in set(Shape) else example.shape,
        seconds=int(seconds) if seconds in map(str, _LENGTHS) else example.seconds,
        first_image=attachments.source(picture) if picture else None,
        sound=attachments.source(sound) if sound else None,
    )

    async def read() -> Wish:
        if example.mode is Mode.AUDIO and example.has_picture and picture is None:
            return await speech.by_member(interaction.client, interaction.user, asked)
        return asked

    return read


async def read(interaction: discord.Interaction[Any]) -> Guide:
    """What videos cost whoever asks; a price that is slow or unknown is left out."""
    bot: TalkieBot = interaction.client
    statement = await bot.services.credits.statement(interaction.user.id)
    prices: dict[Mode, int] = {}
    if not statement.free:
        try:
            async with asyncio.timeout(_PRICED_WITHIN_S):
                for mode in Mode:
                    prices[mode] = (await bot.services.submission.price(_plan(mode))).hold
        except (TimeoutError, UserError):
            # Without a price the help is still a help; the cards of videos tell it.
            pass
    return Guide(free=statement.free, available=statement.balance.available, prices=prices)


def card(guide: Guide) -> Card:
    """Examples with a button each, then commands, costs and privacy."""
    costs = guide_texts.costs(guide.prices, guide.available)
    privacy = guide_texts.PRIVACY_LOCAL if guide.free else guide_texts.PRIVACY_SENT
    return frame.card(
        Tone.WORKING,
        frame.words(guide_texts.TITLE),
        *(_shown(each) for each in examples.EXAMPLES),
        *_more(),
        discord.ui.Separator(),
        frame.words(guide_texts.COMMANDS),
        frame.words(guide_texts.MENUS),
        discord.ui.Separator(visible=False),
        frame.words(guide_texts.FREE if guide.free else costs),
        discord.ui.Separator(visible=False),
        frame.words(privacy),
    )


def _more() -> list[Part]:
    """The situations, and the way to build a prompt of parts."""
    offered = [
        discord.SelectOption(
            label=each.title, value=each.slug, description=guide_texts.KINDS[each.mode]
        )
        for each in examples.SITUATIONS
    ]
    menu = controls.menu("v1:situation", offered, guide_texts.SITUATIONS)
    build = controls.button(guide_texts.BUILD, "v1:build")
    return [
        frame.row(SituationMenu.of(menu)),
        frame.beside(guide_texts.BUILD_HELP, BuildButton.of(build)),
    ]


def _shown(example: Example) -> Part:
    seconds = None if example.mode is Mode.AUDIO else example.seconds
    quoted = texts.quote(folding.fold(example.prompt))
    text = guide_texts.example(example.title, example.shape, seconds, quoted)
    press = controls.button(
        guide_texts.USE, f"v1:example:{example.slug}", discord.ButtonStyle.primary
    )
    return frame.beside(text, UseButton.of(press))


def _example(slug: str) -> Example:
    example = examples.by_slug(slug)
    if example is None:
        # A card of an earlier version.
        raise UserError(Code.FORM_EXPIRED)
    return example


def _shapes(chosen: Shape) -> list[discord.SelectOption]:
    return [
        discord.SelectOption(label=texts.SHAPES[each], value=each, default=each is chosen)
        for each in Shape
    ]


def _lengths(chosen: int) -> list[discord.SelectOption]:
    return [
        discord.SelectOption(
            label=guide_texts.seconds(each), value=str(each), default=each == chosen
        )
        for each in _LENGTHS
    ]


def _plan(mode: Mode) -> Plan:
    five = frames.for_seconds(5)
    return Plan(mode=mode, prompt="", shape=Shape.WIDE, size=Size.STANDARD, frames=five, seed=0)
