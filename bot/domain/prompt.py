"""Prompts: what people write on Discord becomes plain words for a video model."""

import re
import unicodedata
from collections.abc import Mapping

from bot.domain.craft import defaults
from bot.domain.shapes import Shape
from bot.errors import Code, UserError
from storage.records import Mode

LONGEST = 4_000
"""Characters of a prompt; the model makes use of about 200 words, Discord's forms take 4,000."""

_MENTION = re.compile(r"<(?:@[!&]?|#)(\d{1,20})>")
_EMOJI = re.compile(r"<a?:(\w{1,40}):\d{1,20}>")
_COMMAND = re.compile(r"</([\w -]{1,100}):\d{1,20}>")
_TIMESTAMP = re.compile(r"<t:-?\d{1,20}(?::[tTdDfFRsS])?>")
_MASKED_LINK = re.compile(r"\[([^\[\]]{1,500})\]\(<?https?://[^\s()<>]{1,2000}>?\)")
_LINK = re.compile(r"<?\bhttps?://[^\s<>]{1,4000}>?", re.IGNORECASE)
_CODE_FENCE = re.compile(r"```(?:[\w+-]{1,20}\n)?")
_LINE_MARK = re.compile(r"^\s{0,8}(?:>>>|>|#{1,3}|-#|[-*]|\d{1,3}\.)\s+", re.MULTILINE)
_PAIRED_MARK = re.compile(r"\*\*\*|\*\*|__|~~|\|\||`")
_SINGLE_MARK = re.compile(r"(?<![\w*])[*_](?=\S)|(?<=\S)[*_](?![\w*])")
_ESCAPE = re.compile(r"\\([\\*_~|`>#\[\]()<@:-])")
# An escaped mark is hidden in the private use area until the real marks are gone.
_HIDDEN = re.compile(r"[\ue000-\ue07f]")
_EVERYONE = re.compile(r"@(everyone|here)\b")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"\w")


def from_message(text: str, names: Mapping[int, str]) -> str:
    """The words of a message: mentions by `names` (id to name), emoji, links, markdown undone."""
    text = _ESCAPE.sub(lambda found: chr(0xE000 + ord(found[1])), text)
    text = _CODE_FENCE.sub("\n", text)
    text = _MASKED_LINK.sub(r"\1", text)
    text = _LINK.sub(" ", text)
    text = _MENTION.sub(lambda found: names.get(int(found[1]), "someone"), text)
    text = _EMOJI.sub(lambda found: f" {found[1].replace('_', ' ')} ", text)
    text = _COMMAND.sub(r"\1", text)
    text = _TIMESTAMP.sub(" ", text)
    text = _EVERYONE.sub(r"\1", text)
    text = _LINE_MARK.sub("", text)
    text = _PAIRED_MARK.sub("", text)
    text = _SINGLE_MARK.sub("", text)
    text = _HIDDEN.sub(lambda found: chr(ord(found[0]) - 0xE000), text)
    # What was escaped must not come back to life as a link or a mention.
    return tidy(_MENTION.sub("someone", _LINK.sub(" ", text)))


def tidy(text: str) -> str:
    """Text in one paragraph of visible characters (NFC; no control or direction marks)."""
    text = unicodedata.normalize("NFC", text)
    seen = "".join(
        character if unicodedata.category(character)[0] != "C" or character == "\u200d" else " "
        for character in text
    )
    return _SPACE.sub(" ", seen).strip()


def checked(text: str) -> str:
    """The plain words of a prompt; raises UserError if nothing is said or too much."""
    if len(text) > 4 * LONGEST:
        raise UserError(Code.PROMPT_TOO_LONG, length=len(text), limit=LONGEST)
    prompt = from_message(text, {})
    if len(prompt) > LONGEST:
        raise UserError(Code.PROMPT_TOO_LONG, length=len(prompt), limit=LONGEST)
    if not _WORD.search(prompt):
        raise UserError(Code.PROMPT_EMPTY)
    return prompt


def is_default(text: str) -> bool:
    """Whether these are Talkie's own words, for a member who gave none."""
    return text in defaults.EVERY


def default_for(mode: Mode, *, has_picture: bool, shape: Shape = Shape.WIDE) -> str:
    """What is asked of the model when a member gave no words; raises UserError for text mode."""
    words = defaults.for_mode(mode, has_picture=has_picture, shape=shape)
    if words is None:
        raise UserError(Code.PROMPT_EMPTY)
    return words
