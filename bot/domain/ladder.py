"""The delivery ladder: which way a finished job reaches its member next, and in which size."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

TOKEN_LIFE_MS = 15 * 60 * 1000
"""How long an interaction's token works."""
TOKEN_MARGIN_MS = 20_000
"""A token is not used in its last seconds: an upload takes time."""
OFFER_BEFORE_MS = 2 * 60 * 1000
"""So long before its token dies, the reply of an unfinished job gets the button."""
PING_AFTER_MS = 2 * 60 * 1000
"""Edits notify nobody: who waited longer is told by a message of its own."""
SMALLEST_BYTES = 2 * 1024 * 1024
"""Ten seconds still look decent in two mebibytes."""
SAFE_BYTES = 10 * 1024 * 1024 - 64 * 1024
"""What every channel takes, less the request around the file."""
MOST_ATTEMPTS = 150
"""More than a day of trying to reach Discord."""
FIRST_PAUSE_S, LONGEST_PAUSE_S = 5.0, 600.0
"""Before the next attempt; once Discord is back, nobody waits much longer than this."""

_TOO_LARGE = 40005
_PASSING = frozenset({408, 429})
_UNKNOWN_WEBHOOK = 10015
"""Answered now and then for a token that lives."""
_TOO_MANY_NEW_DMS = 40003
_NOT_ALLOWED = frozenset({50001, 50013})


class Rung(StrEnum):
    """One way to show a member how their job ended, in the order they are tried."""

    EDIT_REPLY = "edit_reply"
    POST = "post"
    EDIT_STATUS = "edit_status"
    DM = "dm"
    TELL = "tell"
    """Say that the video is there, with the button that brings it: files are refused here."""


_PRIVATELY = (Rung.EDIT_REPLY, Rung.DM, Rung.POST, Rung.EDIT_STATUS, Rung.TELL)
"""What was asked in private is shown to the channel only if nothing else works."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of the place a job was asked for in."""

    token_alive: bool
    """The interaction's token still works (15 minutes)."""
    bot_is_present: bool
    """The bot itself may speak in the channel: it is in the server, or it is the bot's own DM."""
    has_status: bool
    """There is an ordinary (not ephemeral) reply that the bot's own route can reach."""
    is_private: bool = False
    """The reply is seen by its member alone."""
    dm_chosen: bool = False
    """The member asked for a direct message; nobody else gets one."""
    has_file: bool = True
    """The job ended in a video, not only in news."""


def next_rung(facts: Facts, failed: Collection[Rung]) -> Rung | None:
    """The best rung that can work and has not failed yet; None when the ladder has ended."""
    possible = {
        Rung.EDIT_REPLY: facts.token_alive,
        Rung.POST: facts.bot_is_present,
        Rung.EDIT_STATUS: facts.bot_is_present and facts.has_status,
        Rung.DM: facts.dm_chosen,
        Rung.TELL: facts.bot_is_present and facts.has_file,
    }
    order = _PRIVATELY if facts.is_private else tuple(Rung)
    return next((rung for rung in order if possible[rung] and rung not in failed), None)


def token_lives(token_until: int, now: int) -> bool:
    """Whether a token is to be used for one more edit."""
    return now + TOKEN_MARGIN_MS < token_until


def offer_at(token_until: int) -> int:
    """When the reply of an unfinished job gets the button that outlives its token."""
    return token_until - OFFER_BEFORE_MS


def wants_ping(rung: Rung, token_until: int, now: int) -> bool:
    """Whether a member who was shown the ending by this rung still has to be told of it."""
    asked_at = token_until - TOKEN_LIFE_MS
    return rung is Rung.EDIT_REPLY and now - asked_at > PING_AFTER_MS


def sizes(limit_bytes: int, size_bytes: int, *, has_page: bool) -> Iterator[int | None]:
    """What to send, each step after the one before was found too large.

    Byte limits to fit the clip into; None stands for the link to its page, which always fits.
    The limits that Discord tells have been wrong before, so the first is only where to begin.
    """
    limit = max(SMALLEST_BYTES, limit_bytes)
    yield limit
    limit = min(limit, size_bytes)
    while True:
        limit = max(SMALLEST_BYTES, min(SAFE_BYTES, limit // 2))
        yield limit
        if has_page:
            yield None
            return
        if limit == SMALLEST_BYTES:
            return


def pause_s(attempts: int) -> float:
    """How long what Discord did not take waits for its next attempt, after so many."""
    return min(FIRST_PAUSE_S * 2.0 ** min(attempts, 10), LONGEST_PAUSE_S)


def is_too_large(status: int, code: int) -> bool:
    """Whether Discord refused a message for the size of its file."""
    return status == 413 or code == _TOO_LARGE


def is_lasting(status: int, code: int) -> bool:
    """Whether a refusal ends a rung; anything else is tried again later."""
    # A bot token that is no good, or a wall before Discord: neither speaks of this one message.
    passing = status >= 500 or status in _PASSING or (status in {401, 403} and code == 0)
    return not passing and code not in {_UNKNOWN_WEBHOOK, _TOO_MANY_NEW_DMS}


def is_forbidden(code: int) -> bool:
    """Whether a refusal says that a permission is missing."""
    return code in _NOT_ALLOWED
