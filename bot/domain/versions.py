"""The versions of a prompt that a member can choose between before anything is held."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.context import Context
from bot.domain.craft import defaults
from bot.domain.craft.parts import Part
from storage.belongings import Author


class Snag(StrEnum):
    """Why the engine's own rewriting is not there."""

    NOT_OFFERED = "not_offered"
    REFUSED = "refused"
    """There is a rewriting, but not of these words or this picture."""
    BUSY = "busy"
    LOST = "lost"
    """It was asked for and no answer came: it is not asked for again."""
    OFTEN = "often"
    SPENT = "spent"
    UNUSABLE = "unusable"
    SAME = "same"
    """The answer was what had been sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a member wrote, and another version of it if there is one.

    `better` is empty where there is none; `author` wrote it, and `added` are the parts of which
    the member said nothing. `price_micro` is what the house paid for it. `asked_micro` is what it
    would pay at most for a rewriting that is offered and not agreed to yet.
    """

    own: str = ""
    better: str = ""
    author: Author | None = None
    added: tuple[Part, ...] = ()
    price_micro: int = 0
    asked_micro: int | None = None
    snag: Snag | None = None

    def is_better(self, shown: str) -> bool:
        """Whether the words that are shown are the other version."""
        return bool(self.better) and shown == self.better


def completed(own: str, context: Context) -> Words:
    """Very few words with what is missing added conservatively; no version beside longer ones."""
    built = defaults.of_few(own, context)
    if not built.added:
        return Words()
    return Words(own=own, better=built.prompt, author=Author.BUILDER, added=built.added)
