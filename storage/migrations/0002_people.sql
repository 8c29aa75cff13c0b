-- What belongs to people and servers: prices they were told, portraits, choices, server rules.

-- What a clip cost when the provider was asked last.
CREATE TABLE quote (
    engine TEXT NOT NULL,
    model TEXT NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('text', 'image', 'audio')),
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    frames INTEGER NOT NULL,
    price_micro INTEGER NOT NULL CHECK (price_micro >= 0),
    read_at INTEGER NOT NULL,
    PRIMARY KEY (engine, model, mode, width, height, frames)
) STRICT, WITHOUT ROWID;

-- Each price that was asked for, written before it is asked: providers count them by the day.
CREATE TABLE price_read (
    id INTEGER PRIMARY KEY,
    engine TEXT NOT NULL,
    -- Rewritings have a share of the reads of their own, so that they leave those of videos alone.
    for_words INTEGER NOT NULL DEFAULT 0 CHECK (for_words IN (0, 1)),
    at INTEGER NOT NULL
) STRICT;

CREATE INDEX price_read_day ON price_read (engine, at);

CREATE TABLE portrait (
    -- AUTOINCREMENT: drafts name portraits, so a number is never used twice.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES person (id),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 32),
    -- The name as it is compared: case-folded by Python, which knows more letters than SQLite.
    folded TEXT NOT NULL,
    file TEXT NOT NULL UNIQUE,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    anchor TEXT NOT NULL CHECK (anchor IN (
        'centre', 'left', 'right', 'top', 'bottom', 'start', 'end')),
    is_default INTEGER NOT NULL CHECK (is_default IN (0, 1)),
    created_at INTEGER NOT NULL,
    UNIQUE (person_id, folded)
) STRICT;

CREATE UNIQUE INDEX portrait_default ON portrait (person_id) WHERE is_default = 1;

CREATE TABLE preference (
    person_id INTEGER PRIMARY KEY REFERENCES person (id),
    shape TEXT CHECK (shape IN ('wide', 'tall', 'square', 'cinematic')),
    dm_when_done INTEGER NOT NULL DEFAULT 0 CHECK (dm_when_done IN (0, 1)),
    coach INTEGER NOT NULL DEFAULT 1 CHECK (coach IN (0, 1)),
    -- Whether the gallery names who made a video.
    credit_name INTEGER NOT NULL DEFAULT 0 CHECK (credit_name IN (0, 1)),
    -- Whether the tour was shown, which is for the first command only.
    greeted INTEGER NOT NULL DEFAULT 0 CHECK (greeted IN (0, 1))
) STRICT;

CREATE TABLE guild (
    guild_id INTEGER PRIMARY KEY,
    -- Videos a member may make here on one day (UTC); NULL: no cap.
    member_daily INTEGER CHECK (member_daily >= 1),
    menus INTEGER NOT NULL DEFAULT 1 CHECK (menus IN (0, 1)),
    gallery TEXT NOT NULL DEFAULT 'discord' CHECK (gallery IN ('off', 'discord', 'public')),
    -- The bot was taken away from it: nothing of it is public until it is back.
    has_left INTEGER NOT NULL DEFAULT 0 CHECK (has_left IN (0, 1)),
    gallery_channel INTEGER,
    moderation_channel INTEGER,
    -- Days a video is kept; NULL: until somebody deletes it.
    retention_days INTEGER CHECK (retention_days >= 1),
    -- Videos that cost more credits than this are asked about first; NULL: what the host set.
    ask_above INTEGER CHECK (ask_above >= 0)
) STRICT;

-- Where and to whom commands are open; a kind without rows is open to all.
CREATE TABLE guild_opening (
    guild_id INTEGER NOT NULL REFERENCES guild (guild_id),
    kind TEXT NOT NULL CHECK (kind IN ('channel', 'role')),
    target_id INTEGER NOT NULL,
    PRIMARY KEY (guild_id, kind, target_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX job_of_member_here ON job (guild_id, person_id, created_at);
CREATE INDEX job_made_from ON job (made_from, person_id) WHERE made_from IS NOT NULL;

-- Files whose rows are gone, until the files are gone as well.
CREATE TABLE leftover (
    place TEXT NOT NULL CHECK (place IN ('jobs', 'videos', 'portraits')),
    name TEXT NOT NULL,
    PRIMARY KEY (place, name)
) STRICT, WITHOUT ROWID;
