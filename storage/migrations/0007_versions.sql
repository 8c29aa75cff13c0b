-- The words a member gave for a video, where other words were sent for it.
CREATE TABLE version (
    job_id INTEGER PRIMARY KEY REFERENCES job (id),
    own TEXT NOT NULL,
    author TEXT NOT NULL CHECK (author IN ('coach', 'builder', 'engine')),
    -- The parts of a prompt that the builder added, in its order: 'camera sound'.
    added TEXT NOT NULL DEFAULT '',
    -- What the rewriting was quoted at; the house pays it, never the member.
    price_micro INTEGER NOT NULL DEFAULT 0 CHECK (price_micro >= 0)
) STRICT;

-- Every time an engine was asked to rewrite somebody's words: a row before each paid request.
CREATE TABLE rewriting (
    id INTEGER PRIMARY KEY,
    person_id INTEGER NOT NULL REFERENCES person (id),
    -- The words go when their draft does, and no number of a draft is used twice.
    draft INTEGER NOT NULL,
    engine TEXT NOT NULL,
    model TEXT NOT NULL,
    words TEXT NOT NULL,
    answer TEXT,
    state TEXT NOT NULL CHECK (state IN ('intended', 'done', 'refused', 'lost')),
    price_micro INTEGER NOT NULL CHECK (price_micro >= 0),
    intent_at INTEGER NOT NULL,
    ended_at INTEGER,
    CHECK ((state = 'intended') = (ended_at IS NULL)),
    CHECK (answer IS NULL OR state = 'done')
) STRICT;
CREATE INDEX rewriting_person ON rewriting (person_id, intent_at);
CREATE INDEX rewriting_draft ON rewriting (draft);
CREATE INDEX rewriting_engine ON rewriting (engine, intent_at);
