-- What server owners were told.

-- The owner of a server is told of a missing permission once, wherever in it that was.
CREATE TABLE notice (
    guild_id INTEGER NOT NULL,
    permission TEXT NOT NULL,
    channel_id INTEGER NOT NULL,
    told_at INTEGER NOT NULL,
    PRIMARY KEY (guild_id, permission)
) STRICT, WITHOUT ROWID;
