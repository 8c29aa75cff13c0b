"""The gallery: what is shared, on which shelves it stands, which words find it, and its votes.

The view `placing` says which rows the shelves must hold and `findable` which words must be
found; every write here ends with both being true again.
"""

from storage import columns
from storage.database import Body, Row, Statement
from storage.exhibits import NewShare, Share, ShareId
from storage.records import JobId, Mode, PersonId

_SHARE = columns.listed(Share)
_PART_PAGES = 64
"""Of the index of words, about 256 KB: written in some hundredths of a second."""


def add(new: NewShare) -> Body[ShareId]:
    """Share a video: from now on lists may show it."""
    rows = yield columns.insert("share", new, end=" RETURNING id")
    share = ShareId(rows[0]["id"])
    yield from show(share)
    return share


def get(share: ShareId) -> Body[Share | None]:
    """A share; None once it was taken back."""
    rows = yield Statement(
        f"SELECT {_SHARE} FROM share WHERE id = :share",  # noqa: S608 names of our own fields
        {"share": share},
    )
    return of_row(rows[0]) if rows else None


def of_job(job: JobId) -> Body[Share | None]:
    """The share of a job's video, if it is shared."""
    rows = yield Statement(
        f"SELECT {_SHARE} FROM share WHERE job_id = :job",  # noqa: S608 names of our own fields
        {"job": job},
    )
    return of_row(rows[0]) if rows else None


def remove(share: ShareId) -> Body[None]:
    """Take a share back, with its votes, its places and its words."""
    yield from conceal(share)
    for table in ("vote WHERE share_id", "share WHERE id"):
        yield Statement(f"DELETE FROM {table} = :share", {"share": share})  # noqa: S608 ours


def show(share: ShareId) -> Body[None]:
    """Let a share stand where it belongs now."""
    yield from _place("share_id", share)


def conceal(share: ShareId) -> Body[None]:
    """Let no list show a share and no search find it."""
    yield from _displace("id", share)


def rearrange(guild_id: int) -> Body[None]:
    """Let all shares of a server stand where they belong, after its rules have changed."""
    yield from _displace("guild_id", guild_id)
    yield from _place("guild_id", guild_id)


def on_web(guild_id: int) -> Body[list[Share]]:
    """What a server shared while its page was public."""
    rows = yield Statement(
        f"SELECT {_SHARE} FROM share WHERE guild_id = :guild AND for_web = 1",  # noqa: S608 names of our own fields
        {"guild": guild_id},
    )
    return [of_row(row) for row in rows]


def vote(share: ShareId, person: PersonId, *, now: int) -> Body[bool]:
    """Give a member's one vote, or take it back; whether it is given now."""
    taken = yield Statement(
        "DELETE FROM vote WHERE share_id = :share AND person_id = :person RETURNING share_id",
        {"share": share, "person": person},
    )
    if not taken:
        yield Statement(
            "INSERT INTO vote (share_id, person_id, at) VALUES (:share, :person, :now)",
            {"share": share, "person": person, "now": now},
        )
    change = {"share": share, "change": -1 if taken else 1}
    yield Statement("UPDATE share SET votes = votes + :change WHERE id = :share", change)
    yield Statement("UPDATE shelf SET votes = votes + :change WHERE share_id = :share", change)
    return not taken


def voted(share: ShareId, person: PersonId) -> Body[bool]:
    """Whether a member voted for a share."""
    rows = yield Statement(
        "SELECT 1 FROM vote WHERE share_id = :share AND person_id = :person",
        {"share": share, "person": person},
    )
    return bool(rows)


def posted(share: ShareId, *, channel_id: int | None, message_id: int | None) -> Body[bool]:
    """Where the post of a share is, or that there is none; False if it is shared no longer."""
    rows = yield Statement(
        "UPDATE share SET post_channel_id = :channel, post_message_id = :message"
        " WHERE id = :share RETURNING id",
        {"share": share, "channel": channel_id, "message": message_id},
    )
    return bool(rows)


