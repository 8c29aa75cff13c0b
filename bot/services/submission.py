"""Submission: price, limits, credits and the job, all or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.clock import Clock
from bot.domain import frames, pricing
from bot.domain.request import Plan
from bot.engines.base import Engine, EngineError, Quote, Spec
from bot.errors import Code, UserError
from bot.services import credits, refusals
from bot.services.bell import Bell
from bot.services.credits import Allowance
from bot.services.events import Bus, Queued
from storage import deliveries, drafts, jobs, ledger, limits, pauses, people
from storage.database import Body, Store
from storage.records import Balance, JobId, Mode, NewJob, PersonId, Reply, Role

LONG_MS = 15 * 60 * 1000
"""A pause that is longer is a day's limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Who asked, by which interaction, and where the answer goes."""

    discord_id: int
    interaction_id: int | None
    guild_id: int | None = None
    reply: Reply | None = None
    draft: int | None = None
    """The draft this job was made from; it can be used once."""
    agreed: int | None = None
    """The credits the member was shown and said yes to; no more is held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A plan whose inputs are checked and kept below the data directory."""

    plan: Plan
    folder: str
    inputs: Mapping[Role, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What the engine asks for a plan, and the credits that are held for it."""

    quote: Quote
    hold: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A job that was accepted."""

    job: JobId
    plan: Plan
    hold: int
    balance: Balance
    ahead: int
    """Jobs that were queued before this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What bounds new jobs."""

    member_queue: int
    member_queue_s: int
    server_jobs: int
    cooldown_s: int
    daily_spend_micro: int | None


class Submission:
    """Turns a prepared plan into a job, or into the reason why not."""

    def __init__(  # noqa: PLR0913 wired once, by keyword, in the composition root
        self,
        *,
        store: Store,
        clock: Clock,
        engine: Engine,
        allowance: Allowance,
        limits: Limits,
        bus: Bus,
        bell: Bell,
    ) -> None:
        self._store = store
        self._clock = clock
        self._engine = engine
        self._allowance = allowance
        self._limits = limits
        self._bus = bus
        self._bell = bell

    async def admit(self, discord_id: int, guild_id: int | None, mode: Mode | None) -> None:
        """Refuse at once what the database alone can refuse; raises UserError."""
        now = self._clock.now_ms()

        def body() -> Body[None]:
            person = yield from people.resolve(discord_id, now)
            yield from credits.top_up(person, self._allowance, now)
            yield from self._refuse_crowds(person, guild_id, now)
            if mode is not None:
                yield from self._refuse_paused(mode, now)
            if not self._engine.restart_is_free:
                balance = yield from ledger.balance(person)
                if balance.available < 1:
                    raise UserError(Code.NOT_ENOUGH_CREDITS, needed=1, available=0)
                yield from self._refuse_overspending(0, now)

        await self._store.write(body())

    async def submit(self, prepared: Prepared, origin: Origin) -> Ticket:
        """Quote, then hold the credits and insert the job in one transaction; raises UserError."""
        plan = prepared.plan
        price = await self.price(plan)
        quote, hold = price.quote, price.hold
        if origin.agreed is not None and hold > origin.agreed:
            raise UserError(Code.PRICE_ROSE, needed=hold, agreed=origin.agreed)
        now = self._clock.now_ms()

        def body() -> Body[Ticket]:
            person = yield from people.resolve(origin.discord_id, now)
            yield from credits.top_up(person, self._allowance, now)
            job = yield from self._insert(prepared, origin, person, quote, hold, now)
            return Ticket(
                job=job,
                plan=plan,
                hold=hold,
                balance=(yield from ledger.balance(person)),
                ahead=(yield from jobs.ahead_of(job)),
            )

        ticket = await self._store.write(body())
        self._bus.publish(Queued(ticket.job))
        self._bell.ring()
        return ticket

    async def balance(self, discord_id: int) -> Balance:
        """What a person has, after today's credits were given."""
        now = self._clock.now_ms()

        def body() -> Body[Balance]:
            person = yield from people.resolve(discord_id, now)
            yield from credits.top_up(person, self._allowance, now)
            return (yield from ledger.balance(person))

        return await self._store.write(body())

    async def price(self, plan: Plan) -> Price:
        """What a plan costs right now; holds nothing. Raises UserError."""
        spec = Spec(
            mode=plan.mode,
            width=plan.format.width,
            height=plan.format.height,
            frames=plan.frames,
        )
        try:
            quote = await self._engine.quote(spec)
        except EngineError as error:
            raise refusals.of_engine(error) from error
        hold = pricing.credits_for(quote.price_micro, self._allowance.credit_micro)
        return Price(quote=quote, hold=hold)

    def _insert(
        self,
        prepared: Prepared,
        origin: Origin,
        person: PersonId,
        quote: Quote,
        hold: int,
        now: int,
    ) -> Body[JobId]:
        if origin.interaction_id is not None:
            existing = yield from jobs.by_interaction(origin.interaction_id)
            if existing is not None:
                return existing
        if origin.draft is not None and not (yield from drafts.use(origin.draft)):
            raise UserError(Code.FORM_EXPIRED)
        yield from self._refuse_crowds(person, origin.guild_id, now)
        yield from self._refuse_paused(prepared.plan.mode, now)
        if quote.price_micro:
            yield from self._refuse_overspending(quote.price_micro, now)
        new = self._new_job(prepared, origin, person, quote, hold, now)
        job = yield from jobs.enqueue(
            new,
            queue_cap=self._limits.member_queue,
            frames_cap=self._limits.member_queue_s * frames.FPS,
        )
        if job is None:
            raise UserError(Code.QUEUE_TOO_LONG, limit=self._limits.member_queue_s)
        if hold and not (yield from ledger.hold(person=person, job=job, amount=hold, now=now)):
            balance = yield from ledger.balance(person)
            raise UserError(Code.NOT_ENOUGH_CREDITS, needed=hold, available=balance.available)
        yield from jobs.keep_inputs(job, dict(prepared.inputs))
        if origin.reply is not None:
            yield from deliveries.keep_reply(job, origin.reply)
        return job

    def _new_job(
        self,
        prepared: Prepared,
        origin: Origin,
        person: PersonId,
        quote: Quote,
        hold: int,
        now: int,
    ) -> NewJob:
        plan = prepared.plan
        return NewJob(
            person_id=person,
            interaction_id=origin.interaction_id,
            guild_id=origin.guild_id,
            mode=plan.mode,
            prompt=plan.prompt,
            shape=plan.shape,
            size=plan.size,
            width=plan.format.width,
            height=plan.format.height,
            kept_height=plan.format.kept_height,
            frames=plan.frames,
            seed=plan.seed,
            engine=self._engine.name,
            model=quote.model,
            folder=prepared.folder,
            price_micro=quote.price_micro,
            hold=hold,
            created_at=now,
        )

    def _refuse_crowds(self, person: PersonId, guild_id: int | None, now: int) -> Body[None]:
        waiting = yield from limits.waiting_of(person)
        if waiting >= self._limits.member_queue:
            raise UserError(Code.QUEUE_FULL, limit=self._limits.member_queue)
        if guild_id is not None:
            under_way = yield from limits.open_in_guild(guild_id)
            if under_way >= self._limits.server_jobs:
                raise UserError(Code.SERVER_FULL, limit=self._limits.server_jobs)
        latest = yield from limits.last_accepted(person)
        if latest is not None and now < latest + self._limits.cooldown_s * 1000:
            resumes = latest // 1000 + self._limits.cooldown_s
            raise UserError(Code.COOLING_DOWN, cooldown=self._limits.cooldown_s, resumes=resumes)

    def _refuse_paused(self, mode: Mode, now: int) -> Body[None]:
        pause = yield from pauses.of(self._engine.name, mode, now)
        # A minute's limit is waited out in the queue; a day's limit is said before anything else.
        if pause is not None and pause.mode != pauses.EVERY_MODE and pause.until - now > LONG_MS:
            raise UserError(Code.MODE_PAUSED, resumes=pause.until // 1000)

    def _refuse_overspending(self, price_micro: int, now: int) -> Body[None]:
        limit = self._limits.daily_spend_micro
        if limit is None:
            return
        promised = yield from limits.promised_micro(
            engine=self._engine.name, since=credits.midnight_before(now)
        )
        if promised + price_micro > limit or (price_micro == 0 and promised >= limit):
            resumes = credits.midnight_before(now) + 86_400_000
            raise UserError(Code.SPENDING_PAUSED, resumes=resumes // 1000)
