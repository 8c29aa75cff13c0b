"""What members read about their portraits."""

from bot.domain.request import Anchor
from bot.domain.shapes import Cut, Shape
from cogs.ui import texts

NAMELESS = "Me"
SAVED = "Saved. Talkie lets it speak whenever you give a sound and no picture."
SAVED_AS_WELL = "Saved. Your default portrait stays as it is."
PICTURE = "Your portrait, cropped as a video of this shape would show it"
DEFAULT = "your default"
WHOLE = "This shape shows the whole picture."
MAKE_DEFAULT = "Make default"
RENAME = "Rename"
REMOVE = "Remove"
KEEP = "Keep it"
OTHERS = "Your other portraits"
SHAPES = "See it in another shape"
NAME_TITLE = "Rename your portrait"
NAME_LABEL = "Its new name"
GONE = "It is gone, and so is its file. Videos that were made with it stay."
NO_PICTURE = "No picture: the prompt says who speaks"


def headline(name: str, *, is_default: bool) -> str:
    """The name of a portrait, which is folded already."""
    return f"**{name}** · {DEFAULT}" if is_default else f"**{name}**"


def seen(shape: Shape, cut: Cut | None, anchor: Anchor) -> str:
    """In which shape it is seen, and what is lost of it."""
    ratio = texts.SHAPES[shape].partition(" ")[0]
    return texts.quiet(f"Seen in {ratio}. {texts.cut(cut, anchor) if cut else WHOLE}")


def asked(name: str) -> str:
    """The question before a portrait is removed; its name is folded already."""
    return f"**Remove {name}?** Its picture is deleted for good; videos made with it stay."
