"""A prompt as lines of type: what of it the font can draw, shortened, broken and sized to a box."""

import unicodedata
from dataclasses import dataclass
from pathlib import Path

from PIL import ImageFont

FONT = Path(__file__).resolve().parents[2] / "assets" / "fonts" / "InterDisplay-Medium.otf"
LONGEST_READ = 2000
"""As much of a prompt as is ever looked at."""
_SHORTEST_SENTENCE = 12
_LONGEST_SHOWN = 88
"""Characters of a title."""
_LINE_HEIGHT = 1.28
"""In sizes of the type."""
_SMALLEST_PX = 16
_NO_CHARACTER = "\U0010ffff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettering:
    """Lines of a title and the size of their type."""

    lines: tuple[str, ...]
    size_px: int

    @property
    def line_height_px(self) -> int:
        """From one baseline to the next."""
        return round(self.size_px * _LINE_HEIGHT)


def load_font(size_px: int) -> ImageFont.FreeTypeFont:
    """The font that ships with Talkie, without any shaping by the system's libraries."""
    return ImageFont.truetype(str(FONT), size_px, layout_engine=ImageFont.Layout.BASIC)


def keep_drawable(text: str) -> str:
    """The words the font can draw: a word with a letter it lacks goes whole, a sign goes alone."""
    font = load_font(32)
    missing = bytes(font.getmask(_NO_CHARACTER))
    words = []
    for word in unicodedata.normalize("NFC", text).split():
        kept = []
        for sign in word:
            kind = unicodedata.category(sign)
            if kind[0] not in "CMZ" and bytes(font.getmask(sign)) != missing:
                kept.append(sign)
            elif kind[0] in "LM" and not _is_selector(sign):
                kept.clear()
                break
        words.append("".join(kept))
    clean = " ".join(word for word in words if word)
    return clean if any(sign.isalnum() for sign in clean) else ""


def shorten(text: str) -> str:
    """The first sentence, cut at a word if it is long; the last full stop is not shown."""
    text = " ".join(text[:LONGEST_READ].split())
    for end in range(_SHORTEST_SENTENCE, len(text) - 1):
        if text[end] in ".!?…" and text[end + 1] == " ":
            text = text[: end + 1]
            break
    if len(text) > _LONGEST_SHOWN:
        cut = text[: _LONGEST_SHOWN - 1]
        text = (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:-\u2013\u2014") + "…"
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text


def set_lines(text: str, box: tuple[int, int], *, largest_px: int, most_lines: int) -> Lettering:
    """Break a text into few, even lines at the largest size that fits a box of width x height."""
    size = largest_px
    while True:
        font = load_font(size)
        lines = _wrap(text, font, box[0])
        high = round(size * _LINE_HEIGHT) * len(lines)
        if size <= _SMALLEST_PX or (len(lines) <= most_lines and high <= box[1]):
            fitting = max(1, box[1] // round(size * _LINE_HEIGHT))
            return Lettering(lines=tuple(_even(text, font, box[0], lines)[:fitting]), size_px=size)
        size = max(_SMALLEST_PX, round(size * 0.94) - 1)


def _even(text: str, font: ImageFont.FreeTypeFont, width: int, lines: list[str]) -> list[str]:
    """Narrow the column as long as the number of lines stays the same."""
    while width > 40:
        narrower = int(width * 0.96)
        tried = _wrap(text, font, narrower)
        if len(tried) != len(lines) or max(map(font.getlength, tried)) > narrower:
            return lines
        lines, width = tried, narrower
    return lines


def _wrap(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        wider = f"{lines[-1]} {word}".strip()
        if font.getlength(wider) <= width:
            lines[-1] = wider
        elif lines[-1]:
            lines.append(word)
        else:
            lines[-1] = word
        while font.getlength(lines[-1]) > width and len(lines[-1]) > 1:
            lines[-1:] = _break_word(lines[-1], font, width)
    return lines


def _break_word(word: str, font: ImageFont.FreeTypeFont, width: int) -> tuple[str, str]:
    """Break a word that is wider than a line where the line ends."""
    end = len(word) - 1
    while end > 1 and font.getlength(word[:end]) > width:
        end -= 1
    return word[:end], word[end:]


def _is_selector(sign: str) -> bool:
    """Variation selectors and enclosing keycaps choose how the sign before them looks."""
    return "\ufe00" <= sign <= "\ufe0f" or sign == "\u20e3"
