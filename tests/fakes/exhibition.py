"""Videos of a reel that hang in the galleries of servers."""

from dataclasses import replace
from typing import Any

from bot.domain.shapes import Shape
from bot.services.gallery import Here
from bot.services.guilds import Guilds
from bot.services.preferences import Preferences
from storage.belongings import Gallery
from storage.exhibits import Share
from storage.records import Video
from tests.fakes.reel import OWNER, Reel

SERVER, OTHER = 10, 11
"""Where the videos of a reel are made, and another server."""
NAME = "Kite Club"


async def open_gallery(
    shelf: Reel, openness: Gallery = Gallery.PUBLIC, guild: int = SERVER, name: str = NAME
) -> None:
    """Let a server's gallery be as open as this."""
    guilds = Guilds(shelf.store, shelf.clock)
    await guilds.change(guild, lambda rules: replace(rules, gallery=openness))
    await shelf.gallery.name_guild(guild, name)


async def hang(
    shelf: Reel,
    shape: Shape = Shape.WIDE,
    *,
    content: bytes | None = b"x",
    guild: int = SERVER,
    name: str | None = None,
    votes: int = 0,
    **changes: Any,
) -> Video:
    """A video that its maker shares with its server; a name is one they let be known."""
    video = await shelf.add(shape, content=content, guild_id=guild, **changes)
    await share(shelf, video, guild=guild, name=name, votes=votes)
    return video


async def share(
    shelf: Reel, video: Video, *, guild: int = SERVER, name: str | None = None, votes: int = 0
) -> Share:
    """Share a video, and let so many members vote for it."""
    choices = Preferences(shelf.store, shelf.clock)
    if name is not None:
        await choices.change(OWNER, lambda chosen: replace(chosen, credit_name=True))
    here = Here(guild_id=guild)
    shared = await shelf.gallery.share(OWNER, video.job_id, here, name=name)
    for member in range(votes):
        await shelf.gallery.vote(1_000 + member, shared.share.id)
    return shared.share


async def take_down(shelf: Reel, video: Video, *, guild: int = SERVER) -> None:
    """Share a video no longer."""
    await shelf.gallery.unshare(OWNER, video.job_id, Here(guild_id=guild))
