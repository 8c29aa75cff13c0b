-- What members share: the gallery, its votes and lists, reports, and what is owed to Discord.

CREATE TABLE share (
    -- AUTOINCREMENT: buttons name shares, and a later number was shared later.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    job_id INTEGER NOT NULL UNIQUE REFERENCES job (id),
    guild_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL REFERENCES person (id),
    shared_by INTEGER NOT NULL REFERENCES person (id),
    shared_at INTEGER NOT NULL,
    mode TEXT NOT NULL,
    shape TEXT NOT NULL,
    age_restricted INTEGER NOT NULL CHECK (age_restricted IN (0, 1)),
    -- Shared while the server had a public page: what was shared before that stays on Discord.
    for_web INTEGER NOT NULL CHECK (for_web IN (0, 1)),
    -- The name its maker bore, if they let themselves be named.
    credit TEXT,
    -- Its prompt with the words apart, where its script writes them together.
    spaced TEXT,
    votes INTEGER NOT NULL DEFAULT 0 CHECK (votes >= 0),
    -- Its place among the others for who wants to be surprised.
    lot INTEGER NOT NULL CHECK (lot >= 0),
    post_channel_id INTEGER,
    post_message_id INTEGER,
    CHECK ((post_channel_id IS NULL) = (post_message_id IS NULL))
) STRICT;

CREATE INDEX share_of_guild ON share (guild_id, id);
CREATE INDEX share_of_person ON share (person_id, id);
CREATE INDEX share_time ON share (shared_at, id);

CREATE TABLE vote (
    share_id INTEGER NOT NULL REFERENCES share (id),
    person_id INTEGER NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (share_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX vote_of_person ON vote (person_id);

-- Where each video is listed: a list is read from one end of one key, however long it is.
-- Halls: `all` every public page of this host, `w` one server's public page, `g` one server's
-- gallery on Discord, `a` the same with what is for adults; '*' stands for any mode or shape.
CREATE TABLE shelf (
    hall TEXT NOT NULL,
    mode TEXT NOT NULL,
    shape TEXT NOT NULL,
    share_id INTEGER NOT NULL REFERENCES share (id),
    votes INTEGER NOT NULL,
    lot INTEGER NOT NULL,
    PRIMARY KEY (hall, mode, shape, share_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX shelf_top ON shelf (hall, mode, shape, votes, share_id);
CREATE INDEX shelf_lot ON shelf (hall, mode, shape, lot, share_id);
CREATE INDEX shelf_of_share ON shelf (share_id);

-- Which rows the shelves must hold.
CREATE VIEW placing AS
SELECT
    CASE hall.column1 WHEN 'all' THEN 'all' ELSE hall.column1 || share.guild_id END AS hall,
    iif(facet.column1, share.mode, '*') AS mode,
    iif(facet.column2, share.shape, '*') AS shape,
    share.id AS share_id, share.votes AS votes, share.lot AS lot, share.guild_id AS guild_id
FROM share
JOIN video ON video.job_id = share.job_id AND video.hidden_at IS NULL
LEFT JOIN guild ON guild.guild_id = share.guild_id
JOIN (VALUES ('a'), ('g'), ('w'), ('all')) AS hall
    ON hall.column1 = 'a' OR share.age_restricted = 0 AND (
        hall.column1 = 'g' OR share.for_web = 1 AND guild.gallery = 'public' AND guild.has_left = 0)
JOIN (VALUES (0, 0), (0, 1), (1, 0), (1, 1)) AS facet;

-- The words of what is on public pages, by the number of its share.
CREATE VIRTUAL TABLE wording USING fts5 (
    prompt, facets, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

-- Which words must be found.
CREATE VIEW findable AS
SELECT
    share.id AS share_id, share.guild_id AS guild_id,
    coalesce(share.spaced, job.prompt) AS prompt,
    'g' || share.guild_id || ' m' || share.mode || ' s' || share.shape AS facets
FROM share
JOIN job ON job.id = share.job_id
JOIN shelf ON shelf.share_id = share.id AND shelf.hall = 'all'
    AND shelf.mode = '*' AND shelf.shape = '*';

-- Servers as the web names them, and how many of their videos it shows.
CREATE TABLE community (
    guild_id INTEGER PRIMARY KEY,
    name TEXT NOT NULL DEFAULT '',
    videos INTEGER NOT NULL DEFAULT 0 CHECK (videos >= 0)
) STRICT;

CREATE INDEX community_size ON community (videos, guild_id) WHERE videos > 0;

CREATE TABLE complaint (
    -- AUTOINCREMENT: buttons name complaints.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    job_id INTEGER NOT NULL REFERENCES job (id),
    -- Whose moderators decide; NULL: the host does.
    guild_id INTEGER,
    -- Who reported it; NULL: a visitor of the page.
    person_id INTEGER REFERENCES person (id),
    reason TEXT NOT NULL CHECK (reason IN ('sexual', 'violence', 'hate', 'likeness', 'rights', 'other')),
    words TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'hidden', 'dismissed')),
    created_at INTEGER NOT NULL,
    closed_at INTEGER CHECK ((closed_at IS NULL) = (state = 'open')),
    closed_by INTEGER REFERENCES person (id),
    -- What moderators read.
    channel_id INTEGER,
    message_id INTEGER,
    -- The message it was reported on, if others see that, too.
    seen_channel_id INTEGER,
    seen_message_id INTEGER,
    CHECK ((seen_channel_id IS NULL) = (seen_message_id IS NULL))
) STRICT;

-- Messages that show a video once more, because its maker asked for it; written before they do.
CREATE TABLE copy (
    message_id INTEGER PRIMARY KEY,
    job_id INTEGER NOT NULL REFERENCES job (id),
    channel_id INTEGER NOT NULL,
    -- Whether others see it, too.
    is_open INTEGER NOT NULL CHECK (is_open IN (0, 1))
) STRICT;

CREATE INDEX copy_of_job ON copy (job_id);

CREATE UNIQUE INDEX complaint_open ON complaint (job_id, coalesce(person_id, 0))
    WHERE state = 'open';
CREATE INDEX complaint_of_job ON complaint (job_id, created_at);
CREATE INDEX complaint_of_person ON complaint (person_id, created_at);

-- What is owed to Discord; forgotten once it is done.
CREATE TABLE errand (
    -- AUTOINCREMENT: an attempt still under way must never meet another errand.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- post a share, recount its votes, report a complaint, remind of a job's end, erase a message.
    kind TEXT NOT NULL CHECK (kind IN ('post', 'recount', 'report', 'remind', 'erase')),
    -- What an erased message was sent for.
    was TEXT CHECK (was IS NULL OR was IN ('post', 'report', 'card') AND kind = 'erase'),
    -- The share, complaint or job it is about.
    subject INTEGER NOT NULL,
    channel_id INTEGER,
    message_id INTEGER,
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    -- Since when an attempt may have taken effect without our knowing: written before it.
    begun_at INTEGER,
    detail TEXT
) STRICT;

CREATE INDEX errand_due ON errand (due_at, id);
CREATE UNIQUE INDEX errand_once ON errand (kind, subject) WHERE kind <> 'erase';

-- Since when the days of `retention_days` are in force: nothing goes without notice.
ALTER TABLE guild ADD COLUMN retention_since INTEGER;
