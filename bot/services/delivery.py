"""Deliveries: what is owed to members, handed out rung by rung until it is seen."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.clock import Clock
from bot.domain import ladder
from bot.domain.ladder import Facts, Rung
from bot.errors import Unfit
from bot.media import fit
from bot.media.ffmpeg import Ffmpeg
from bot.media.reasons import MediaError
from bot.services.bell import Bell
from bot.services.jobs import Standing, standing_of
from storage import deliveries, people, preferences, replies, videos
from storage.database import Body, Store
from storage.files import Files
from storage.records import Delivery, DeliveryId, JobId, JobState, Reply, Video

log = logging.getLogger(__name__)

CHANNEL_SHARE = 4
"""Attempts at once in a channel: Discord may hold these back for long, but not everybody's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One delivery to attempt now: what to show, to whom, and by which rung."""

    delivery: Delivery
    standing: Standing
    discord_id: int | None
    reply: Reply
    rung: Rung
    clip: Path | None
    """The finished clip; None if the job did not end in one."""

    @property
    def is_in_doubt(self) -> bool:
        """Whether an earlier attempt may have been seen although nobody recorded it."""
        return self.delivery.begun_at is not None


class Deliveries:
    """Hands out what is owed and records what became of it; never moves money."""

    def __init__(
        self,
        store: Store,
        files: Files,
        clock: Clock,
        ffmpeg: Ffmpeg,
        *,
        public_url: str | None = None,
    ) -> None:
        self._store = store
        self._files = files
        self._clock = clock
        self._ffmpeg = ffmpeg
        self._public_url = public_url
        self.bell = Bell()
        """Rung when a delivery may have become due."""
        self._in_hand: set[DeliveryId] = set()
        self._is_full = False

    async def due(self, limit: int = 8) -> list[Parcel]:
        """What to attempt now; a delivery with no rung left is stranded instead.

        That an attempt begins is written here, so that whoever dies in it leaves a doubt behind
        rather than nothing.
        """
        now = self._clock.now_ms()

        def body() -> Body[list[Parcel]]:
            parcels: list[Parcel] = []
            for delivery in (
                yield from deliveries.due(
                    now,
                    limit + len(self._in_hand),
                    share=CHANNEL_SHARE,
                    horizon_ms=round(ladder.LONGEST_PAUSE_S * 1000),
                )
            ):
                if delivery.id in self._in_hand or len(parcels) + len(self._in_hand) >= limit:
                    continue
                parcel = yield from self._parcel(delivery, now)
                if parcel is None:
                    yield from deliveries.strand(delivery.id, detail="no rung is left")
                    continue
                yield from deliveries.begin(delivery.id, now=now)
                parcels.append(parcel)
            return parcels

        parcels = await self._store.write(body())
        self._in_hand |= {parcel.delivery.id for parcel in parcels}
        self._is_full = len(self._in_hand) >= limit
        return parcels

    def put_down(self, parcel: Parcel) -> None:
        """The attempt is over, however it went."""
        self._in_hand.discard(parcel.delivery.id)
        self.bell.ring()

    async def wait(self, longest_s: float = 60.0) -> None:
        """Wait until a delivery or a button may be due."""

        def body() -> Body[list[int | None]]:
            due = yield from deliveries.next_due(self._in_hand, share=CHANNEL_SHARE)
            # With full hands nothing more is taken up before something is put down, which rings.
            return [
                None if self._is_full else due,
                (yield from replies.next_offer()),
                (yield from deliveries.next_tidying()),
            ]

        now = self._clock.now_ms()
        waits_s = [(at - now) / 1000 for at in await self._store.read(body()) if at is not None]
        await self.bell.wait(max(0.0, min([longest_s, *waits_s])))

    async def shown(self, parcel: Parcel, message_id: int | None) -> None:
        """The member has it; of an edit long after they asked they are still to be told."""
        now = self._clock.now_ms()
        by_hand = parcel.standing.job.state is JobState.CANCELLED
        pings = not by_hand and ladder.wants_ping(parcel.rung, parcel.reply.token_until, now)
        await self._store.write(
            deliveries.shown(
                parcel.delivery.id,
                message_id=message_id,
                now=now,
                ping_at=now if pings else None,
                tidy_at=now if _is_left(parcel.reply, message_id) else None,
            )
        )

    async def told(self, parcel: Parcel, message_id: int) -> None:
        """The member knows that the video is there, and how to fetch it; it is not seen yet."""
        await self._store.write(
            deliveries.strand(
                parcel.delivery.id,
                detail="files are refused",
                message_id=message_id,
                tidy_at=self._clock.now_ms() if _is_left(parcel.reply, message_id) else None,
            )
        )

    async def failed(
        self, parcel: Parcel, *, for_good: bool, detail: str, missing: str | None = None
    ) -> None:
        """A rung did not work: try it again later, or never again.

        Only a lasting refusal says for certain that nothing was shown.
        """
        rungs = _failed(parcel.delivery)
        if for_good:
            rungs = [*rungs, parcel.rung]
        delay_s = 0.0 if for_good else ladder.pause_s(parcel.delivery.attempts)
        log.warning(
            "delivery failed",
            extra={
                "job_id": parcel.standing.job.id,
                "rung": parcel.rung.value,
                "for_good": for_good,
                "detail": detail,
            },
        )
        if parcel.delivery.attempts >= ladder.MOST_ATTEMPTS:
            # The video is kept, and `/jobs` shows it.
            await self._store.write(deliveries.strand(parcel.delivery.id, detail=detail))
            return
        await self._store.write(
            deliveries.again(
                parcel.delivery,
                due_at=self._clock.now_ms() + round(delay_s * 1000),
                failed_rungs=" ".join(rungs),
                missing=missing,
                in_doubt=not for_good or parcel.is_in_doubt,
                detail=detail,
            )
        )

    async def reply(self, job: JobId) -> Reply | None:
        """Where a job was asked for."""
        return await self._store.read(replies.get(job))

    @asynccontextmanager
    async def fitted(self, original: Path, limit_bytes: int) -> AsyncIterator[Path]:
        """The clip itself if it is small enough, else a smaller copy that lives as long as this.

        Raises Unfit.
        """
        if (await asyncio.to_thread(original.stat)).st_size <= limit_bytes:
            yield original
            return
        scratch = self._files.new_scratch()
        try:
            yield await self._fit(original, scratch / "fit.mp4", limit_bytes)
        finally:
            await asyncio.to_thread(self._files.discard, scratch)

    async def _fit(self, original: Path, target: Path, limit_bytes: int) -> Path:
        try:
            await fit.fit(original, target, max_bytes=limit_bytes, ffmpeg=self._ffmpeg)
        except MediaError as error:
            log.warning("a clip was not made smaller", extra={"detail": str(error)})
            raise Unfit(str(error)) from error
        return target

    def page_of(self, video: Video) -> str | None:
        """Where a video can be seen on the web; None if it has no page, or Talkie no address."""
        if self._public_url is None or video.slug is None:
            return None
        return f"{self._public_url}/v/{video.slug}"

    def clip_of(self, video: Video) -> Path:
        """Where a finished clip is."""
        return self._files.videos / video.file

    async def collect(self, job: JobId) -> tuple[Path | None, Path | None]:
        """Clip and poster of an ended job for whoever fetches them here; that delivers it."""
        now = self._clock.now_ms()

        def body() -> Body[Video | None]:
            reply = yield from replies.get(job)
            left = reply is not None and _is_left(reply, None)
            yield from deliveries.collected(job, now=now, tidy_at=now if left else None)
            return (yield from videos.of_job(job))

        video = await self._store.write(body())
        self.bell.ring()
        if video is None:
            return None, None
        return self._files.videos / video.file, self._files.videos / video.poster

    def _parcel(self, delivery: Delivery, now: int) -> Body[Parcel | None]:
        """What to attempt; None if no rung is left."""
        reply = yield from replies.get(delivery.job_id)
        if reply is None:
            return None
        standing = yield from standing_of(delivery.job_id)
        if standing.video is not None and standing.video.hidden_at is not None:
            # Its maker may still look at it by themselves.
            return None
        discord_id = yield from people.discord_id(standing.job.person_id)
        facts = Facts(
            token_alive=reply.token is not None and ladder.token_lives(reply.token_until, now),
            bot_is_present=reply.bot_is_present and reply.channel_id is not None,
            has_status=reply.message_id is not None and not reply.ephemeral,
            is_private=reply.ephemeral,
            dm_chosen=discord_id is not None
            and (yield from preferences.of(standing.job.person_id)).dm_when_done,
            has_file=standing.video is not None,
        )
        rung = ladder.next_rung(facts, _failed(delivery))
        if rung is None:
            return None
        return Parcel(
            delivery=delivery,
            standing=standing,
            discord_id=discord_id,
            reply=reply,
            rung=rung,
            clip=self._files.videos / standing.video.file if standing.video else None,
        )


def _failed(delivery: Delivery) -> list[Rung]:
    return [Rung(word) for word in delivery.failed_rungs.split()]


def _is_left(reply: Reply, message_id: int | None) -> bool:
    """Whether the bot can reach a waiting message that does not bear the news itself."""
    is_open = reply.bot_is_present and not reply.ephemeral and reply.message_id is not None
    return is_open and message_id != reply.message_id
