-- The line that a job lets an engine speak before its video can be rendered.
CREATE TABLE speech (
    job_id INTEGER PRIMARY KEY REFERENCES job (id),
    line TEXT NOT NULL,
    voice TEXT NOT NULL,
    language TEXT NOT NULL,
    model TEXT NOT NULL,
    -- What the spoken line was quoted at; the job's own price is that of its video.
    price_micro INTEGER NOT NULL CHECK (price_micro >= 0),
    -- What a credit paid for when the job was accepted: its charge is reckoned with no other.
    credit_micro INTEGER NOT NULL CHECK (credit_micro > 0),
    -- When the spoken line lay in the job's folder, so that it is never bought again.
    done_at INTEGER
) STRICT;
