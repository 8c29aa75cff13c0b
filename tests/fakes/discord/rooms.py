"""What the bot may do with a channel, by Discord's rules and codes."""

from collections.abc import Callable

from tests.fakes.discord import payloads
from tests.fakes.discord.errors import Json, refuse
from tests.fakes.discord.nouns import Channel, ChannelKind, Dms, Guild
from tests.fakes.discord.permissions import Permission
from tests.fakes.discord.world import World


class Rooms:
    """Looks at a channel before something is done in it."""

    def __init__(self, world: World, announce: Callable[[str, Json, Guild | None], None]) -> None:
        self._world = world
        self._announce = announce

    def seen(self, channel_id: int) -> Channel:
        """A channel the bot can see: 10003 if there is none, 50001 if it is not let in."""
        channel = self._world.channels.get(channel_id)
        if channel is None:
            raise refuse(10003)
        if not channel.permissions_of(self._world.bot) & Permission.VIEW_CHANNEL:
            raise refuse(50001)
        return channel

    def readable(self, channel_id: int) -> Channel:
        """A channel whose past messages the bot may read: 50013 if not."""
        channel = self.seen(channel_id)
        if not channel.permissions_of(self._world.bot) & Permission.READ_MESSAGE_HISTORY:
            raise refuse(50013)
        return channel

    def check_sending(self, channel: Channel, *, has_files: bool, has_embeds: bool) -> None:
        """Refuse a message that the bot may not send: 50013, 50007 or 50278."""
        is_thread = channel.kind is ChannelKind.PUBLIC_THREAD
        needed = Permission.SEND_MESSAGES_IN_THREADS if is_thread else Permission.SEND_MESSAGES
        if has_files:
            needed |= Permission.ATTACH_FILES
        if has_embeds:
            needed |= Permission.EMBED_LINKS
        if needed & ~channel.permissions_of(self._world.bot):
            raise refuse(50013)
        if channel.kind is ChannelKind.DM:
            self._check_dm(channel)

    def open_thread(self, channel: Channel) -> None:
        """A new message wakes an archived thread; a locked one stays shut (50083)."""
        if not channel.is_archived:
            return
        rights = channel.permissions_of(self._world.bot)
        if channel.is_locked and not rights & Permission.MANAGE_THREADS:
            raise refuse(50083)
        channel.is_archived = False
        self._announce("THREAD_UPDATE", payloads.channel(channel), channel.guild)

    def check_editing(self, channel: Channel) -> None:
        """Messages in an archived thread cannot be edited: 50083."""
        if channel.is_archived:
            raise refuse(50083)

    def _check_dm(self, channel: Channel) -> None:
        person = channel.recipients[0]
        if person.dms is Dms.BLOCKED:
            raise refuse(50007)
        reachable = person.installed or self._world.shares_a_guild(person)
        if person.dms is Dms.CLOSED or not reachable:
            raise refuse(50278)
