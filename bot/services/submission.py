"""Submission: price, limits, credits and the job, all or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.clock import Clock
from bot.domain import frames, ladder, pricing
from bot.domain.coach.findings import Finding
from bot.domain.craft.parts import Part
from bot.domain.request import Plan
from bot.engines.base import Engine, Quote
from bot.errors import Code, UserError
from bot.services import credits, guilds
from bot.services.bell import Bell
from bot.services.bounds import Bounds, Limits
from bot.services.credits import Allowance
from bot.services.events import Bus, Queued
from bot.services.guilds import Place
from bot.services.presses import made_already, plan_of
from bot.services.quotes import Quotes, spec_of
from bot.services.voices import Spoken
from storage import drafts, jobs, ledger, people, replies, speeches, versions
from storage.belongings import Version
from storage.database import Body, Store
from storage.records import Balance, JobId, Mode, NewJob, PersonId, Reply, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Who asked, by which interaction, and where the answer goes."""

    discord_id: int
    interaction_id: int | None
    """Of a job that was asked for by a message alone: the message's id, as unique as any."""
    guild_id: int | None = None
    reply: Reply | None = None
    draft: int | None = None
    """The draft this job was made from; it can be used once."""
    made_from: JobId | None = None
    """The job whose button was pressed; a second press within seconds is the same press."""
    age_restricted: bool = False
    """Asked for where only adults look; what is made from such a video is for adults, too."""
    agreed: int | None = None
    """The credits the member was shown and said yes to; no more is held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A plan whose inputs are checked and kept below the data directory."""

    plan: Plan
    folder: str
    inputs: Mapping[Role, str]
    spoken: Spoken | None = None
    """A line that is spoken before the video is rendered."""
    version: Version | None = None
    """What the member wrote, if other words are sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What the engine asks for a plan, and the credits that are held for it."""

    quote: Quote
    hold: int
    line_micro: int = 0
    """What speaking its line costs, besides the clip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A job that was accepted."""

    job: JobId
    plan: Plan
    hold: int
    balance: Balance
    ahead: int
    """Jobs that were queued before this one."""
    is_new: bool = True
    """False if this interaction, or this press of a button, had made its job already."""
    tip: Finding | None = field(default=None, compare=False)
    """What the coach would say first of the words."""
    added: tuple[Part, ...] = field(default=(), compare=False)
    """What Talkie added to words it was not asked to improve."""


