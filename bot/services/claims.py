"""Claims: the button that outlives a token, and the members who press it for their video."""

from dataclasses import dataclass

from bot.clock import Clock
from bot.domain import ladder, lifecycle
from bot.errors import Code, UserError
from bot.services.bell import Bell
from bot.services.jobs import Standing, standing_of
from storage import deliveries, people, replies
from storage.database import Body, Store
from storage.records import JobId, Reply

AGAIN_AFTER_MS = 15_000
"""Between two tries to put the button under a reply."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A reply that is to get the button now: its job goes on, its token will be dead soon."""

    standing: Standing
    reply: Reply


class Claims:
    """Says whose reply gets the button, and takes the token that a press brings."""

    def __init__(self, store: Store, clock: Clock, delivery_bell: Bell) -> None:
        self._store = store
        self._clock = clock
        self._delivery_bell = delivery_bell

    async def offers(self, limit: int = 8) -> list[Offer]:
        """The replies to put the button under now; those whose token is dead are left alone."""
        now = self._clock.now_ms()

        def body() -> Body[list[Offer]]:
            offers = []
            due = replies.to_offer(now, limit, horizon_ms=ladder.TOKEN_LIFE_MS)
            for job in (yield from due):
                reply = yield from replies.get(job)
                if reply is None:
                    continue
                if reply.token is None or not ladder.token_lives(reply.token_until, now):
                    yield from replies.offered(job, token=reply.token, is_there=False)
                    continue
                # Whoever dies in the attempt, or fails, tries again.
                yield from replies.offer_later(job, at=now + AGAIN_AFTER_MS)
                offers.append(Offer(standing=(yield from standing_of(job)), reply=reply))
            return offers

        return await self._store.write(body())

    async def is_open(self, offer: Offer) -> bool:
        """Whether the job of an offer still goes on: nothing covers the news of its end."""
        standing = await self._store.read(standing_of(offer.standing.job.id))
        return not lifecycle.is_over(standing.job.state)

    async def offered(self, offer: Offer, *, is_there: bool) -> None:
        """The button is there, or can never be."""
        await self._store.write(
            replies.offered(offer.standing.job.id, token=offer.reply.token, is_there=is_there)
        )

    async def claim(self, discord_id: int, job: JobId, reply: Reply) -> Standing:
        """A member comes for their video: from now on it goes to the reply they bring.

        Of an ended job it is owed again at once. Raises UserError to anybody else.
        """
        now = self._clock.now_ms()

        def body() -> Body[Standing]:
            standing = yield from standing_of(job)
            if (yield from people.find(discord_id)) != standing.job.person_id:
                raise UserError(Code.NOT_YOURS)
            if standing.job.deleted_at is not None:
                raise UserError(Code.JOB_DELETED, job=job)
            if standing.video is not None and standing.video.hidden_at is not None:
                raise UserError(Code.VIDEO_HIDDEN)
            yield from replies.keep(job, reply, offer_at=ladder.offer_at(reply.token_until))
            if lifecycle.is_over(standing.job.state):
                yield from deliveries.reopen(job, now=now)
            return standing

        standing = await self._store.write(body())
        self._delivery_bell.ring()
        return standing
