"""Errands: what the gallery owes Discord, handed out until it is done and then forgotten."""

import logging
from dataclasses import dataclass
from pathlib import Path

from bot.clock import Clock
from bot.domain import ladder
from bot.services.bell import Bell
from storage import (
    complaints,
    errands,
    gallery,
    guilds,
    jobs,
    people,
    preferences,
    retention,
    videos,
)
from storage.belongings import Gallery as Openness
from storage.database import Body, Store
from storage.exhibits import Complaint, Errand, ErrandId, ErrandKind, Share, ShareId
from storage.files import Files
from storage.records import Job, JobId, Video

log = logging.getLogger(__name__)

_HORIZON_MS = round(ladder.LONGEST_PAUSE_S * 1000)
CHANNEL_SHARE = 2
"""Attempts of a kind at once in a channel: Discord may hold these back, but not everybody's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibited:
    """A shared video, as its post shows it."""

    share: Share
    job: Job
    clip: Path
    credit: str | None
    page: str | None
    """Its public page, if it is on one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A report, and the video it is about."""

    complaint: Complaint
    job: Job
    clip: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """A video that goes soon, and whose it is."""

    job: Job
    discord_id: int
    until: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chore:
    """One errand to attempt now; erasing needs no more than the errand itself."""

    errand: Errand
    channel_id: int | None = None
    """Where its message belongs; None: with whoever runs the server, or the host."""
    exhibited: Exhibited | None = None
    reported: Reported | None = None
    leaving: Leaving | None = None


class Errands:
    """Hands out what is owed to Discord and records what became of it."""

    def __init__(
        self, store: Store, files: Files, clock: Clock, bell: Bell, *, public_url: str | None
    ) -> None:
        self._store = store
        self._files = files
        self._clock = clock
        self._public_url = public_url
        self.bell = bell
        """Rung when an errand may have become due."""
        self._in_hand: set[ErrandId] = set()
        self._is_full = False

    async def due(self, limit: int = 8) -> list[Chore]:
        """What to attempt now; what has become pointless is forgotten instead."""
        now = self._clock.now_ms()

        def body() -> Body[list[Chore]]:
            chores: list[Chore] = []
            for errand in (
                yield from errands.due(
                    now,
                    limit + len(self._in_hand),
                    share=CHANNEL_SHARE,
                    horizon_ms=_HORIZON_MS,
                )
            ):
                if errand.id in self._in_hand or len(chores) + len(self._in_hand) >= limit:
                    continue
                chore = yield from self._chore(errand)
                if chore is None:
                    yield from errands.end(errand.id, errand.kind)
                else:
                    chores.append(chore)
            return chores

        chores = await self._store.write(body())
        self._in_hand |= {chore.errand.id for chore in chores}
        self._is_full = len(self._in_hand) >= limit
        return chores

    def put_down(self, chore: Chore) -> None:
        """The attempt is over, however it went."""
        self._in_hand.discard(chore.errand.id)
        self.bell.ring()

    async def wait(self, longest_s: float = 60.0) -> None:
        """Wait until an errand may be due."""
        due = await self._store.read(errands.next_due(self._in_hand, share=CHANNEL_SHARE))
        timeout_s = longest_s
        # With full hands nothing more is taken up before something is put down, which rings.
        if due is not None and not self._is_full:
            timeout_s = min(longest_s, max(0.0, (due - self._clock.now_ms()) / 1000))
        await self.bell.wait(timeout_s)

    async def begin(self, chore: Chore, channel_id: int) -> bool:
        """Write down where something is about to be sent; False if it is owed no longer."""
        errand, now = chore.errand, self._clock.now_ms()
        return await self._store.write(
            errands.begin(errand.id, errand.kind, channel_id=channel_id, now=now)
        )

    async def done(
        self, chore: Chore, *, channel_id: int | None = None, message_id: int | None = None
    ) -> None:
        """It is done; where a message was sent, it is remembered, or erased if it came too late."""
        errand = chore.errand

        def body() -> Body[None]:
            is_owed = yield from errands.end(errand.id, errand.kind)
            if channel_id is None or message_id is None:
                yield from self._look_again(chore)
                return
            if not is_owed:
                yield from errands.sent(errand.id, channel_id=channel_id, message_id=message_id)
            elif errand.kind is ErrandKind.POST:
                share = ShareId(errand.subject)
                yield from gallery.posted(share, channel_id=channel_id, message_id=message_id)
                yield from self._look_again(chore)
            elif chore.reported is not None:
                complaint = chore.reported.complaint.id
                yield from complaints.told(complaint, channel_id=channel_id, message_id=message_id)

        await self._store.write(body())

    async def failed(self, chore: Chore, *, for_good: bool, in_doubt: bool, detail: str) -> None:
        """It did not work: again later, or never. `in_doubt`: something may have been sent."""
        errand = chore.errand
        log.warning(
            "an errand failed",
            extra={"errand": errand.kind.value, "for_good": for_good, "detail": detail},
        )
        if for_good or errand.attempts >= ladder.MOST_ATTEMPTS:
            await self._store.write(errands.end(errand.id, errand.kind))
            return
        due_at = self._clock.now_ms() + round(ladder.pause_s(errand.attempts) * 1000)
        # What an earlier attempt may have sent is not made certain by a later one's refusal.
        doubt = in_doubt or errand.begun_at is not None
        await self._store.write(errands.again(errand, due_at=due_at, in_doubt=doubt, detail=detail))

    def _chore(self, errand: Errand) -> Body[Chore | None]:
        if errand.kind is ErrandKind.ERASE:
            return Chore(errand=errand, channel_id=errand.channel_id)
        if errand.kind is ErrandKind.REPORT:
            return (yield from self._report(errand))
        if errand.kind is ErrandKind.REMIND:
            return (yield from self._reminder(errand))
        return (yield from self._post(errand))

    def _post(self, errand: Errand) -> Body[Chore | None]:
        share = yield from gallery.get(ShareId(errand.subject))
        exhibited = None if share is None else (yield from self._exhibited(share))
        if share is None or exhibited is None:
            return None
        channel_id = share.post_channel_id
        if errand.kind is ErrandKind.POST:
            # An attempt in doubt is looked for where it was made.
            rules = yield from guilds.rules(share.guild_id)
            channel_id = errand.channel_id if errand.begun_at else rules.gallery_channel
        if channel_id is None:
            return None
        return Chore(errand=errand, channel_id=channel_id, exhibited=exhibited)

    def _exhibited(self, share: Share) -> Body[Exhibited | None]:
        """What a post shows; None if there is to be none."""
        job, video = yield from _made(share.job_id)
        rules = yield from guilds.rules(share.guild_id)
        if job is None or video is None or video.hidden_at is not None:
            return None
        if rules.gallery is Openness.OFF:
            return None
        on_web = rules.gallery is Openness.PUBLIC and share.for_web and not share.age_restricted
        return Exhibited(
            share=share,
            job=job,
            clip=self._files.videos / video.file,
            credit=(yield from self._credit(share)),
            page=self._page(video) if on_web else None,
        )

    def _look_again(self, chore: Chore) -> Body[None]:
        """Owe a post once more what changed while it was sent: its number, name or page."""
        sent = chore.exhibited
        share = None if sent is None else (yield from gallery.get(sent.share.id))
        if sent is None or share is None or share.post_message_id is None:
            return
        now = yield from self._exhibited(share)
        if now is None:
            return
        # What was found may have been posted by an earlier attempt, which knew less.
        may_be_old = chore.errand.begun_at is not None
        shown = (sent.share.votes, sent.credit, sent.page)
        if may_be_old or shown != (now.share.votes, now.credit, now.page):
            yield from errands.owe(ErrandKind.RECOUNT, share.id, now=self._clock.now_ms())

    def _credit(self, share: Share) -> Body[str | None]:
        """The name under a post, if its maker lets it be known."""
        named = (yield from preferences.of(share.person_id)).credit_name
        return share.credit if named else None

    def _report(self, errand: Errand) -> Body[Chore | None]:
        found = yield from complaints.of_number(errand.subject)
        if found is None:
            return None
        job, video = yield from _made(found.job_id)
        if job is None or video is None:
            return None
        channel_id = None
        if found.guild_id is not None:
            channel_id = (yield from guilds.rules(found.guild_id)).moderation_channel
        if errand.begun_at is not None:
            channel_id = errand.channel_id
        reported = Reported(complaint=found, job=job, clip=self._files.videos / video.file)
        return Chore(errand=errand, channel_id=channel_id, reported=reported)

    def _reminder(self, errand: Errand) -> Body[Chore | None]:
        job_id = JobId(errand.subject)
        job, _ = yield from _made(job_id)
        until = yield from retention.kept_until(job_id)
        discord_id = None if job is None else (yield from people.discord_id(job.person_id))
        if job is None or until is None or discord_id is None:
            return None
        return Chore(errand=errand, leaving=Leaving(job=job, discord_id=discord_id, until=until))

    def _page(self, video: Video) -> str | None:
        if self._public_url is None or video.slug is None:
            return None
        return f"{self._public_url}/v/{video.slug}"


def _made(job_id: JobId) -> Body[tuple[Job | None, Video | None]]:
    return (yield from jobs.get(job_id)), (yield from videos.of_job(job_id))
