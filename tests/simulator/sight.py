"""What a person sees of a simulated message or form."""

from collections.abc import Mapping
from typing import Any

import discord
from simcord.components import walk_components
from simcord.results import InteractionResult, ResponseMessage

Shown = InteractionResult | ResponseMessage | discord.Message
Json = dict[str, Any]


def message_of(shown: Shown) -> ResponseMessage | discord.Message:
    """The message that was shown."""
    if isinstance(shown, InteractionResult):
        assert shown.response is not None, "there is an answer"
        return shown.response
    return shown


def parts(shown: Shown) -> list[Json]:
    """Every component of a message, as it is now."""
    message = message_of(shown)
    if isinstance(message, discord.Message):
        return list(walk_components([each.to_dict() for each in message.components]))
    return list(walk_components(message.components))


def text(shown: Shown) -> str:
    """All that a message says."""
    said = [str(each["content"]) for each in parts(shown) if each.get("content")]
    return "\n".join([message_of(shown).content, *said])


def ids(shown: Shown) -> list[str]:
    """The ids of what can be pressed or chosen in a message."""
    return [
        each["custom_id"]
        for each in parts(shown)
        if each.get("custom_id") and not each.get("disabled")
    ]


def id_of(shown: Shown, start: str) -> str:
    """The one id that begins so, or that is just this."""
    found = [each for each in ids(shown) if each.startswith(start)]
    if start in found:
        return start
    assert len(found) == 1, f"{start!r} begins {found}"
    return found[0]


def fields(answer: InteractionResult) -> Mapping[str, Json]:
    """The fields of the form that an answer opened."""
    assert answer.modal is not None
    found = walk_components(answer.modal["components"])
    return {each["custom_id"]: each for each in found if each.get("custom_id")}
