"""The gallery: members share their videos with a server, vote for them, and look through them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from bot.clock import Clock
from bot.domain import spelling
from bot.errors import Code, UserError
from bot.services import listings, shelving
from bot.services.bell import Bell
from bot.services.listings import Directory, Page, Query
from bot.services.videos import new_slug
from storage import errands, gallery, guilds, jobs, people, preferences, videos
from storage import listings as stored
from storage.belongings import Gallery as Openness
from storage.belongings import GuildRules
from storage.database import Body, Store
from storage.exhibits import Community, ErrandKind, Exhibit, NewShare, Order, Share, ShareId
from storage.records import Job, JobId, PersonId, Video

MOST_COMMUNITIES = 60
"""Servers of a page of their list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """Where somebody presses: the server the bot is in, and whether only adults look there."""

    guild_id: int | None
    age_restricted: bool = False
    moderates: bool = False
    """Whoever presses may manage this server's messages."""
    guild_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A video is in the gallery: on Discord, and perhaps on the web."""

    share: Share
    is_new: bool
    on_web: bool
    channel_id: int | None
    """The gallery channel, if the server has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ballot:
    """How many votes a video has, and whether one of them is the asking member's."""

    votes: int
    has_vote: bool


class Gallery:
    """Publishes, lists and hides videos; what Discord must show of it is owed, not done here."""

    def __init__(self, store: Store, clock: Clock, draw_lot: Callable[[], int]) -> None:
        self._store = store
        self._clock = clock
        self._draw_lot = draw_lot
        self.bell = Bell()
        """Rung when an errand may have become due."""

    async def share(
        self, discord_id: int, job: JobId, here: Here, *, name: str | None = None
    ) -> Shared:
        """Publish a video where it was made; raises UserError.

        Only its maker may, or a moderator of its server; twice is once. `name` is what its maker
        is called, which is kept only if they let it be known.
        """
        now, lot = self._clock.now_ms(), self._draw_lot()

        def body() -> Body[Shared]:
            made, video, person = yield from _sharable(discord_id, job, here, now)
            rules = yield from _welcoming(video, here)
            if here.guild_name:
                yield from gallery.name_guild(rules.guild_id, here.guild_name)
            existing = yield from gallery.of_job(job)
            if existing is not None:
                return _shared(existing, rules, is_new=False)
            if video.slug is None:
                yield from videos.rename(video.id, new_slug())
            named = (yield from preferences.of(made.person_id)).credit_name
            new = NewShare(
                job_id=job,
                guild_id=rules.guild_id,
                person_id=made.person_id,
                shared_by=person,
                shared_at=now,
                mode=made.mode,
                shape=made.shape,
                age_restricted=made.age_restricted or here.age_restricted,
                for_web=rules.gallery is Openness.PUBLIC,
                credit=name if named and person == made.person_id else None,
                lot=lot,
                spaced=spelling.spaced(made.prompt),
            )
            return _shared((yield from _add(new, rules)), rules, is_new=True)

        shared = await self._store.write(body())
        self.bell.ring()
        return shared

    async def unshare(self, discord_id: int, job: JobId, here: Here) -> None:
        """Take a video back, its votes, post and public link included; raises UserError."""
        now = self._clock.now_ms()

        def body() -> Body[None]:
            _, video, _ = yield from _sharable(discord_id, job, here, now, anywhere=True)
            share = yield from gallery.of_job(job)
            if share is None:
                raise UserError(Code.NOT_SHARED)
            yield from shelving.take_back(share, now=now)
            if share.for_web and video.slug is not None:
                # Whoever saw it in public shall not go on seeing it in private.
                yield from videos.rename(video.id, new_slug())

        await self._store.write(body())
        self.bell.ring()

    async def vote(self, discord_id: int, share: ShareId, *, on_post: bool = True) -> Ballot:
        """Give one's only vote, or take it back; raises UserError.

        `on_post` says that whoever pressed sees the new number under the post itself.
        """
        now = self._clock.now_ms()

        def body() -> Body[Ballot]:
            found = yield from gallery.get(share)
            if found is None or (yield from _is_hidden(found)):
                raise UserError(Code.NOT_SHARED)
            person = yield from people.resolve(discord_id, now)
            has_vote = yield from gallery.vote(share, person, now=now)
            if found.post_message_id is not None and not on_post:
                yield from errands.owe(ErrandKind.RECOUNT, share, now=now)
            return Ballot(votes=found.votes + (1 if has_vote else -1), has_vote=has_vote)

        ballot = await self._store.write(body())
        self.bell.ring()
        return ballot

    async def shown(self, share: ShareId, votes: int) -> None:
        """A post was made to show so many votes; if they are others by now, it owes the number."""
        now = self._clock.now_ms()

        def body() -> Body[bool]:
            found = yield from gallery.get(share)
            if found is None or found.post_message_id is None or found.votes == votes:
                return False
            yield from errands.owe(ErrandKind.RECOUNT, share, now=now)
            return True

        if await self._store.write(body()):
            self.bell.ring()

    async def ballot(self, discord_id: int, share: ShareId) -> Ballot | None:
        """How a share stands with a member; None if it is shared no longer."""

        def body() -> Body[Ballot | None]:
            found = yield from gallery.get(share)
            person = yield from people.find(discord_id)
            if found is None:
                return None
            has_vote = person is not None and (yield from gallery.voted(share, person))
            return Ballot(votes=found.votes, has_vote=has_vote)

        return await self._store.read(body())

    async def of_job(self, job: JobId) -> Share | None:
        """The share of a job's video, if it is shared."""
        return await self._store.read(gallery.of_job(job))

    async def listing(self, query: Query) -> Page:
        """One page of a list; raises UserError for a cursor that is none, or a closed gallery."""
        now, pivot = self._clock.now_ms(), self._draw_lot()

        def body() -> Body[Page]:
            if query.guild_id is not None and not query.on_web:
                rules = yield from guilds.rules(query.guild_id)
                # One's own can be taken back wherever they were shared.
                if rules.gallery is Openness.OFF and query.order is not Order.MINE:
                    raise UserError(Code.GALLERY_OFF)
            return (yield from listings.page(query, now=now, pivot=pivot))

        return await self._store.read(body())

    async def public_video(self, slug: str) -> Exhibit | None:
        """The exhibit behind a page; None for one that only who has its link may see."""
        return await self._store.read(stored.on_web(slug))

    async def communities(
        self, cursor: str | None = None, *, limit: int = MOST_COMMUNITIES
    ) -> Directory:
        """Servers with something on their public pages; raises UserError for no such cursor."""
        return await self._store.read(listings.directory(cursor, limit))

    async def community(self, guild_id: int) -> Community | None:
        """A server with a public page, be it empty; None for any other."""

        def body() -> Body[Community | None]:
            if not (yield from guilds.is_public(guild_id)):
                return None
            found = yield from stored.community(guild_id)
            return found or Community(guild_id=guild_id, name="", videos=0)

        return await self._store.read(body())

    async def names(self, guild_ids: Collection[int]) -> dict[int, str]:
        """What servers are called; those without a name are left out."""
        return await self._store.read(stored.names(guild_ids))

    async def name_guild(self, guild_id: int, name: str) -> None:
        """Remember what a server is called, for its page."""
        await self._store.write(gallery.name_guild(guild_id, name))


