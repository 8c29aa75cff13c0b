"""Guilds: what each server allows, and who is turned away because of it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from bot.clock import Clock
from bot.domain import days
from bot.errors import Code, UserError
from bot.services.videos import new_slug
from storage import errands, gallery, guilds, people, retention, videos
from storage.belongings import Gallery as Openness
from storage.belongings import GuildRules
from storage.database import Body, Store
from storage.exhibits import ErrandKind
from storage.records import PersonId

MOST_OPENINGS = 25
"""Channels, and roles: as many as one select of Discord offers."""
LARGEST = 10_000
"""No number of the rules is larger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something was asked for, and with which roles; no guild: a private chat."""

    guild_id: int | None = None
    channel_id: int | None = None
    parent_channel_id: int | None = None
    """The channel that a thread belongs to."""
    role_ids: frozenset[int] = frozenset()
    via_menu: bool = False


class Guilds:
    """Shows and changes what servers allow; who may change it is the caller's to judge."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def rules(self, guild_id: int) -> GuildRules:
        """What a server allows."""
        return await self._store.read(guilds.rules(guild_id))

    async def change(self, guild_id: int, change: Callable[[GuildRules], GuildRules]) -> GuildRules:
        """Change what a server allows: `change` is a pure function of the rules as they stand.

        Raises UserError for rules that cannot be kept.
        """
        now = self._clock.now_ms()

        def body() -> Body[GuildRules]:
            before = yield from guilds.rules(guild_id)
            changed = change(before)
            _check(changed)
            yield from guilds.keep(changed)
            if _keeps_shorter(changed, before):
                yield from retention.begin(guild_id, now=now)
            if changed.gallery is not before.gallery:
                yield from gallery.rearrange(guild_id)
                if before.gallery is Openness.PUBLIC:
                    yield from _close_pages(guild_id, now)
            return changed

        return await self._store.write(body())

    async def meet(self, present: Collection[int]) -> None:
        """Take note of all servers the bot is in: the public pages of others are not shown."""

        def body() -> Body[None]:
            for guild_id in (yield from guilds.meet(present)):
                yield from gallery.rearrange(guild_id)

        await self._store.write(body())

    async def admit(self, place: Place, discord_id: int) -> None:
        """Refuse what a server does not allow; raises UserError."""
        now = self._clock.now_ms()

        def body() -> Body[None]:
            person = yield from people.find(discord_id)
            yield from refuse_outsiders(place)
            if person is not None:
                yield from refuse_eager(place.guild_id, person, now)

        await self._store.read(body())


def _close_pages(guild_id: int, now: int) -> Body[None]:
    """Let what was public be found by its old links no more; each post gets the new one."""
    for share in (yield from gallery.on_web(guild_id)):
        video = yield from videos.of_job(share.job_id)
        if video is not None:
            yield from videos.rename(video.id, new_slug())
        if share.post_message_id is not None:
            yield from errands.owe(ErrandKind.RECOUNT, share.id, now=now)


def refuse_outsiders(place: Place) -> Body[None]:
    """Refuse channels, roles and menus that a server has closed; raises UserError."""
    if place.guild_id is None:
        return
    rules = yield from guilds.rules(place.guild_id)
    if place.via_menu and not rules.menus:
        raise UserError(Code.MENUS_OFF)
    if rules.channels and rules.channels.isdisjoint((place.channel_id, place.parent_channel_id)):
        raise UserError(Code.CHANNEL_CLOSED, channel=min(rules.channels))
    # Everybody has the role @everyone, although no member's list names it: its id is the server's.
    if rules.roles and rules.roles.isdisjoint(place.role_ids | {place.guild_id}):
        raise UserError(Code.ROLE_MISSING, role=min(rules.roles))


def refuse_eager(guild_id: int | None, person: PersonId, now: int) -> Body[None]:
    """Refuse a member who has had today's videos of this server; raises UserError."""
    if guild_id is None:
        return
    rules = yield from guilds.rules(guild_id)
    if rules.member_daily is None:
        return
    made = yield from guilds.made_since(guild_id, person, days.midnight_before(now))
    if made >= rules.member_daily:
        resumes = days.midnight_after(now) // 1000
        raise UserError(Code.DAILY_CAP, limit=rules.member_daily, resumes=resumes)


def ask_above(guild_id: int | None, host: int | None) -> Body[int | None]:
    """Above how many credits a member is asked first: as the server says, else as the host does."""
    if guild_id is None:
        return host
    own = (yield from guilds.rules(guild_id)).ask_above
    return host if own is None else own


def _keeps_shorter(changed: GuildRules, before: GuildRules) -> bool:
    if changed.retention_days is None:
        return False
    return before.retention_days is None or changed.retention_days < before.retention_days


def _check(rules: GuildRules) -> None:
    numbers = ((rules.member_daily, 1), (rules.retention_days, 1), (rules.ask_above, 0))
    numbers_fit = all(
        number is None or smallest <= number <= LARGEST for number, smallest in numbers
    )
    if not numbers_fit or max(len(rules.channels), len(rules.roles)) > MOST_OPENINGS:
        raise UserError(Code.RULES_INVALID, limit=LARGEST, most=MOST_OPENINGS)
