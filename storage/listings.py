"""Listings: one page of a list, read from one end of an ordered key, however deep it lies."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from storage import columns, gallery, jobs, videos
from storage.database import Body, Row, Statement, Value
from storage.exhibits import Community, Exhibit, Order, Share
from storage.records import Job, PersonId, Video

EVERYWHERE = "all"
ANY = "*"

Key = tuple[int, ...]
"""Where an exhibit stands in an order: the columns of `KEYS`, as numbers."""
KEYS = {
    Order.NEW: ("share_id",),
    Order.TOP: ("votes", "share_id"),
    Order.RANDOM: ("lot", "share_id"),
    Order.MINE: ("share_id",),
}
COMMUNITY = ("videos", "guild_id")
"""The same of servers."""
_COLUMNS = ", ".join(
    [
        *(f"share.{name} AS share__{name}" for name in columns.names(Share)),
        *(f"job.{name} AS job__{name}" for name in columns.names(Job)),
        *(f"video.{name} AS video__{name}" for name in columns.names(Video)),
        "iif(preference.credit_name, share.credit, NULL) AS credit",
    ]
)
_JOINED = (
    " JOIN job ON job.id = share.job_id JOIN video ON video.job_id = share.job_id"
    " LEFT JOIN preference ON preference.person_id = share.person_id"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A part of an order: after one key, before another (both left out), or from an end of it."""

    above: Key | None = None
    """Only what is larger."""
    below: Key | None = None
    """Only what is smaller."""
    floor: int = 0
    """Only what was shared since this number."""
    is_broad: bool = False
    """Whether that is much of everything: then it is quicker left out than sorted."""
    upwards: bool = False
    """From the smallest on; else from the largest."""
    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A shelf: a hall, and a mode and a shape or any (`*`)."""

    hall: str
    mode: str = ANY
    shape: str = ANY


def hall_of(guild_id: int | None, *, on_web: bool, adult: bool = False) -> str:
    """The name of a hall: all servers' public pages, one server's, or its gallery on Discord."""
    if guild_id is None:
        return EVERYWHERE
    return f"{'w' if on_web else 'a' if adult else 'g'}{guild_id}"


def on_shelf(place: Place, order: Order, window: Window) -> Body[list[Exhibit]]:
    """What stands in a window of a shelf, in its order."""
    bounds, values = _bounds(KEYS[order], window)
    return (
        yield from _read(
            "SELECT share_id, votes, lot FROM shelf WHERE hall = :hall AND mode = :mode"  # noqa: S608 names of our own
            f" AND shape = :shape{bounds}"
            f" ORDER BY {_sorted(KEYS[order], window)} LIMIT :limit",
            {"hall": place.hall, "mode": place.mode, "shape": place.shape, **values},
            KEYS[order],
            window,
        )
    )


def found(match: str, window: Window) -> Body[list[Exhibit]]:
    """What an FTS5 expression finds on public pages, by when it was shared."""
    bounds, values = _bounds(("rowid",), window)
    return (
        yield from _read(
            f"SELECT rowid AS share_id FROM wording WHERE wording MATCH :match{bounds}"  # noqa: S608 names of our own
            f" ORDER BY {_sorted(('rowid',), window)} LIMIT :limit",
            {"match": match, **values},
            ("share_id",),
            window,
        )
    )


def of_person(
    person: PersonId, guild_id: int | None, place: Place, window: Window
) -> Body[list[Exhibit]]:
    """What a member shared (in a server), what moderators hid included; the hall is not asked."""
    bounds, values = _bounds(("id",), window)
    return (
        yield from _read(
            "SELECT id AS share_id FROM share WHERE person_id = :person"  # noqa: S608 names of our own
            " AND (:guild IS NULL OR guild_id = :guild) AND (:mode = '*' OR mode = :mode)"
            f" AND (:shape = '*' OR shape = :shape){bounds}"
            f" ORDER BY {_sorted(('id',), window)} LIMIT :limit",
            {
                "person": person,
                "guild": guild_id,
                "mode": place.mode,
                "shape": place.shape,
                **values,
            },
            ("share_id",),
            window,
        )
    )


def on_web(slug: str) -> Body[Exhibit | None]:
    """The exhibit whose page has this name, if a public page shows it."""
    rows = yield Statement(
        f"SELECT {_COLUMNS} FROM video JOIN share ON share.job_id = video.job_id"  # noqa: S608 names of our own
        " JOIN job ON job.id = share.job_id"
        " LEFT JOIN preference ON preference.person_id = share.person_id"
        " WHERE video.slug = :slug AND EXISTS (SELECT 1 FROM shelf WHERE hall = 'all'"
        " AND shelf.mode = '*' AND shelf.shape = '*' AND share_id = share.id)",
        {"slug": slug},
    )
    return _exhibit(rows[0]) if rows else None


def first_since(since: int) -> Body[int]:
    """The smallest number shared at or after a time; one that none has if there is none."""
    rows = yield Statement(
        "SELECT id FROM share WHERE shared_at >= :since ORDER BY shared_at, id LIMIT 1",
        {"since": since},
    )
    return int(rows[0]["id"]) if rows else (1 << 62)


def newest() -> Body[int]:
    """The largest number of a share; 0 if there is none."""
    rows = yield Statement("SELECT max(id) AS newest FROM share")
    return int(rows[0]["newest"] or 0)


def communities(window: Window) -> Body[list[Community]]:
    """Servers with something on their public page, by how much, as `COMMUNITY` orders them."""
    bounds, values = _bounds(COMMUNITY, window)
    rows = yield Statement(
        f"SELECT guild_id, name, videos FROM community WHERE videos > 0{bounds}"  # noqa: S608 names of our own
        f" ORDER BY {_sorted(COMMUNITY, window)} LIMIT :limit",
        values,
    )
    return [_community(row) for row in rows]


def community(guild_id: int) -> Body[Community | None]:
    """A server that shared something or has a public page."""
    rows = yield Statement(
        "SELECT guild_id, name, videos FROM community WHERE guild_id = :guild",
        {"guild": guild_id},
    )
    return _community(rows[0]) if rows else None


def names(guild_ids: Collection[int]) -> Body[dict[int, str]]:
    """What servers are called; those without a name are left out."""
    rows = yield Statement(
        "SELECT guild_id, name FROM community WHERE name <> ''"
        " AND guild_id IN (SELECT value FROM json_each(:guilds))",
        {"guilds": json.dumps(sorted(guild_ids))},
    )
    return {row["guild_id"]: row["name"] for row in rows}


def _read(
    chosen: str, values: dict[str, Value], key: Sequence[str], window: Window
) -> Body[list[Exhibit]]:
    rows = yield Statement(
        f"SELECT {_COLUMNS} FROM ({chosen}) AS chosen"  # noqa: S608 names of our own
        f" CROSS JOIN share ON share.id = chosen.share_id{_JOINED}"
        f" ORDER BY {_sorted([f'chosen.{name}' for name in key], window)}",
        values,
    )
    return [_exhibit(row) for row in rows]


def _bounds(key: Sequence[str], window: Window) -> tuple[str, dict[str, Value]]:
    sql, values = "", dict[str, Value](floor=window.floor, limit=window.limit)
    if window.floor:
        # Only where something is left out: a floor of nothing would keep votes from their index.
        # A plus keeps a column from its index, and the rows in the order that is asked for.
        plus = "+" if window.is_broad and len(key) > 1 else ""
        sql = f" AND {plus}{key[-1]} >= :floor"
    for name, sign, bound in (("above", ">", window.above), ("below", "<", window.below)):
        if bound is None:
            continue
        slots = [f"{name}{number}" for number in range(len(bound))]
        # With one column, no row value: FTS5 is told of plain comparisons only.
        left, right = ", ".join(key), ", ".join(f":{slot}" for slot in slots)
        sql += f" AND {left} {sign} {right}" if len(key) == 1 else f" AND ({left}) {sign} ({right})"
        values |= dict(zip(slots, bound, strict=True))
    return sql, values


def _sorted(key: Sequence[str], window: Window) -> str:
    return ", ".join(f"{name} {'ASC' if window.upwards else 'DESC'}" for name in key)


def _exhibit(row: Row) -> Exhibit:
    return Exhibit(
        share=gallery.of_row(row, "share__"),
        job=jobs.of_row(row, "job__"),
        video=videos.of_row(row, "video__"),
        credit=row["credit"],
    )


def _community(row: Row) -> Community:
    return Community(guild_id=row["guild_id"], name=row["name"], videos=row["videos"])
