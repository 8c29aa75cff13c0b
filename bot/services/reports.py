"""Reports: somebody thinks that a video should not be shown; those who moderate decide."""

from dataclasses import dataclass

from bot.clock import Clock
from bot.errors import Code, UserError
from bot.services import shelving
from bot.services.bell import Bell
from storage import complaints, copies, deliveries, errands, gallery, jobs, people, replies, videos
from storage.database import Body, Store
from storage.exhibits import (
    Complaint,
    ComplaintId,
    ComplaintState,
    ErrandKind,
    Ground,
    NewComplaint,
    Sent,
)
from storage.records import JobId, PersonId

LONGEST_WORDS = 500
MOST_OF_PERSON = 5
"""Reports of one person in an hour."""
MOST_OF_VIDEO = 5
"""Reports of one video in a day: after those, nobody learns anything new."""
_HOUR_MS = 3_600_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Somebody who may decide: a moderator of a server, or the host for private videos."""

    discord_id: int
    guild_id: int | None
    """Whose messages they manage; None for the host, who decides where no server does."""
    is_host: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The message that a video was reported on, where others see it, too."""

    channel_id: int
    message_id: int


class Reports:
    """Takes reports and carries out what was decided; telling moderators is owed, not done here."""

    def __init__(self, store: Store, clock: Clock, errand_bell: Bell) -> None:
        self._store = store
        self._clock = clock
        self._bell = errand_bell

    async def report(
        self,
        discord_id: int | None,
        job: JobId,
        reason: Ground,
        words: str = "",
        *,
        seen: Seen | None = None,
    ) -> ComplaintId:
        """Tell those who moderate of a video; raises UserError.

        None stands for a visitor of the web, of whom nothing is kept: all of them together have
        one open report of a video.
        """
        now = self._clock.now_ms()

        def body() -> Body[ComplaintId]:
            about = yield from jobs.get(job)
            if about is None or (yield from videos.of_job(job)) is None:
                raise UserError(Code.JOB_UNKNOWN, job=job)
            person = None if discord_id is None else (yield from _reporter(discord_id, now))
            new = NewComplaint(
                job_id=job,
                guild_id=about.guild_id,
                person_id=person,
                reason=reason,
                words=" ".join(words.split())[:LONGEST_WORDS],
                created_at=now,
                seen_channel_id=seen.channel_id if seen else None,
                seen_message_id=seen.message_id if seen else None,
            )
            return (yield from _add(new))

        complaint = await self._store.write(body())
        self._bell.ring()
        return complaint

    async def hide(self, judge: Judge, complaint: ComplaintId) -> Complaint:
        """Let nobody see the video any more, in lists, on its page, in messages; raises UserError.

        All that was reported of it is decided by that.
        """
        now = self._clock.now_ms()

        def body() -> Body[Complaint]:
            found, person = yield from _judged(judge, complaint, now)
            yield from _hide(found.job_id, person, now)
            yield from complaints.uphold(found, by=person, now=now)
            return (yield from _found(complaint))

        hidden = await self._store.write(body())
        self._bell.ring()
        return hidden

    async def dismiss(self, judge: Judge, complaint: ComplaintId) -> Complaint:
        """Leave the video as it is; raises UserError, also if the report is decided already."""
        now = self._clock.now_ms()

        def body() -> Body[Complaint]:
            found, person = yield from _judged(judge, complaint, now)
            if found.state is not ComplaintState.OPEN:
                raise UserError(Code.REPORT_CLOSED)
            yield from complaints.dismiss(complaint, by=person, now=now)
            return (yield from _found(complaint))

        return await self._store.write(body())

    async def unhide(self, judge: Judge, complaint: ComplaintId) -> Complaint:
        """Let a hidden video be seen again where it was shared; raises UserError."""
        now = self._clock.now_ms()

        def body() -> Body[Complaint]:
            found, person = yield from _judged(judge, complaint, now)
            if not (yield from videos.unhide(found.job_id)):
                raise UserError(Code.REPORT_CLOSED)
            share = yield from gallery.of_job(found.job_id)
            if share is not None:
                yield from gallery.show(share.id)
                yield from errands.owe(ErrandKind.POST, share.id, now=now)
            yield from complaints.overrule(found.job_id, by=person, now=now)
            return (yield from _found(complaint))

        shown = await self._store.write(body())
        self._bell.ring()
        return shown

    async def get(self, complaint: ComplaintId) -> Complaint | None:
        """One report."""
        return await self._store.read(complaints.get(complaint))


