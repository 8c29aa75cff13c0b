"""The question before a video is made: what it would be, what it costs, yes or no."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

import discord

from bot.client import TalkieBot
from bot.domain.request import Anchor, Wish
from bot.errors import Code, UserError
from bot.services.intake import Question
from cogs.ui import controls, frame, haste, refusals, rewording, rewriting, texts, waiting
from cogs.ui.controls import Control, Numbered
from cogs.ui.desks import Counter, Desk
from cogs.ui.frame import Card, Part, Row, Tone

_FILE = "first-frame.jpg"
_ANCHORS = (Anchor.START, Anchor.CENTRE, Anchor.END)


class RenderButton(Numbered, verb="render", label=texts.RENDER, style=discord.ButtonStyle.primary):
    """Makes what the question shows; its number is the draft's."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Submit the draft; the question becomes the waiting card."""
        desk = Counter(interaction)
        intake, member = desk.bot.services.intake, desk.asker

        async def admitted() -> Wish:
            wish = await intake.kept(self.number, member)
            await desk.bot.services.submission.admit(member, desk.place, wish.mode)
            return wish

        wish = await haste.pressed(interaction, admitted())
        async with haste.answering(interaction, self.number):
            if (await intake.kept(self.number, member)).prompt != wish.prompt:
                # Another press gave it other words meanwhile, which nobody has seen yet.
                raise UserError(Code.WORDS_CHANGED)
            origin = desk.pressed()
            try:
                async with desk.bot.services.promises.kept(origin, draft=self.number):
                    ticket = await intake.accept_draft(self.number, origin)
            except UserError as refusal:
                if refusal.code is not Code.PRICE_ROSE:
                    raise
                await _reprice(desk, self.number, refusal)
            else:
                await waiting.show(desk, ticket, wish)


class NeverButton(Numbered, verb="never", label=texts.NEVER):
    """Forgets the draft; its number is the draft's."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Drop the draft, and say that nothing was held."""
        intake, member = interaction.client.services.intake, interaction.user.id
        await haste.pressed(interaction, intake.kept(self.number, member))
        async with haste.answering(interaction, self.number):
            await intake.drop(self.number, member)
            card = frame.card(Tone.OVER, frame.words(texts.NOTHING_MADE))
            await interaction.edit_original_response(view=card, attachments=[])


class CropButton(Control, template=r"v1:crop:(?P<anchor>start|centre|end):(?P<number>\d{1,15})"):
    """Lets another part of the picture stay; its number is the draft's."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Crop anew, and show it in the same place."""
        intake, member = interaction.client.services.intake, interaction.user.id
        draft, anchor = int(self.parts["number"]), Anchor(self.parts["anchor"])
        await _change(interaction, draft, lambda: intake.crop(draft, anchor, member))


class BetterButton(
    Numbered, verb="better", label=rewording.BETTER, style=discord.ButtonStyle.success
):
    """Takes the coach's better version; its number is the draft's."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Put it in the place of the member's words, and show what changed."""
        versions, member = interaction.client.services.versions, interaction.user.id
        await _change(interaction, self.number, lambda: versions.coach(self.number, member))


class ImproveButton(Numbered, verb="improve", label=rewording.IMPROVE):
    """Asks what a rewriting costs, or lets Talkie complete the words; its number is the draft's."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Show the price, or the version that costs nothing."""
        versions, member = interaction.client.services.versions, interaction.user.id
        await _change(interaction, self.number, lambda: versions.improve(self.number, member))


class RewriteButton(
    Numbered, verb="rewrite", label=rewording.REWRITE, style=discord.ButtonStyle.success
):
    """Says yes to the price of a rewriting; its number is the draft's."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Have the words rewritten, and show what changed; a stop waits for what was paid."""
        desk = Counter(interaction)
        desk.bot.attend()
        await haste.pressed(interaction, desk.bot.services.intake.kept(self.number, desk.asker))
        async with haste.answering(interaction, self.number):
            await rewriting.rewrite(desk, self.number, show, RewriteButton(self.number))


class PickButton(Control, template=r"v1:pick:(?P<which>own|better):(?P<number>\d{1,15})"):
    """Takes one of both versions; its number is the draft's."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Show the version that was picked."""
        versions, member = interaction.client.services.versions, interaction.user.id
        draft, better = int(self.parts["number"]), self.parts["which"] == "better"
        await _change(interaction, draft, lambda: versions.pick(draft, member, better=better))