def unname(person: PersonId) -> Body[list[ShareId]]:
    """Forget the name a member bore; whose posts still show it."""
    rows = yield Statement(
        "UPDATE share SET credit = NULL WHERE person_id = :person AND credit IS NOT NULL"
        " RETURNING id, post_message_id",
        {"person": person},
    )
    return [ShareId(row["id"]) for row in rows if row["post_message_id"] is not None]


def name_guild(guild_id: int, name: str) -> Body[None]:
    """Remember what a server is called."""
    yield Statement(
        "INSERT INTO community (guild_id, name) VALUES (:guild, :name)"
        " ON CONFLICT (guild_id) DO UPDATE SET name = excluded.name WHERE name <> excluded.name",
        {"guild": guild_id, "name": name},
    )


def tidy_words(*, begins: bool) -> Body[bool]:
    """Rewrite a part of the index of words without what was deleted; whether more is to be done.

    `begins` asks for the first part. The whole at once would hold up all other writes, the longer
    the more videos are shared.
    """
    before = yield Statement("SELECT total_changes() AS so_far")
    pages = -_PART_PAGES if begins else _PART_PAGES
    yield Statement(
        "INSERT INTO wording (wording, rank) VALUES ('merge', :pages)", {"pages": pages}
    )
    after = yield Statement("SELECT total_changes() AS so_far")
    # The statement itself counts as one change.
    return bool(after[0]["so_far"] - before[0]["so_far"] > 1)


def of_row(row: Row, prefix: str = "") -> Share:
    """A share from the columns of a row that begin with a prefix."""
    values = columns.values(Share, row, prefix)
    flags = {name: bool(values[name]) for name in ("age_restricted", "for_web")}
    return Share(**{**values, **flags, "mode": Mode(values["mode"])})


def _place(key: str, value: int) -> Body[None]:
    """Put shares on their shelves; they stand on none before. `key` is a column of ours."""
    rows = yield Statement(
        "INSERT INTO shelf (hall, mode, shape, share_id, votes, lot)"  # noqa: S608 a column of ours
        f" SELECT hall, mode, shape, share_id, votes, lot FROM placing WHERE {key} = :value"
        " RETURNING hall, mode, shape",
        {"value": value},
    )
    shown = sum((row["hall"], row["mode"], row["shape"]) == ("all", "*", "*") for row in rows)
    if not shown:
        return
    yield Statement(
        "INSERT INTO wording (rowid, prompt, facets)"  # noqa: S608 a column of ours
        f" SELECT share_id, prompt, facets FROM findable WHERE {key} = :value",
        {"value": value},
    )
    yield Statement(
        "INSERT INTO community (guild_id, videos)"  # noqa: S608 a column of ours
        f" SELECT guild_id, :shown FROM share WHERE {'id' if key == 'share_id' else key} = :value"
        " LIMIT 1 ON CONFLICT (guild_id) DO UPDATE SET videos = videos + excluded.videos",
        {"value": value, "shown": shown},
    )


def _displace(key: str, value: int) -> Body[None]:
    """Take shares off their shelves, and their words out of the index."""
    chosen = f"(SELECT id FROM share WHERE {key} = :value)"  # noqa: S608 a column of ours
    yield Statement(f"DELETE FROM wording WHERE rowid IN {chosen}", {"value": value})  # noqa: S608 ours
    rows = yield Statement(
        f"DELETE FROM shelf WHERE share_id IN {chosen} RETURNING hall, mode, shape",  # noqa: S608 ours
        {"value": value},
    )
    shown = sum((row["hall"], row["mode"], row["shape"]) == ("all", "*", "*") for row in rows)
    yield Statement(
        "UPDATE community SET videos = videos - :shown WHERE guild_id ="  # noqa: S608 a column of ours
        f" (SELECT guild_id FROM share WHERE {key} = :value LIMIT 1)",
        {"value": value, "shown": shown},
    )