def _sharable(
    discord_id: int, job_id: JobId, here: Here, now: int, *, anywhere: bool = False
) -> Body[tuple[Job, Video, PersonId]]:
    """A video, and who asks; raises UserError unless they may publish it from here."""
    job = yield from jobs.get(job_id)
    video = yield from videos.of_job(job_id)
    if job is None:
        raise UserError(Code.JOB_UNKNOWN, job=job_id)
    if job.deleted_at is not None:
        raise UserError(Code.JOB_DELETED, job=job_id)
    person = yield from people.resolve(discord_id, now)
    is_here = here.guild_id is not None and here.guild_id == job.guild_id
    if person != job.person_id and not (here.moderates and is_here):
        raise UserError(Code.NOT_YOURS)
    if video is None:
        raise UserError(Code.JOB_UNFINISHED, job=job_id)
    if not is_here and not anywhere:
        raise UserError(Code.SHARE_ELSEWHERE)
    return job, video, person


def _welcoming(video: Video, here: Here) -> Body[GuildRules]:
    """The rules of a server whose gallery takes this video; raises UserError."""
    rules = yield from guilds.rules(here.guild_id or 0)
    if rules.gallery is Openness.OFF:
        raise UserError(Code.GALLERY_OFF)
    if video.hidden_at is not None:
        raise UserError(Code.VIDEO_HIDDEN)
    return rules


def _add(new: NewShare, rules: GuildRules) -> Body[Share]:
    """Put a video on the lists; its post is owed where the server has a channel for it."""
    share = yield from gallery.add(new)
    if rules.gallery_channel is not None:
        yield from errands.owe(ErrandKind.POST, share, now=new.shared_at)
    added = yield from gallery.get(share)
    assert added is not None
    return added


def _is_hidden(share: Share) -> Body[bool]:
    video = yield from videos.of_job(share.job_id)
    return video is None or video.hidden_at is not None


def _shared(share: Share, rules: GuildRules, *, is_new: bool) -> Shared:
    return Shared(
        share=share,
        is_new=is_new,
        on_web=share.for_web and not share.age_restricted and rules.gallery is Openness.PUBLIC,
        channel_id=rules.gallery_channel,
    )