def _reporter(discord_id: int, now: int) -> Body[PersonId]:
    """Who reports; raises UserError for one who has reported too much of late."""
    person = yield from people.resolve(discord_id, now)
    made = yield from complaints.made_since(person, now - _HOUR_MS)
    _refuse_eager(made, MOST_OF_PERSON)
    return person


def _add(new: NewComplaint) -> Body[ComplaintId]:
    """A report of which those who moderate will hear; raises UserError for one too many."""
    heard = yield from complaints.heard_since(new.job_id, new.created_at - 24 * _HOUR_MS)
    complaint = yield from complaints.add(new)
    if complaint is None:
        raise UserError(Code.REPORTED_ALREADY)
    _refuse_eager(heard, MOST_OF_VIDEO)
    yield from errands.owe(ErrandKind.REPORT, complaint, now=new.created_at)
    return complaint


def _hide(job: JobId, by: PersonId, now: int) -> Body[None]:
    """Let nobody but its maker see a video; whatever shows it to others is owed to go."""
    if (yield from videos.hide(job, by=by, now=now)):
        share = yield from gallery.of_job(job)
        if share is not None:
            yield from gallery.conceal(share.id)
            yield from shelving.withdraw_post(share, now=now)
        spots = yield from _delivered(job)
    else:
        spots = []
    spots += [
        (copy.message_id, copy.channel_id) for copy in (yield from copies.take(job, only_open=True))
    ]
    for each in (yield from complaints.of_job(job)):
        if each.seen_channel_id is not None and each.seen_message_id is not None:
            spots.append((each.seen_message_id, each.seen_channel_id))
    for message_id, channel_id in dict(spots).items():
        yield from errands.erase(
            Sent.CARD, job, channel_id=channel_id, message_id=message_id, now=now
        )


def _delivered(job: JobId) -> Body[list[tuple[int, int]]]:
    """The message and channel in which others see what a job became, if they do."""
    about = yield from jobs.get(job)
    reply, delivery = (yield from replies.get(job)), (yield from deliveries.of_job(job))
    is_open = reply is not None and reply.bot_is_present and not reply.ephemeral
    if about is None or about.guild_id is None or reply is None or not is_open:
        # What was shown to its maker alone stays theirs.
        return []
    if reply.channel_id is None or delivery is None or delivery.message_id is None:
        return []
    return [(delivery.message_id, reply.channel_id)]


def _judged(judge: Judge, complaint: ComplaintId, now: int) -> Body[tuple[Complaint, PersonId]]:
    """A report that this person may decide; raises UserError."""
    found = yield from complaints.get(complaint)
    if found is None:
        raise UserError(Code.REPORT_CLOSED)
    moderates = found.guild_id is not None and judge.guild_id == found.guild_id
    if not moderates and not judge.is_host:
        raise UserError(Code.MODERATORS_ONLY)
    return found, (yield from people.resolve(judge.discord_id, now))


def _found(complaint: ComplaintId) -> Body[Complaint]:
    found = yield from complaints.get(complaint)
    if found is None:
        raise UserError(Code.REPORT_CLOSED)
    return found


def _refuse_eager(count: int, most: int) -> None:
    if count >= most:
        raise UserError(Code.REPORTS_TOO_MANY)
