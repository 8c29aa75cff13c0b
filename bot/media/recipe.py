"""The recipe of a clip, kept in its own file, so that it can be made again from the file alone."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from bot.media.boxes import Box, inside

_MAX_BYTES = 64 * 1024
_PATH = (b"moov", b"udta", b"meta", b"ilst", b"desc", b"data")
_DATA_HEAD_BYTES = 8

_Name = Annotated[str, Field(min_length=1, max_length=200)]
_Text = Annotated[str, Field(max_length=8000)]
_Number = Annotated[int, Field(ge=0, lt=2**53)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What a clip was made from, besides its pictures and sounds; nothing about its member."""

    # Read from files of strangers: pydantic takes no other kinds of values than these.
    __pydantic_config__ = ConfigDict(strict=True)

    mode: _Name
    prompt: _Text
    seed: _Number
    frames: _Number
    shape: _Name
    size: _Name
    model: _Name
    talkie_recipe: Literal[1] = 1
    """The version of this list."""


_RECIPES: TypeAdapter[Recipe] = TypeAdapter(Recipe)


def write(recipe: Recipe) -> str:
    """The recipe as one line of printable text, for the tag `description`."""
    return printable(json.dumps(asdict(recipe), ensure_ascii=False))


def printable(text: str, encoding: str = "utf-8") -> str:
    """The text in one line: what would move or hide anything is written as JSON escapes it.

    So is what cannot be written in this encoding.
    """
    return "".join(
        char if char.isprintable() and _fits(char, encoding) else json.dumps(char)[1:-1]
        for char in text
    )


def _fits(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def read(clip: Path) -> Recipe | None:
    """The recipe in an MP4 file, which may come from anybody; None if there is no sound one."""
    with clip.open("rb") as file:
        whole = Box(name=b"", start=0, stop=clip.stat().st_size)
        found = inside(file, whole, *_PATH)
        if found is None or found.stop - found.start > _MAX_BYTES:
            return None
        file.seek(found.start + _DATA_HEAD_BYTES)
        data = file.read(max(0, found.stop - found.start - _DATA_HEAD_BYTES))
    try:
        return _RECIPES.validate_json(data)
    except ValidationError:
        return None
