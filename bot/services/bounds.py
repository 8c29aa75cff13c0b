"""Bounds: what keeps a new job from being accepted, asked inside the transaction that would."""

from dataclasses import dataclass

from bot.domain import days
from bot.engines.base import Engine
from bot.errors import Code, UserError
from bot.services import guilds
from storage import ledger, pauses
from storage import limits as counts
from storage.database import Body
from storage.records import Mode, PersonId

LONG_MS = 15 * 60 * 1000
"""A pause that is longer is a day's limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What bounds new jobs."""

    member_queue: int
    member_queue_s: int
    server_jobs: int
    cooldown_s: int
    daily_spend_micro: int | None
    ask_above: int | None = None
    """A job that costs more credits is asked about first, unless its server says otherwise."""


class Bounds:
    """Raises UserError where a limit is reached; each method is a part of a transaction."""

    def __init__(self, limits: Limits, engine: Engine) -> None:
        self._limits = limits
        self._engine = engine

    def refuse_crowds(self, person: PersonId | None, guild_id: int | None, now: int) -> Body[None]:
        """Too many waiting, too many on the server, too many today, or too soon after the last.

        Nobody: somebody who is not known yet.
        """
        waiting = 0 if person is None else (yield from counts.waiting_of(person))
        if waiting >= self._limits.member_queue:
            raise UserError(Code.QUEUE_FULL, limit=self._limits.member_queue)
        if guild_id is not None:
            under_way = yield from counts.open_in_guild(guild_id)
            if under_way >= self._limits.server_jobs:
                raise UserError(Code.SERVER_FULL, limit=self._limits.server_jobs)
        if person is None:
            return
        yield from guilds.refuse_eager(guild_id, person, now)
        cooldown_s = self._limits.cooldown_s
        latest = yield from counts.last_accepted(person)
        # The latest may be ahead: by a moment if it overtook this one, by hours if the clock was
        # set back, which nobody is to wait out.
        if latest is not None and abs(now - latest) < cooldown_s * 1000:
            resumes = latest // 1000 + cooldown_s
            raise UserError(Code.COOLING_DOWN, cooldown=cooldown_s, resumes=resumes)

    def refuse_paused(self, mode: Mode, now: int) -> Body[None]:
        """The engine takes no more of this kind today."""
        pause = yield from pauses.of(self._engine.name, mode, now)
        # A minute's limit is waited out in the queue; a day's limit is said before anything else.
        if pause is not None and pause.mode != pauses.EVERY_MODE and pause.until - now > LONG_MS:
            raise UserError(Code.MODE_PAUSED, resumes=pause.until // 1000)

    def refuse_overspending(self, price_micro: int, now: int) -> Body[None]:
        """The house's budget of the day does not hold this as well."""
        limit = self._limits.daily_spend_micro
        if limit is None:
            return
        promised = yield from counts.promised_micro(
            engine=self._engine.name, since=days.midnight_before(now)
        )
        if promised + price_micro > limit or (price_micro == 0 and promised >= limit):
            raise UserError(Code.SPENDING_PAUSED, resumes=days.midnight_after(now) // 1000)

    def refuse_unasked(
        self, person: PersonId, guild_id: int | None, hold: int, agreed: int | None
    ) -> Body[None]:
        """It costs more than its member agreed to, or more than goes without saying."""
        if agreed is not None:
            if hold > agreed:
                raise UserError(Code.PRICE_ROSE, needed=hold, agreed=agreed)
            return
        limit = yield from guilds.ask_above(guild_id, self._limits.ask_above)
        if limit is not None and hold > limit:
            balance = yield from ledger.balance(person)
            raise UserError(Code.PRICE_ASKED, cost=hold, available=balance.available)
