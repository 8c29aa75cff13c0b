"""Removal: a video is taken away, with everything that was made for it."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from bot.clock import Clock
from bot.domain import lifecycle
from bot.errors import Code, UserError
from bot.services import shelving
from bot.services.bell import Bell
from bot.services.broom import Broom
from storage import (
    copies,
    deliveries,
    errands,
    history,
    jobs,
    leftovers,
    people,
    replies,
    retention,
    videos,
)
from storage.belongings import Shelf
from storage.database import Body, Store
from storage.exhibits import Copy, Sent
from storage.files import POSTER_WIDTHS, small_poster
from storage.records import Delivery, Job, JobId, Reply, Video

_MOST_ASKED = 1_000
_CLEARED_WITHIN_MS = 10_000
"""Who removes a video clears its messages at once; what is left after that is an errand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """What was taken away, and where its messages are; deleting those is Discord's side."""

    job: Job
    video: Video | None
    had_inputs: bool
    reply: Reply | None
    delivery: Delivery | None
    maker: int | None
    """The Discord id of whose video it was."""
    copies: tuple[Copy, ...] = ()
    """Messages in which its maker let it be shown again."""
    asked: Reply | None = None
    """The message on which the removal was asked for, as long as this process remembers."""


class Removal:
    """Deletes videos for their makers, and for those who moderate a server."""

    def __init__(self, store: Store, clock: Clock, broom: Broom, errand_bell: Bell) -> None:
        self._store = store
        self._clock = clock
        self._broom = broom
        self._errand_bell = errand_bell
        self._asked: dict[tuple[int, JobId], Reply] = {}

    def remember(self, discord_id: int, job: JobId, place: Reply) -> None:
        """Where somebody asked for a removal: its token reaches messages that the bot cannot."""
        self._asked[discord_id, job] = place
        while len(self._asked) > _MOST_ASKED:
            self._asked.pop(next(iter(self._asked)))

    async def check(
        self, discord_id: int, job_id: JobId, *, moderated_guild: int | None = None
    ) -> Job:
        """The job that this person could remove now; raises UserError as `remove` does."""

        def body() -> Body[Job]:
            job = yield from _removable(discord_id, job_id, moderated_guild)
            _refuse_undeletable(job)
            return job

        return await self._store.read(body())

    async def remove(
        self, discord_id: int, job_id: JobId, *, moderated_guild: int | None = None
    ) -> Removed:
        """Delete an ended job's clip, poster, page, inputs and prompt; raises UserError.

        `moderated_guild` is the server in which the caller may delete what others made. The row
        stays for the receipt, and the ledger is not touched. The rows are gone before the files:
        whatever kills the process in between, nothing can be shown any more, and the queued
        files are removed after the next start.
        """
        now = self._clock.now_ms()

        def body() -> Body[Removed]:
            job = yield from _removable(discord_id, job_id, moderated_guild)
            removed = yield from _take_away(job, now)
            yield from _owe_messages(removed, now)
            return removed

        removed = await self._store.write(body())
        self._errand_bell.ring()
        await self._broom.sweep()
        return replace(removed, asked=self._asked.pop((discord_id, job_id), None))

    async def cleared(self, messages: Collection[int]) -> None:
        """These messages of a removed video were taken away, as `remove` owed."""
        await self._store.write(errands.erased(messages))

    async def expire(self, job_id: JobId) -> bool:
        """Delete what its server keeps no longer; False if it is kept after all."""
        now = self._clock.now_ms()

        def body() -> Body[bool]:
            until = yield from retention.kept_until(job_id)
            job = yield from jobs.get(job_id)
            if job is None or until is None or until > now:
                return False
            yield from _take_away(job, now)
            return True

        expired = await self._store.write(body())
        self._errand_bell.ring()
        await self._broom.sweep()
        return expired


def _removable(discord_id: int, job_id: JobId, moderated_guild: int | None) -> Body[Job]:
    job = yield from jobs.get(job_id)
    if job is None:
        raise UserError(Code.JOB_UNKNOWN, job=job_id)
    moderates = moderated_guild is not None and job.guild_id == moderated_guild
    if not moderates and (yield from people.find(discord_id)) != job.person_id:
        raise UserError(Code.NOT_YOURS)
    return job


def _refuse_undeletable(job: Job) -> None:
    if job.deleted_at is not None:
        raise UserError(Code.JOB_DELETED, job=job.id)
    if not lifecycle.is_over(job.state):
        raise UserError(Code.JOB_UNFINISHED, job=job.id)


def _take_away(job: Job, now: int) -> Body[Removed]:
    _refuse_undeletable(job)
    inputs = yield from jobs.inputs(job.id)
    video = yield from videos.of_job(job.id)
    delivery = yield from deliveries.of_job(job.id)
    if not (yield from history.erase(job.id, now=now)):
        raise UserError(Code.JOB_UNFINISHED, job=job.id)
    yield from shelving.forget(job.id, now=now)
    yield from leftovers.leave(Shelf.JOBS, job.folder)
    if video is not None:
        yield from videos.forget(job.id)
        yield from leftovers.leave(Shelf.VIDEOS, video.file)
        yield from leftovers.leave(Shelf.VIDEOS, video.poster)
        for width in POSTER_WIDTHS:
            yield from leftovers.leave(Shelf.VIDEOS, small_poster(video.poster, width))
    if delivery is not None:
        # Nobody is owed a video that its maker does not want.
        yield from deliveries.strand(delivery.id, detail="deleted")
        yield from deliveries.pinged(delivery.id)
        yield from deliveries.tidied(job.id)
    return Removed(
        job=job,
        video=video,
        had_inputs=bool(inputs),
        reply=(yield from replies.get(job.id)),
        delivery=delivery,
        maker=(yield from people.discord_id(job.person_id)),
        copies=tuple((yield from copies.take(job.id))),
    )


def _owe_messages(removed: Removed, now: int) -> Body[None]:
    """Owe what the bot's own route reaches: whoever removed is about to do it, unless killed."""
    spots = {copy.message_id: copy.channel_id for copy in removed.copies}
    reply, delivery = removed.reply, removed.delivery
    is_open = reply is not None and reply.bot_is_present and not reply.ephemeral
    if is_open and reply is not None and reply.channel_id is not None:
        told = (reply.message_id, delivery.message_id if delivery is not None else None)
        spots |= {message: reply.channel_id for message in told if message is not None}
    for message_id, channel_id in spots.items():
        yield from errands.erase(
            Sent.CARD,
            removed.job.id,
            channel_id=channel_id,
            message_id=message_id,
            now=now + _CLEARED_WITHIN_MS,
        )
