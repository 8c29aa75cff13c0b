-- People, credits, jobs, provider calls, videos and deliveries.
-- Times are milliseconds since 1970 (UTC), money is micro-dollars, credits are whole numbers.

CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    -- The only place that knows a Discord id: erasing a person never touches the ledger.
    discord_id INTEGER UNIQUE,
    created_at INTEGER NOT NULL,
    -- When a direct message of theirs was last answered with the commands there are.
    directed_at INTEGER
) STRICT;

-- The house issues credits and receives what jobs cost.
INSERT INTO person (id, discord_id, created_at) VALUES (1, NULL, 0);

CREATE TABLE account (
    person_id INTEGER NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL CHECK (kind IN ('available', 'held', 'issued', 'spent')),
    balance INTEGER NOT NULL DEFAULT 0 CHECK (kind = 'issued' OR balance >= 0),
    PRIMARY KEY (person_id, kind),
    CHECK ((person_id = 1) = (kind IN ('issued', 'spent')))
) STRICT, WITHOUT ROWID;

INSERT INTO account (person_id, kind) VALUES (1, 'issued'), (1, 'spent');

CREATE TABLE job (
    -- AUTOINCREMENT: file names and buttons name jobs, so a number is never used twice.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES person (id),
    -- One interaction makes at most one job; NULL for jobs that did not come from Discord.
    interaction_id INTEGER UNIQUE,
    guild_id INTEGER,
    -- Asked for in a channel for adults, or made from such a video: no public page shows it.
    age_restricted INTEGER NOT NULL DEFAULT 0 CHECK (age_restricted IN (0, 1)),
    state TEXT NOT NULL CHECK (
        state IN ('queued', 'waiting', 'active', 'done', 'failed', 'cancelled')),
    mode TEXT NOT NULL CHECK (mode IN ('text', 'image', 'audio')),
    prompt TEXT NOT NULL,
    shape TEXT NOT NULL,
    size TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    kept_height INTEGER NOT NULL,
    frames INTEGER NOT NULL,
    seed INTEGER NOT NULL,
    -- Pinned at intake: a restart under another engine never moves a job.
    engine TEXT NOT NULL,
    model TEXT NOT NULL,
    -- The folder of the prepared inputs below the data directory.
    folder TEXT NOT NULL UNIQUE,
    price_micro INTEGER NOT NULL CHECK (price_micro >= 0),
    hold INTEGER NOT NULL CHECK (hold >= 0),
    charge INTEGER CHECK (charge BETWEEN 0 AND hold),
    lease_owner TEXT,
    lease_until INTEGER,
    fence INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER CHECK ((due_at IS NOT NULL) = (state = 'waiting')),
    -- When it was last put aside: a clock that shows less than that was set back since.
    delayed_at INTEGER,
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER CHECK ((ended_at IS NOT NULL) = (state IN ('done', 'failed', 'cancelled'))),
    reason TEXT,
    incident TEXT,
    -- The job whose button (Again, Remix) asked for this one.
    made_from INTEGER REFERENCES job (id),
    -- Taken away: the row stays for the receipt, without prompt, inputs and video.
    deleted_at INTEGER CHECK (deleted_at IS NULL OR ended_at IS NOT NULL AND prompt = '')
) STRICT;

CREATE INDEX job_head ON job (person_id, id) WHERE state = 'queued';
CREATE INDEX job_due ON job (due_at) WHERE state = 'waiting';
CREATE INDEX job_live ON job (lease_until) WHERE state = 'active';
CREATE INDEX job_mine ON job (person_id, id);
CREATE INDEX job_of_guild ON job (guild_id, state);
CREATE INDEX job_open ON job (created_at) WHERE state IN ('queued', 'waiting', 'active');

CREATE TABLE input (
    job_id INTEGER NOT NULL REFERENCES job (id),
    role TEXT NOT NULL CHECK (role IN (
        'first_image', 'last_image', 'drive_wav', 'drive_mp3', 'clean_wav')),
    file TEXT NOT NULL,
    PRIMARY KEY (job_id, role)
) STRICT, WITHOUT ROWID;

