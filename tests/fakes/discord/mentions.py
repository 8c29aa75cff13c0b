"""Whom a message pings: what its text says, narrowed by what the sender allowed."""

import re
from dataclasses import dataclass

from tests.fakes.discord.errors import Json, bad_form

_USER = re.compile(r"<@!?(\d+)>")
_ROLE = re.compile(r"<@&(\d+)>")
_EVERYONE = re.compile(r"@(?:everyone|here)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pings:
    """User ids, role ids and whether everyone was pinged."""

    users: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()
    everyone: bool = False

    def __bool__(self) -> bool:
        return bool(self.users or self.roles or self.everyone)


NOBODY = Pings()


def named(text: str) -> set[int]:
    """The users that a text names, pinged or not."""
    return {int(found) for found in _USER.findall(text)}


def check(allowed: Json | None) -> None:
    """Refuse an `allowed_mentions` that contradicts itself."""
    if allowed is None:
        return
    for kind in ("users", "roles"):
        if kind in (allowed.get("parse") or []) and allowed.get(kind):
            raise bad_form(
                "allowed_mentions",
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f"parse:[{kind}] and {kind}: are mutually exclusive.",
            )


def pings(
    text: str, allowed: Json | None, *, may_ping_everyone: bool, replied_to: int | None
) -> Pings:
    """Who is pinged; without `allowed_mentions` all that the text names are."""
    everyone = may_ping_everyone and bool(_EVERYONE.search(text))
    users, roles = named(text), {int(found) for found in _ROLE.findall(text)}
    replied = {replied_to} - {None}
    if allowed is not None:
        parse = allowed.get("parse") or []
        everyone = everyone and "everyone" in parse
        users = _narrow(users, "users", allowed)
        roles = _narrow(roles, "roles", allowed)
        replied = replied if allowed.get("replied_user") else set()
    return Pings(
        users=frozenset(users | {who for who in replied if who is not None}),
        roles=frozenset(roles),
        everyone=everyone,
    )


def _narrow(found: set[int], kind: str, allowed: Json) -> set[int]:
    if kind in (allowed.get("parse") or []):
        return found
    return found & {int(who) for who in allowed.get(kind) or []}
