"""The Remix form: the old words, shape, length and size, to be changed."""

import re
from typing import Any

import discord

from bot.domain import frames
from bot.domain import prompt as prompts
from bot.domain.request import Plan
from bot.domain.shapes import Shape, Size
from bot.errors import Code, UserError
from bot.services.again import Remix
from cogs.ui import remarks, texts
from cogs.ui.entries import Entries
from storage.records import JobId, Mode

FORM = re.compile(r"v1:remix:(\d{1,15})")
_PROMPT, _SHAPE, _SECONDS, _SIZE = "prompt", "shape", "seconds", "size"
_SAME = "same"
_NEXT, _MAKE, _BUILD = "next", "make", "build"
_LENGTHS_S = range(2, 11)

Option = discord.SelectOption


class RemixForm(discord.ui.Modal):
    """Asks what shall be different; what is left as it is stays so."""

    def __init__(self, job: JobId, plan: Plan) -> None:
        super().__init__(
            title=remarks.REMIX_TITLE.format(job=job), custom_id=f"v1:remix:{job}", timeout=60
        )
        words: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id=_PROMPT,
            style=discord.TextStyle.long,
            default=plan.prompt[: prompts.LONGEST],
            max_length=prompts.LONGEST,
            required=True,
        )
        self._ask(remarks.PROMPT_LABEL, words, help_text=remarks.PROMPT_HELP)
        shapes = [
            Option(label=texts.SHAPES[shape], value=shape, default=shape is plan.shape)
            for shape in Shape
        ]
        self._ask(remarks.SHAPE_LABEL, _menu(_SHAPE, shapes))
        if plan.mode is not Mode.AUDIO:
            self._ask(remarks.LENGTH_LABEL, _menu(_SECONDS, _lengths(plan.frames)))
        sizes = [
            Option(label=texts.SIZES[size], value=size, default=size is plan.size) for size in Size
        ]
        self._ask(remarks.SIZE_LABEL, _menu(_SIZE, sizes))
        ways = [
            Option(label=remarks.MAKE_IT, value=_MAKE, default=True),
            Option(label=remarks.BUILD_IT, value=_BUILD),
        ]
        self._ask(remarks.NEXT_LABEL, _menu(_NEXT, ways))

    def _ask(
        self, text: str, component: discord.ui.Item[Any], help_text: str | None = None
    ) -> None:
        self.add_item(discord.ui.Label(text=text, description=help_text, component=component))


def source(interaction: discord.Interaction[Any]) -> JobId | None:
    """The job a submitted Remix form is about; None if it was another form."""
    found = FORM.fullmatch(Entries(interaction).form)
    return JobId(int(found[1])) if found else None


def answer(interaction: discord.Interaction[Any]) -> Remix:
    """What a submitted form asks for, read from the payload alone; raises UserError."""
    entries = Entries(interaction)
    try:
        return Remix(
            prompt=entries.text(_PROMPT),
            shape=Shape(entries.choice(_SHAPE) or ""),
            seconds=_seconds(entries.choice(_SECONDS) or _SAME),
            size=Size(entries.choice(_SIZE) or ""),
        )
    except ValueError as error:
        raise UserError(Code.FORM_EXPIRED) from error


def is_built(interaction: discord.Interaction[Any]) -> bool:
    """Whether a submitted form wants to go on in the builder."""
    return Entries(interaction).choice(_NEXT) == _BUILD


def _lengths(was: int) -> list[Option]:
    others = [(each, frames.for_seconds(each)) for each in _LENGTHS_S]
    same = Option(label=remarks.as_it_was(was), value=_SAME, default=True)
    return [
        same,
        *(
            Option(label=remarks.seconds(count), value=str(each))
            for each, count in others
            if count != was
        ),
    ]


def _seconds(value: str) -> float | None:
    if value == _SAME:
        return None
    if not value.isdecimal() or int(value) not in _LENGTHS_S:
        raise ValueError("no length of the form")
    return float(value)


def _menu(name: str, options: list[Option]) -> discord.ui.Select[Any]:
    return discord.ui.Select(custom_id=name, options=options, min_values=1, max_values=1)
