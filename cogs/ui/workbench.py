"""The builder: a card with the parts of a prompt as menus, and the paragraph they become."""

from contextlib import AsyncExitStack
from dataclasses import replace
from enum import StrEnum
from typing import Any

import discord

from bot.client import TalkieBot
from bot.domain import prompt
from bot.domain.craft import sketch as sketches
from bot.domain.craft.phrases import PART_OF, PHRASES, Purpose
from bot.domain.craft.starts import Start
from bot.errors import Code, UserError
from bot.services import composing
from bot.services.composing import Composition, Edit
from cogs.ui import (
    coaching,
    controls,
    examples,
    folding,
    frame,
    haste,
    making,
    question,
    slips,
    workbench_forms,
)
from cogs.ui import texts as common
from cogs.ui import workbench_texts as texts
from cogs.ui.controls import Control
from cogs.ui.desks import Counter
from cogs.ui.frame import Card, Row, Tone
from cogs.ui.making import Read

_MOST_SHOWN = 1_200
_LONGEST_LABEL = 90
_OPEN, _OWN = "-", "own"
_NUMBER = r"(?P<number>\d{1,15})"

Option = discord.SelectOption


class Page(StrEnum):
    """Which menus are shown: all of them would be too long for a phone."""

    SCENE = "scene"
    MOTION = "motion"


_MENUS = {
    Page.SCENE: (Purpose.SHOT, Purpose.LIGHT, Purpose.CAMERA, Purpose.SOUND, Purpose.LOOK),
    Page.MOTION: (
        Purpose.LIP_SYNC,
        Purpose.EXPRESSION,
        Purpose.EYE_CONTACT,
        Purpose.BEAT,
        Purpose.REACTION,
    ),
}


class SituationMenu(Control, template=rf"v1:begin:{_NUMBER}"):
    """Puts the parts of a situation in place."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Start from it; what happens in a member's own words stays."""
        chosen = "".join(controls.values(interaction))
        if chosen not in set(Start):
            raise UserError(Code.FORM_EXPIRED)
        start = Start(chosen)
        await change(
            interaction,
            int(self.parts["number"]),
            Page.SCENE,
            lambda sketch: sketches.begin(sketch, start),
        )


class PartMenu(Control, template=rf"v1:part:(?P<purpose>[a-z_]{{1,20}}):{_NUMBER}"):
    """Chooses phrases of the library for one purpose."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Put them in place of what was there."""
        values = tuple(controls.values(interaction))
        if self.parts["purpose"] not in set(Purpose):
            raise UserError(Code.FORM_EXPIRED)
        purpose = Purpose(self.parts["purpose"])
        page = next(page for page, shown in _MENUS.items() if purpose in shown)
        await change(interaction, int(self.parts["number"]), page, _choice(purpose, values))


class PageButton(Control, template=rf"v1:bench:(?P<page>scene|motion):{_NUMBER}"):
    """Turns to the other menus."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Show them; nothing changes."""
        page = Page(self.parts["page"])
        await change(interaction, int(self.parts["number"]), page, lambda sketch: sketch)


class WriteButton(Control, template=rf"v1:write:(?P<page>scene|motion):{_NUMBER}"):
    """Opens the short fields."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Show the form."""
        made = await haste.opened(interaction, _own(interaction, int(self.parts["number"])))
        form = workbench_forms.WriteForm(made, self.parts["page"])
        await interaction.response.send_modal(form)


class WholeButton(Control, template=rf"v1:whole:(?P<page>scene|motion):{_NUMBER}"):
    """Opens all the words."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Show the form."""
        made = await haste.opened(interaction, _own(interaction, int(self.parts["number"])))
        form = workbench_forms.WholeForm(made, self.parts["page"])
        await interaction.response.send_modal(form)


class MakeButton(Control, template=rf"v1:make:{_NUMBER}"):
    """Makes the video of what was built."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Submit it, or ask once more where that is due; this card becomes what follows."""
        desk, draft = Counter(interaction), int(self.parts["number"])
        services = desk.bot.services

        async def admit() -> None:
            made = await services.composing.look(draft, desk.asker)
            if not made.is_ready:
                raise UserError(Code.PROMPT_EMPTY)
            await services.submission.admit(desk.asker, desk.place, made.wish.mode)

        await haste.pressed(interaction, admit())
        desk.bot.attend()
        async with haste.answering(interaction, draft):
            made = await services.composing.look(draft, desk.asker)
            origin = desk.pressed()
            built = made.woven.prompt
            async with services.promises.kept(origin, draft=draft):
                outcome = await services.intake.consider_draft(
                    draft, lambda wish: replace(wish, prompt=built, as_is=bool(built)), origin
                )
            await making.show(desk, outcome, made.wish, origin)


async def make(interaction: discord.Interaction[Any], read: Read, *, build: bool) -> None:
    """Make a video of a wish, or build its words first; raises UserError."""
    if build:
        await open_for(interaction, read)
    else:
        await making.make_read(interaction, read)


