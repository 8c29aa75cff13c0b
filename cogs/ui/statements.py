"""What `/credits` says: what a member has, what a credit is worth, and when there are more."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain import pricing
from bot.services.credits import Statement
from cogs.ui import counting
from storage.records import EntryKind

_MOVES: Mapping[EntryKind, str] = MappingProxyType(
    {
        EntryKind.WELCOME: "welcome",
        EntryKind.DAILY: "daily",
        EntryKind.GRANT: "granted",
        EntryKind.ADJUST: "corrected",
        EntryKind.HOLD: "held",
        EntryKind.SETTLE: "charged",
        EntryKind.RELEASE: "returned",
    }
)


def statement(of: Statement) -> str:
    """What there is, where it comes from, and the latest movements."""
    lines = [_have(of)]
    if of.free:
        lines.append("Videos are free here: this bot renders them itself.")
    else:
        worth = pricing.dollars(of.allowance.credit_micro)
        lines.append(f"One credit pays for {worth} of video.")
    lines.append(_get(of))
    lines += [
        f"-# {_MOVES[kind]} {amount:+d}" + (f" · video #{job}" if job else "")
        for kind, amount, job in of.history
    ]
    return "\n".join(lines)


def granted(available: int) -> str:
    """What its owner reads who gave a member credits, or took some."""
    return f"Granted. They now have {counting.count(available, 'credit')}."


def _have(of: Statement) -> str:
    has = f"You have **{counting.count(of.balance.available, 'credit')}**"
    return f"{has}, and {of.balance.held} held for videos." if of.balance.held else f"{has}."


def _get(of: Statement) -> str:
    welcome, daily, then = of.allowance.welcome, of.allowance.daily, of.next_at // 1000
    gets = [f"{welcome} to begin with"] if welcome else []
    gets += [f"{daily} a day: the next <t:{then}:R> (<t:{then}:t>)"] if daily else []
    lines = [f"Everybody gets {' and '.join(gets)}."] if gets else []
    lines += [] if daily else ["For more, ask the person who runs this bot."]
    return " ".join(lines)