class Submission:
    """Turns a prepared plan into a job, or into the reason why not."""

    def __init__(  # noqa: PLR0913 wired once, by keyword, in the composition root
        self,
        *,
        store: Store,
        clock: Clock,
        engine: Engine,
        quotes: Quotes,
        allowance: Allowance,
        limits: Limits,
        bus: Bus,
        bell: Bell,
    ) -> None:
        self._store = store
        self._clock = clock
        self._engine = engine
        self._quotes = quotes
        self._bounds = Bounds(limits, engine)
        self._allowance = allowance
        self._limits = limits
        self._bus = bus
        self._bell = bell

    async def admit(self, discord_id: int, place: Place, mode: Mode | None) -> None:
        """Refuse at once what the database alone can refuse; raises UserError."""
        await self._store.read(self.admission(discord_id, place, mode))

    def admission(self, discord_id: int, place: Place, mode: Mode | None) -> Body[None]:
        """The body of `admit`.

        It only reads, so that a thousand commands need not wait for each other; what a refusal
        rests on is looked at again by the transaction that makes the job.
        """
        now = self._clock.now_ms()
        yield from guilds.refuse_outsiders(place)
        person = yield from people.find(discord_id)
        yield from self._bounds.refuse_crowds(person, place.guild_id, now)
        if mode is not None:
            yield from self._bounds.refuse_paused(mode, now)
        if not self._engine.restart_is_free:
            if (yield from credits.available(person, self._allowance, now)) < 1:
                raise UserError(Code.NO_CREDITS)
            yield from self._bounds.refuse_overspending(0, now)

    async def balance(self, discord_id: int) -> Balance:
        """What a person has, after today's credits were given."""
        now = self._clock.now_ms()

        def body() -> Body[Balance]:
            person = yield from people.resolve(discord_id, now)
            yield from credits.top_up(person, self._allowance, now)
            return (yield from ledger.balance(person))

        return await self._store.write(body())

    async def price(self, plan: Plan, spoken: Spoken | None = None) -> Price:
        """What a plan costs right now, its spoken line included; holds nothing. UserError."""
        quote = await self._quotes.of(spec_of(plan))
        line_micro = 0
        if spoken is not None:
            line = await self._quotes.of_line(len(spoken.line), spoken.voice)
            line_micro = line.price_micro
        hold = pricing.credits_for(quote.price_micro + line_micro, self._allowance.credit_micro)
        return Price(quote=quote, hold=hold, line_micro=line_micro)

    async def asks(self, guild_id: int | None, hold: int) -> bool:
        """Whether a member is asked before so many credits are held."""
        limit = await self._store.read(guilds.ask_above(guild_id, self._limits.ask_above))
        return limit is not None and hold > limit

    async def submit(self, prepared: Prepared, origin: Origin) -> Ticket:
        """Quote, then hold the credits and insert the job in one transaction; raises UserError."""
        plan = prepared.plan
        price = await self.price(plan, prepared.spoken)
        now = self._clock.now_ms()

        def body() -> Body[Ticket]:
            person = yield from people.resolve(origin.discord_id, now)
            yield from credits.top_up(person, self._allowance, now)
            existing = yield from made_already(
                person,
                plan,
                interaction=origin.interaction_id,
                # A draft is used once, however soon after the last press.
                source=origin.made_from if origin.draft is None else None,
                now=now,
            )
            if existing is not None:
                return (yield from _ticket(existing, person, is_new=False))
            job = yield from self._insert(prepared, origin, person, price, now)
            return (yield from _ticket(job, person, is_new=True))

        ticket = await self._store.write(body())
        if ticket.is_new:
            self._bus.publish(Queued(ticket.job))
            self._bell.ring()
        return ticket

    async def pressed_before(self, plan: Plan, origin: Origin) -> Ticket | None:
        """The job that the same press has made, so that nothing is prepared for it twice."""
        now = self._clock.now_ms()

        def body() -> Body[Ticket | None]:
            person = yield from people.find(origin.discord_id)
            if person is None:
                return None
            existing = yield from made_already(
                person,
                plan,
                interaction=origin.interaction_id,
                source=origin.made_from,
                now=now,
            )
            if existing is None:
                return None
            return (yield from _ticket(existing, person, is_new=False))

        return await self._store.read(body())

    def _insert(
        self,
        prepared: Prepared,
        origin: Origin,
        person: PersonId,
        price: Price,
        now: int,
    ) -> Body[JobId]:
        if origin.draft is not None and not (yield from drafts.use(origin.draft)):
            raise UserError(Code.FORM_EXPIRED)
        yield from self._bounds.refuse_crowds(person, origin.guild_id, now)
        yield from self._bounds.refuse_paused(prepared.plan.mode, now)
        hold = price.hold
        if price.quote.price_micro:
            cost_micro = price.quote.price_micro + price.line_micro
            yield from self._bounds.refuse_overspending(cost_micro, now)
            yield from self._bounds.refuse_unasked(person, origin.guild_id, hold, origin.agreed)
        origin = replace(origin, age_restricted=(yield from _is_for_adults(origin)))
        new = self._new_job(prepared, origin, person, price, now)
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
        if prepared.spoken is not None:
            credit_micro = self._allowance.credit_micro
            yield from speeches.keep(prepared.spoken.row(job, price.line_micro, credit_micro))
        if prepared.version is not None:
            yield from versions.keep(job, prepared.version)
        if origin.reply is not None:
            yield from replies.keep(
                job, origin.reply, offer_at=ladder.offer_at(origin.reply.token_until)
            )
        return job

    def _new_job(
        self,
        prepared: Prepared,
        origin: Origin,
        person: PersonId,
        price: Price,
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
            model=price.quote.model,
            folder=prepared.folder,
            price_micro=price.quote.price_micro,
            hold=price.hold,
            created_at=now,
            made_from=origin.made_from,
            age_restricted=origin.age_restricted,
        )


def _is_for_adults(origin: Origin) -> Body[bool]:
    source = None if origin.made_from is None else (yield from jobs.get(origin.made_from))
    return origin.age_restricted or (source is not None and source.age_restricted)


def _ticket(job_id: JobId, person: PersonId, *, is_new: bool) -> Body[Ticket]:
    job = yield from jobs.get(job_id)
    if job is None:
        raise UserError(Code.JOB_UNKNOWN, job=job_id)
    return Ticket(
        job=job.id,
        plan=plan_of(job),
        hold=job.hold,
        balance=(yield from ledger.balance(person)),
        ahead=(yield from jobs.ahead_of(job.id)),
        is_new=is_new,
    )
