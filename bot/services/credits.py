"""Credits: what a person has, where it comes from, and what the owner may grant."""

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.clock import Clock
from bot.domain import days
from bot.errors import Code, UserError
from storage import ledger, people
from storage.database import Body, Store
from storage.records import Balance, EntryKind, JobId, PersonId

LARGEST_GRANT = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """Where credits come from, and what one is worth."""

    welcome: int
    daily: int
    credit_micro: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A person's credits as `/credits` shows them."""

    balance: Balance
    allowance: Allowance
    free: bool
    """New jobs cost nothing, because the embedded engine renders them."""
    history: list[tuple[EntryKind, int, JobId | None]]
    next_at: int
    """When the next day's credits are due."""


class Credits:
    """Gives and shows credits."""

    def __init__(self, store: Store, clock: Clock, allowance: Allowance, *, free: bool) -> None:
        self._store = store
        self._clock = clock
        self._allowance = allowance
        self._free = free

    async def statement(self, discord_id: int) -> Statement:
        """A person's balance and latest movements, after today's credits were given."""
        now = self._clock.now_ms()

        def body() -> Body[Statement]:
            person = yield from people.resolve(discord_id, now)
            yield from top_up(person, self._allowance, now)
            return Statement(
                balance=(yield from ledger.balance(person)),
                allowance=self._allowance,
                free=self._free,
                history=(yield from ledger.history(person, 8)),
                next_at=days.midnight_after(now),
            )

        return await self._store.write(body())

    async def grant(self, *, discord_id: int, amount: int, grant_id: int) -> Balance:
        """Give a person credits, or take some back; once for each id (the owner's interaction)."""
        if amount == 0 or abs(amount) > LARGEST_GRANT:
            raise UserError(Code.GRANT_INVALID, limit=LARGEST_GRANT)
        now = self._clock.now_ms()

        def body() -> Body[Balance]:
            person = yield from people.resolve(discord_id, now)
            if amount > 0:
                yield from ledger.issue(
                    person=person,
                    ref=f"grant:{grant_id}",
                    kind=EntryKind.GRANT,
                    amount=amount,
                    now=now,
                )
            elif not (
                yield from ledger.adjust(
                    person=person, ref=f"grant:{grant_id}", amount=amount, now=now
                )
            ):
                balance = yield from ledger.balance(person)
                raise UserError(Code.GRANT_TOO_DEEP, available=balance.available)
            return (yield from ledger.balance(person))

        return await self._store.write(body())


def top_up(person: PersonId, allowance: Allowance, now: int) -> Body[None]:
    """Give the welcome credits once a person and the daily credits once a UTC day."""
    for kind, ref, amount in _due(person, allowance, now):
        yield from ledger.issue(person=person, ref=ref, kind=kind, amount=amount, now=now)


def available(person: PersonId | None, allowance: Allowance, now: int) -> Body[int]:
    """What a person could spend now, with credits that are due but not given yet; reads only."""
    if person is None:
        return allowance.welcome + allowance.daily
    owed = 0
    for kind, ref, amount in _due(person, allowance, now):
        if not (yield from ledger.is_issued(ref=ref, kind=kind)):
            owed += amount
    return (yield from ledger.balance(person)).available + owed


def _due(person: PersonId, allowance: Allowance, now: int) -> list[tuple[EntryKind, str, int]]:
    return [
        (EntryKind.WELCOME, f"welcome:{person}", allowance.welcome),
        (EntryKind.DAILY, f"daily:{person}:{utc_day(now)}", allowance.daily),
    ]


def utc_day(now: int) -> str:
    """The UTC date of a time in milliseconds."""
    return datetime.fromtimestamp(now / 1000, UTC).date().isoformat()
