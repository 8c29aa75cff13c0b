"""The delivery ladder: which way a finished job reaches its member next."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Rung(StrEnum):
    """One way to show a member how their job ended, in the order they are tried."""

    EDIT_REPLY = "edit_reply"
    POST = "post"
    EDIT_STATUS = "edit_status"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of the place a job was asked for in."""

    token_alive: bool
    """The interaction's token still works (15 minutes)."""
    bot_is_present: bool
    """The bot itself may speak in the channel: it is in the server, or it is the bot's own DM."""
    has_status: bool
    """There is an ordinary (not ephemeral) reply that the bot's own route can reach."""


def next_rung(facts: Facts, failed: Collection[Rung]) -> Rung | None:
    """The best rung that can work and has not failed yet; None when the ladder has ended."""
    possible = {
        Rung.EDIT_REPLY: facts.token_alive,
        Rung.POST: facts.bot_is_present,
        Rung.EDIT_STATUS: facts.bot_is_present and facts.has_status,
    }
    return next((rung for rung in Rung if possible[rung] and rung not in failed), None)
