"""The two forms of the builder: short fields for the parts, and all the words at once."""

import re
from typing import Any

import discord

from bot.domain import prompt
from bot.domain.craft.parts import Part
from bot.services.composing import Composition
from cogs.ui import workbench_texts as texts
from cogs.ui.entries import Entries

LONGEST_PART = 300
"""Characters of a short field; the parts of situations and phrases are never longer."""

WRITE = re.compile(r"v1:write:(scene|motion):(\d{1,15})")
WHOLE = re.compile(r"v1:whole:(scene|motion):(\d{1,15})")
_WORDS = "words"
_PARTS = tuple(texts.PART_LABELS)


class WriteForm(discord.ui.Modal):
    """What happens, in a member's own words, and four of the parts."""

    def __init__(self, made: Composition, page: str) -> None:
        super().__init__(
            title=texts.WRITE_TITLE, custom_id=f"v1:write:{page}:{made.draft}", timeout=60
        )
        self.add_item(
            discord.ui.Label(
                text=texts.HAPPENS_LABEL,
                description=texts.HAPPENS_HELP,
                component=_long(made.sketch.words, required=False),
            )
        )
        for part, (label, help_text) in texts.PART_LABELS.items():
            field: discord.ui.TextInput[Any] = discord.ui.TextInput(
                custom_id=part.value,
                default=_own(made, part) or None,
                max_length=LONGEST_PART,
                required=False,
            )
            self.add_item(discord.ui.Label(text=label, description=help_text, component=field))


class WholeForm(discord.ui.Modal):
    """All the words, as they would be sent."""

    def __init__(self, made: Composition, page: str) -> None:
        super().__init__(
            title=texts.WHOLE_TITLE, custom_id=f"v1:whole:{page}:{made.draft}", timeout=60
        )
        self.add_item(
            discord.ui.Label(
                text=texts.WHOLE_LABEL,
                description=texts.WHOLE_HELP,
                component=_long(made.woven.prompt, required=True),
            )
        )


def written(interaction: discord.Interaction[Any]) -> tuple[int, str] | None:
    """The draft and the page of a submitted form with parts; None if it was another form."""
    return _meant(WRITE, interaction)


def whole(interaction: discord.Interaction[Any]) -> tuple[int, str] | None:
    """The draft and the page of a submitted form with all words; None if it was another form."""
    return _meant(WHOLE, interaction)


def words(interaction: discord.Interaction[Any]) -> str:
    """What happens, or all the words."""
    return Entries(interaction).text(_WORDS)


def parts(interaction: discord.Interaction[Any]) -> dict[Part, str]:
    """What was written for each of the parts."""
    entries = Entries(interaction)
    return {part: entries.text(part.value)[:LONGEST_PART] for part in _PARTS}


def _meant(form: re.Pattern[str], interaction: discord.Interaction[Any]) -> tuple[int, str] | None:
    found = form.fullmatch(Entries(interaction).form)
    return (int(found[2]), found[1]) if found else None


def _own(made: Composition, part: Part) -> str:
    return made.sketch.own(part)[:LONGEST_PART]


def _long(words_so_far: str, *, required: bool) -> discord.ui.TextInput[Any]:
    return discord.ui.TextInput(
        custom_id=_WORDS,
        style=discord.TextStyle.long,
        default=words_so_far or None,
        max_length=prompt.LONGEST,
        required=required,
    )