-- Double entry: the amounts of each (ref, kind) sum to zero.
CREATE TABLE entry (
    id INTEGER PRIMARY KEY,
    ref TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN (
        'welcome', 'daily', 'grant', 'adjust', 'hold', 'settle', 'release')),
    person_id INTEGER NOT NULL,
    account TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount <> 0),
    job_id INTEGER REFERENCES job (id),
    at INTEGER NOT NULL,
    UNIQUE (ref, kind, account),
    FOREIGN KEY (person_id, account) REFERENCES account (person_id, kind)
) STRICT;

CREATE INDEX entry_of_person ON entry (person_id, account, id);

CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
-- What a job takes out of its hold is never more than what was put in.
CREATE TRIGGER entry_stays_within_hold BEFORE INSERT ON entry
WHEN NEW.account = 'held' AND NEW.amount < 0 AND NEW.amount + (
    SELECT coalesce(sum(amount), 0) FROM entry WHERE ref = NEW.ref AND account = 'held') < 0
BEGIN SELECT RAISE(ABORT, 'more than was held'); END;

-- One lane a member, so that the claim looks at members, never through all their jobs.
CREATE TABLE lane (
    person_id INTEGER PRIMARY KEY REFERENCES person (id),
    queued INTEGER NOT NULL DEFAULT 0 CHECK (queued >= 0),
    queued_frames INTEGER NOT NULL DEFAULT 0 CHECK (queued_frames >= 0),
    running INTEGER NOT NULL DEFAULT 0 CHECK (running >= 0),
    running_cap INTEGER NOT NULL,
    turn INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX lane_ready ON lane (turn, person_id) WHERE queued > 0 AND running < running_cap;

CREATE TABLE gate (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    running INTEGER NOT NULL DEFAULT 0 CHECK (running >= 0),
    running_cap INTEGER NOT NULL DEFAULT 1,
    -- What a new member's lane starts with.
    lane_cap INTEGER NOT NULL DEFAULT 1,
    served INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO gate (id) VALUES (1);

-- Each paid provider call is a row of its own, written before the call is made.
CREATE TABLE call (
    id INTEGER PRIMARY KEY,
    job_id INTEGER NOT NULL REFERENCES job (id),
    stage TEXT NOT NULL CHECK (stage IN ('render', 'speech')),
    attempt INTEGER NOT NULL,
    engine TEXT NOT NULL,
    model TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN (
        'intended', 'started', 'doubt', 'rendered', 'done', 'not_started', 'failed')),
    handle TEXT,
    fence INTEGER NOT NULL,
    price_micro INTEGER NOT NULL,
    charged_micro INTEGER,
    -- Where the provider may report, and the secret it signs with: nobody else knows them.
    hook TEXT NOT NULL UNIQUE,
    hook_secret TEXT NOT NULL,
    -- A request id that a signed report named before the answer did.
    hinted TEXT,
    -- The account just before the request; whether it moved tells whether it was charged.
    balance_before INTEGER,
    intent_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER,
    detail TEXT,
    UNIQUE (job_id, stage, attempt),
    UNIQUE (engine, handle)
) STRICT;

CREATE INDEX call_day ON call (engine, intent_at);
CREATE INDEX call_of_job ON call (job_id, attempt);
-- At most one call of a job and stage can be under way, one in doubt included.
CREATE UNIQUE INDEX call_live ON call (job_id, stage) WHERE state IN (
    'intended', 'started', 'doubt', 'rendered');

CREATE TABLE video (
    id INTEGER PRIMARY KEY,
    job_id INTEGER NOT NULL UNIQUE REFERENCES job (id),
    -- The unguessable name of its page on the web; NULL once its owner took the page back.
    slug TEXT UNIQUE,
    file TEXT NOT NULL UNIQUE,
    poster TEXT NOT NULL UNIQUE,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    frames INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    -- When and by whom moderators hid it: its page leads nowhere, and no list shows it.
    hidden_at INTEGER,
    hidden_by INTEGER REFERENCES person (id),
    -- When it was shared no longer: from then on its server's days are counted anew.
    released_at INTEGER,
    -- When its maker was reminded that it goes soon.
    reminded_at INTEGER
) STRICT;

-- Where a job was asked for, and the message that says how it stands.
CREATE TABLE reply (
    job_id INTEGER PRIMARY KEY REFERENCES job (id),
    application_id INTEGER NOT NULL,
    token TEXT,
    token_until INTEGER NOT NULL,
    channel_id INTEGER,
    message_id INTEGER,
    bot_is_present INTEGER NOT NULL CHECK (bot_is_present IN (0, 1)),
    ephemeral INTEGER NOT NULL CHECK (ephemeral IN (0, 1)),
    limit_bytes INTEGER NOT NULL,
    -- When the reply is to get the button that outlives its token; NULL once that is settled.
    offer_at INTEGER,
    -- Whether it has the button now.
    offered INTEGER NOT NULL DEFAULT 0 CHECK (offered IN (0, 1))
) STRICT;

CREATE INDEX reply_token ON reply (token_until) WHERE token IS NOT NULL;
CREATE INDEX reply_offer ON reply (offer_at) WHERE offer_at IS NOT NULL;

-- Where an answer says that a video comes, before there is a job: a Talkie that dies meanwhile
-- leaves the row, and the next one says what became of it.
CREATE TABLE promise (
    interaction_id INTEGER PRIMARY KEY,
    -- Which run of Talkie gave it.
    run TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    application_id INTEGER NOT NULL,
    token TEXT,
    token_until INTEGER NOT NULL,
    channel_id INTEGER,
    message_id INTEGER,
    bot_is_present INTEGER NOT NULL CHECK (bot_is_present IN (0, 1)),
    ephemeral INTEGER NOT NULL CHECK (ephemeral IN (0, 1)),
    limit_bytes INTEGER NOT NULL,
    offered INTEGER NOT NULL CHECK (offered IN (0, 1)),
    -- The draft that the answer shows, or is about to show: told of by showing it again.
    draft INTEGER
) STRICT;

CREATE TABLE delivery (
    -- AUTOINCREMENT: an attempt still under way must never meet another job's delivery.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    job_id INTEGER NOT NULL UNIQUE REFERENCES job (id),
    state TEXT NOT NULL CHECK (state IN ('owed', 'shown', 'stranded')),
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    -- The rungs of the ladder that failed for good, separated by spaces.
    failed_rungs TEXT NOT NULL DEFAULT '',
    -- Since when an attempt may have taken effect without our knowing: written before it.
    begun_at INTEGER,
    -- The permission whose lack made a rung fail.
    missing TEXT,
    message_id INTEGER,
    detail TEXT,
    created_at INTEGER NOT NULL,
    shown_at INTEGER,
    -- The member is still to be told of the edit they were shown by; begun before it is sent.
    ping_due_at INTEGER,
    ping_begun INTEGER NOT NULL DEFAULT 0 CHECK (ping_begun IN (0, 1)),
    -- The waiting message is still to say that the news are elsewhere.
    tidy_due_at INTEGER
) STRICT;

CREATE INDEX delivery_owed ON delivery (due_at) WHERE state = 'owed';
CREATE INDEX delivery_ping ON delivery (ping_due_at) WHERE ping_due_at IS NOT NULL;
CREATE INDEX delivery_tidy ON delivery (tidy_due_at) WHERE tidy_due_at IS NOT NULL;

-- Reports that were heeded, so that a repetition changes nothing.
CREATE TABLE report (
    delivery_id TEXT PRIMARY KEY,
    call_id INTEGER NOT NULL REFERENCES call (id),
    event TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- An engine takes no new calls for now: one mode or speech at its limit, or ('*') the whole account.
CREATE TABLE pause (
    engine TEXT NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('text', 'image', 'audio', 'speech', '*')),
    until INTEGER NOT NULL,
    -- When it last failed: a clock that shows less than that was set back since.
    since INTEGER NOT NULL,
    failures INTEGER NOT NULL DEFAULT 1,
    reason TEXT NOT NULL,
    -- Whether the owner was told; only of what they can put right.
    told INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1)),
    PRIMARY KEY (engine, mode)
) STRICT, WITHOUT ROWID;

-- What a member was asked about before it became a job ("use the first 10 s?").
CREATE TABLE draft (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person_id INTEGER NOT NULL REFERENCES person (id),
    wish TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- Small facts about this installation, such as the hash of the synced commands.
CREATE TABLE fact (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
