"""Better words for a video: what the coach found, what a better version changes, and the form."""

import difflib
import re
from typing import Any

import discord

from bot.domain import prompt as prompts
from bot.domain.coach.findings import Severity
from bot.services.intake import Question
from cogs.ui import coaching, folding, texts
from cogs.ui.entries import Entries

BETTER = "Use the better version"
EDIT = "Edit"
ANYWAY = "Render anyway"
MAY_BE_BETTER = "**This may become a better video.** Nothing is held before you say so."
WILL_FAIL = "**This will hardly work as it is.** Nothing is held before you say so."
CHANGED = "-# **Bold** is new, ~~struck~~ is gone. Edit shows all of it."
EDIT_TITLE = "The words of your video"
EDIT_LABEL = "What it should show"
EDIT_HELP = "This is everything that is sent. Nothing is held when you send this form."

_FORM = re.compile(r"v1:edit:(\d{1,15})")
_WORDS = "words"
_MOST_FINDINGS = 4
_MOST_SHOWN = 1_500
_AROUND = 4


class EditForm(discord.ui.Modal):
    """Shows all the words of a video that was not made yet, to be changed."""

    def __init__(self, draft: int, words: str) -> None:
        super().__init__(title=EDIT_TITLE, custom_id=f"v1:edit:{draft}", timeout=60)
        field: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id=_WORDS,
            style=discord.TextStyle.long,
            default=words[: prompts.LONGEST],
            max_length=prompts.LONGEST,
            required=True,
        )
        self.add_item(discord.ui.Label(text=EDIT_LABEL, description=EDIT_HELP, component=field))


def edited_draft(interaction: discord.Interaction[Any]) -> int | None:
    """The draft a submitted form is about; None if it was another form."""
    found = _FORM.fullmatch(Entries(interaction).form)
    return int(found[1]) if found else None


def words_of(interaction: discord.Interaction[Any]) -> str:
    """The words of a submitted form."""
    return Entries(interaction).text(_WORDS)


def head(asked: Question) -> str:
    """What a question begins with."""
    if any(finding.severity is Severity.WILL_FAIL for finding in asked.findings):
        return WILL_FAIL
    return MAY_BE_BETTER if asked.findings else texts.LOOK_FIRST


def quoted(asked: Question) -> str:
    """The words in a quote; those of a better version with what it changed."""
    words = asked.plan.prompt
    if not asked.own:
        return texts.quote(folding.fold(words))
    return texts.quote(difference(asked.own, words))


def lines(asked: Question) -> list[str]:
    """The worst that the coach found, and how to read a difference."""
    found = [f"• {coaching.line(finding)}" for finding in asked.findings[:_MOST_FINDINGS]]
    return [*([CHANGED] if asked.own else []), *found]


def difference(own: str, better: str) -> str:
    """Both versions in one: what was added is bold, what was removed is struck, in one line."""
    before, after = own.split(), better.split()
    shown: list[str] = []
    room = _MOST_SHOWN
    for tag, i, j, k, m in difflib.SequenceMatcher(None, before, after).get_opcodes():
        pieces = [_kept(after[k:m])] if tag == "equal" else _changed(before[i:j], after[k:m])
        for piece in pieces:
            if len(piece) > room:
                return " ".join([*shown, "…"])
            shown.append(piece)
            room -= len(piece) + 1
    return " ".join(shown)


def _kept(words: list[str]) -> str:
    if len(words) > 3 * _AROUND:
        words = [*words[:_AROUND], "…", *words[-_AROUND:]]
    return _harmless(words)


def _changed(removed: list[str], added: list[str]) -> list[str]:
    struck = [f"~~{_harmless(removed)}~~"] if removed else []
    return [*struck, *([f"**{_harmless(added)}**"] if added else [])]


def _harmless(words: list[str]) -> str:
    return folding.fold(" ".join(words), _MOST_SHOWN)
