"""Tiles: what lists and feeds say of a shared video."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.web import wording
from storage.exhibits import Exhibit

WIDTHS = (480, 960)
"""How wide posters can be had, in pixels."""
LONGEST_TITLE, LONGEST_NAME = 180, 100
"""In bytes of a page: dozens of tiles stay light in every script, and cut what no eye would see."""
NAMELESS = "A Discord server"
"""What a server is called while nobody told us its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A video in a list; `shape` is a word for the stylesheet, lengths are in pixels."""

    job: int
    path: str
    title: str
    shape: str
    width: int
    height: int
    sources: str
    seconds: int
    votes: int
    credit: str | None
    server: str
    server_path: str


def of(exhibits: Iterable[Exhibit], names: Mapping[int, str]) -> list[Tile]:
    """The tiles of a page, in order; `names` are those of the servers."""
    return [_tile(each, names) for each in exhibits if each.video.slug is not None]


def _tile(exhibit: Exhibit, names: Mapping[int, str]) -> Tile:
    job, video, guild = exhibit.job, exhibit.video, exhibit.share.guild_id
    path = f"/v/{video.slug}"
    return Tile(
        job=job.id,
        path=path,
        title=wording.clipped(wording.headline(job)[0], LONGEST_TITLE),
        shape=job.shape,
        width=video.width,
        height=video.height,
        # A poster is never made wider than it was.
        sources=", ".join(
            f"{path}/poster-{width}.webp {min(width, video.width)}w" for width in WIDTHS
        ),
        seconds=wording.whole_seconds(video.frames),
        votes=exhibit.share.votes,
        credit=exhibit.credit and wording.clipped(exhibit.credit, LONGEST_NAME),
        server=wording.clipped(names.get(guild) or NAMELESS, LONGEST_NAME),
        server_path=server_path(guild),
    )


def server_path(guild_id: int) -> str:
    """Where a server's page is: its number at Discord stays when it takes another name."""
    return f"/g/{guild_id}"
