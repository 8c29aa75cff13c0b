"""Walks through the components of a message or a modal."""

from collections.abc import Iterator
from enum import IntEnum

from tests.fakes.discord.errors import Json


class Part(IntEnum):
    """Discord's numbers for components."""

    ROW = 1
    BUTTON = 2
    SELECT = 3
    TEXT_INPUT = 4
    USER_SELECT = 5
    ROLE_SELECT = 6
    MENTIONABLE_SELECT = 7
    CHANNEL_SELECT = 8
    SECTION = 9
    TEXT = 10
    THUMBNAIL = 11
    GALLERY = 12
    FILE = 13
    SEPARATOR = 14
    CONTAINER = 17
    LABEL = 18
    FILE_UPLOAD = 19
    RADIO_GROUP = 21
    CHECKBOX_GROUP = 22
    CHECKBOX = 23


SELECTS = frozenset(
    {
        Part.SELECT,
        Part.USER_SELECT,
        Part.ROLE_SELECT,
        Part.MENTIONABLE_SELECT,
        Part.CHANNEL_SELECT,
    }
)


def walk(components: list[Json], path: str = "components") -> Iterator[tuple[str, Json]]:
    """Every component with its dotted path, outer ones first, in reading order."""
    for position, component in enumerate(components):
        here = f"{path}.{position}"
        yield here, component
        inner = component.get("components")
        if isinstance(inner, list):
            yield from walk(
                [item for item in inner if isinstance(item, dict)], f"{here}.components"
            )
        for key in ("accessory", "component"):
            if isinstance(component.get(key), dict):
                yield f"{here}.{key}", component[key]


def media_of(component: Json) -> list[Json]:
    """The media references ({"url": …}) that a component shows."""
    kind = component.get("type")
    if kind == Part.GALLERY:
        return [item["media"] for item in component["items"]]
    if kind == Part.FILE:
        return [component["file"]]
    return [component["media"]] if kind == Part.THUMBNAIL else []