class EditButton(Numbered, verb="edit", label=rewording.EDIT):
    """Opens all the words of the video; its number is the draft's."""

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        """Open the form."""
        bot: TalkieBot = interaction.client
        looking = bot.services.intake.offer(self.number, interaction.user.id)
        _, offer = await haste.opened(interaction, looking)
        form = rewording.EditForm(self.number, offer.plan.prompt)
        await interaction.response.send_modal(form)


async def reword(interaction: discord.Interaction[Any], draft: int) -> None:
    """Put the words of a submitted form into its question; raises UserError."""
    versions, member = interaction.client.services.versions, interaction.user.id
    words = rewording.words_of(interaction)
    await _change(interaction, draft, lambda: versions.reword(draft, words, member))


async def _change(
    interaction: discord.Interaction[Any], draft: int, change: Callable[[], Awaitable[Question]]
) -> None:
    """Change a member's own question, one press after the other, and show it as it is then."""
    intake = interaction.client.services.intake
    await haste.pressed(interaction, intake.kept(draft, interaction.user.id))
    async with haste.answering(interaction, draft):
        await show(Counter(interaction), await change())


async def _reprice(desk: Desk, draft: int, refusal: UserError) -> None:
    """Ask once more, at the price of now: the one on the button would be refused for ever."""
    intake = desk.bot.services.intake
    wish, offer = await intake.offer(draft, desk.asker)
    offer = replace(offer, hold=int(refusal.facts["needed"]))
    asked = await intake.ask_again(draft, wish, offer, desk.asker)
    note = refusals.sentence(refusal.code, refusal.facts)
    await desk.show(card(asked, note), pictures(asked))


async def show(desk: Desk, question: Question) -> None:
    """Turn the answer into a question."""
    await desk.show(card(question), pictures(question))


def pictures(question: Question) -> Mapping[str, bytes]:
    """The files of a question's card."""
    return {} if question.picture is None else {_FILE: question.picture}


def card(question: Question, note: str = "") -> Card:
    """The first frame if there is one, a note, what could be better, the facts, the choices."""
    plan = question.plan
    picture = [] if question.picture is None else [frame.picture(_FILE, texts.FIRST_FRAME)]
    # The quote ends its text: some clients take the lines after it for a part of it.
    told = [note] if note else []
    head = frame.words(*told, rewording.head(question), rewording.quoted(question))
    facts = frame.words(
        *rewording.lines(question),
        *([texts.cut(question.cut, question.wish.anchor)] if question.cut else []),
        texts.quiet(texts.facts_line(plan.mode, plan.seconds, plan.shape, plan.seed)),
    )
    rows = [*_crops(question), *_versions(question), frame.row(*_answers(question))]
    return frame.card(Tone.WAITING, *picture, head, facts, rows=rows)


def _versions(question: Question) -> list[Row]:
    """The ways to other words, as far as there are any."""
    draft, words = question.draft, question.words
    parts: list[Part] = [BetterButton(draft)] if question.can_improve else []
    if words.asked_micro is not None:
        parts.insert(0, RewriteButton(draft))
    elif rewording.may_improve(question):
        parts.append(ImproveButton(draft))
    if words.better:
        is_better = words.is_better(question.plan.prompt)
        label, which = (rewording.MINE, "own") if is_better else (rewording.OTHER, "better")
        parts.append(PickButton.of(controls.button(label, f"v1:pick:{which}:{draft}")))
    return [frame.row(*parts)] if parts else []


def _answers(question: Question) -> list[Part]:
    draft = question.draft
    verb = rewording.ANYWAY if question.findings else texts.RENDER
    label = texts.render(question.hold, question.balance.available, verb)
    return [RenderButton(draft, label), EditButton(draft), NeverButton(draft)]


def _crops(asked: Question) -> list[Row]:
    """A button for each part that could stay; none where next to nothing is cut."""
    if asked.cut is None:
        return []
    labels = texts.CROPS[asked.cut.direction]
    buttons = (
        controls.button(
            labels[anchor],
            f"v1:crop:{anchor}:{asked.draft}",
            spent=anchor is asked.wish.anchor,
        )
        for anchor in _ANCHORS
    )
    return [frame.row(*map(CropButton.of, buttons))]
