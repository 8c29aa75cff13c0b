"""How to make a video again, told from nothing but its file."""

import sys
from pathlib import Path

from bot.domain import frames
from bot.media import recipe
from bot.media.recipe import Recipe

_COMMANDS = {
    "text": "/video",
    "image": "/animate image:<its picture>",
    "audio": "/talk audio:<its sound>",
}
_LONGEST_S = 10.0


def main(clip: Path) -> int:
    """Print the recipe of a clip and the command that uses it again; 1 if there is none."""
    try:
        found = recipe.read(clip)
    except OSError as error:
        print(f"{_named(clip)}: {error.strerror}", file=sys.stderr)
        return 1
    if found is None:
        print(f"{_named(clip)}: there is no recipe of Talkie in this file", file=sys.stderr)
        return 1
    _say(recipe.write(found))
    if found.mode in _COMMANDS:
        _say(command(found))
    return 0


def _say(line: str) -> None:
    print(recipe.printable(line, sys.stdout.encoding))


def _named(clip: Path) -> str:
    """A name may come from a stranger, too."""
    return recipe.printable(str(clip), sys.stderr.encoding)


def command(found: Recipe) -> str:
    """What to send in Discord; a sound has its own length, and files must be attached again."""
    options = {
        "prompt": found.prompt,
        "shape": found.shape,
        "size": found.size,
        "seconds": f"{min(found.frames / frames.FPS, _LONGEST_S):.2f}",
        "seed": found.seed,
    }
    if found.mode == "audio":
        del options["seconds"]
    return " ".join([_COMMANDS[found.mode], *(f"{name}:{told}" for name, told in options.items())])
