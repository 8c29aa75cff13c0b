-- How long finished clips took: nothing of whom they were for.
CREATE TABLE timing (
    id INTEGER PRIMARY KEY,
    engine TEXT NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('text', 'image', 'audio')),
    frames INTEGER NOT NULL,
    -- From the engine's handle to the clip's being ready there.
    took_ms INTEGER NOT NULL CHECK (took_ms > 0),
    -- From the engine's handle to the finished video on Talkie's disk.
    whole_ms INTEGER NOT NULL CHECK (whole_ms > 0)
) STRICT;

CREATE INDEX timing_of_kind ON timing (engine, mode, frames, id);