async def open_for(interaction: discord.Interaction[Any], read: Read) -> None:
    """Answer with a builder for a wish, whose words may be missing; raises UserError."""
    desk = Counter(interaction)
    services = desk.bot.services

    async def begin() -> Composition:
        wish = await read()
        services.intake.check(wish, is_built=True)
        # Nobody builds what would be refused afterwards.
        await services.submission.admit(desk.asker, desk.place, wish.mode)
        return await services.composing.begin(wish, desk.asker)

    async with AsyncExitStack() as promised:

        async def hurry() -> None:
            origin = await desk.acknowledge(slips.opening(), hasty=True)
            await promised.enter_async_context(services.promises.until_shown(origin))

        made = await haste.within(interaction, begin(), hurry)
        if interaction.response.is_done():
            await desk.show(card(made))
        else:
            await interaction.response.send_message(view=card(made))


async def submitted(interaction: discord.Interaction[Any]) -> None:
    """Take what a form of the builder holds; other forms are left alone. Raises UserError."""
    if meant := workbench_forms.written(interaction):
        told, parts = workbench_forms.words(interaction), workbench_forms.parts(interaction)
        await change(interaction, meant[0], Page(meant[1]), composing.written(parts, told))
    elif meant := workbench_forms.whole(interaction):
        whole = prompt.checked(workbench_forms.words(interaction))
        rebuilt = sketches.take_apart(whole)
        await change(interaction, meant[0], Page(meant[1]), lambda _: rebuilt)


async def change(interaction: discord.Interaction[Any], draft: int, page: Page, edit: Edit) -> None:
    """Change what is built, and show it in the same place; raises UserError."""
    bot: TalkieBot = interaction.client
    await haste.pressed(interaction, _own(interaction, draft))
    async with haste.answering(interaction, draft):
        made = await bot.services.composing.edit(draft, interaction.user.id, edit)
        await Counter(interaction).show(card(made, page))


def card(made: Composition, page: Page = Page.SCENE, note: str = "") -> Card:
    """A note if there is one, the paragraph so far, what is still open, and the menus."""
    shown = folding.fold(made.woven.prompt, _MOST_SHOWN)
    empty = texts.DEFAULT if made.is_ready else texts.EMPTY
    told = [note] if note else []
    head = frame.words(*told, texts.TITLE, common.quote(shown) if shown else empty)
    notes = [texts.price(made.foretold)]
    if made.woven.prompt:
        notes.insert(0, common.quiet(" ".join([texts.counted(made.count), *_advice(made)])))
    return frame.card(
        Tone.WAITING, head, frame.words(*notes), rows=[*_menus(made, page), _buttons(made, page)]
    )


async def _own(interaction: discord.Interaction[Any], draft: int) -> Composition:
    bot: TalkieBot = interaction.client
    return await bot.services.composing.look(draft, interaction.user.id)


def _advice(made: Composition) -> list[str]:
    if made.woven.left_out:
        parts = coaching.named(made.woven.left_out)
        return [texts.LEFT_OUT.format(parts=parts)]
    if made.finding is None:
        return []
    return [coaching.line(made.finding)]


def _menus(made: Composition, page: Page) -> list[Row]:
    rows = []
    if page is Page.SCENE:
        options = [
            Option(label=examples.TITLES[each], value=each, default=each is made.sketch.start)
            for each in made.starts
        ]
        menu = controls.menu(f"v1:begin:{made.draft}", options, texts.SITUATION)
        rows.append(frame.row(SituationMenu.of(menu)))
    return [*rows, *(frame.row(_menu(made, purpose)) for purpose in _MENUS[page])]


def _menu(made: Composition, purpose: Purpose) -> PartMenu:
    sketch = made.sketch
    chosen, own = sketch.chosen(purpose), sketch.own(PART_OF[purpose])
    options = [Option(label=each, value=each, default=each in chosen) for each in PHRASES[purpose]]
    is_one_of_many = purpose in _MENUS[Page.MOTION]
    if not is_one_of_many and (chosen or own):
        mine = folding.clip(texts.NOW.format(text=own), _LONGEST_LABEL)
        extra = [Option(label=mine, value=_OWN, default=True)] if own else []
        options = [Option(label=texts.LEAVE_OPEN, value=_OPEN), *extra, *options]
    menu: controls.Menu = discord.ui.Select(
        custom_id=f"v1:part:{purpose}:{made.draft}",
        options=options,
        placeholder=texts.PLACEHOLDERS[purpose],
        min_values=0 if is_one_of_many else 1,
        max_values=sketches.MANY if is_one_of_many else 1,
    )
    return PartMenu.of(menu)


def _buttons(made: Composition, page: Page) -> Row:
    other, turn = (Page.MOTION, texts.MOTION) if page is Page.SCENE else (Page.SCENE, texts.SCENE)
    draft = made.draft
    make = controls.button(
        texts.MAKE, f"v1:make:{draft}", discord.ButtonStyle.primary, spent=not made.is_ready
    )
    return frame.row(
        MakeButton.of(make),
        WriteButton.of(controls.button(texts.WRITE, f"v1:write:{page}:{draft}")),
        PageButton.of(controls.button(turn, f"v1:bench:{other}:{draft}")),
        WholeButton.of(controls.button(texts.WHOLE, f"v1:whole:{page}:{draft}")),
        question.NeverButton(draft),
    )


def _choice(purpose: Purpose, values: tuple[str, ...]) -> Edit:
    if values == (_OWN,):
        return lambda sketch: sketch
    chosen = () if values == (_OPEN,) else values
    # The card may be of an earlier version, and its id is anybody's.
    if set(chosen) - set(PHRASES[purpose]):
        raise UserError(Code.FORM_EXPIRED)
    return lambda sketch: sketches.choose(sketch, purpose, chosen)
