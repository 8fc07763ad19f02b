-- A fourth priority: turns that wait for something outside, such as a model. SQLite changes a CHECK only by making the table anew.
CREATE TABLE new_grains (
    kind          TEXT    NOT NULL,
    key           TEXT    NOT NULL,
    epoch         INTEGER NOT NULL DEFAULT 0 CHECK (epoch >= 0),
    owner         TEXT,
    expires_at    INTEGER,
    running       INTEGER NOT NULL DEFAULT 0 CHECK (running IN (0, 1)),
    head_seq      INTEGER,
    head_priority INTEGER CHECK (head_priority BETWEEN 0 AND 3),
    head_due      INTEGER,
    PRIMARY KEY (kind, key),
    CHECK ((owner IS NULL) = (expires_at IS NULL)),
    CHECK (running = 0 OR (owner IS NOT NULL AND head_seq IS NOT NULL)),
    CHECK ((head_seq IS NULL) = (head_priority IS NULL) AND (head_seq IS NULL) = (head_due IS NULL))
) WITHOUT ROWID;

INSERT INTO new_grains (kind, key, epoch, owner, expires_at, running, head_seq, head_priority, head_due)
SELECT kind, key, epoch, owner, expires_at, running, head_seq, head_priority, head_due
FROM grains;
DROP TABLE grains;
ALTER TABLE new_grains RENAME TO grains;
CREATE INDEX grains_waiting ON grains (head_priority, head_due, head_seq) WHERE head_seq IS NOT NULL AND running = 0;
CREATE INDEX grains_running ON grains (expires_at) WHERE running = 1;

CREATE TABLE new_messages (
    seq           INTEGER PRIMARY KEY,
    id            TEXT    NOT NULL UNIQUE CHECK (length(id) BETWEEN 1 AND 200),
    kind          TEXT    NOT NULL,
    key           TEXT    NOT NULL,
    method        TEXT    NOT NULL,
    arguments     TEXT    NOT NULL,
    priority      INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 3),
    state         TEXT    NOT NULL CHECK (state IN ('delayed', 'ready', 'leased', 'done', 'parked')),
    created_at    INTEGER NOT NULL,
    due_at        INTEGER NOT NULL,
    attempts      INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    interruptions INTEGER NOT NULL DEFAULT 0 CHECK (interruptions >= 0),
    lease_epoch   INTEGER,
    reply_kind    TEXT,
    reply_key     TEXT,
    reply_method  TEXT,
    reply_tag     TEXT,
    trace_parent  TEXT,
    ended_at      INTEGER,
    result        TEXT,
    error_type    TEXT,
    error_message TEXT,
    error_code    TEXT,
    error_detail  TEXT,
    CHECK ((state = 'leased') = (lease_epoch IS NOT NULL)),
    CHECK ((state IN ('done', 'parked')) = (ended_at IS NOT NULL)),
    CHECK (state <> 'parked' OR error_code IS NOT NULL),
    CHECK (result IS NULL OR error_code IS NULL),
    CHECK ((reply_kind IS NULL) = (reply_key IS NULL) AND (reply_kind IS NULL) = (reply_method IS NULL))
);

INSERT INTO new_messages (seq, id, kind, key, method, arguments, priority, state, created_at, due_at, attempts, interruptions, lease_epoch, reply_kind, reply_key, reply_method, reply_tag, trace_parent, ended_at, result, error_type, error_message, error_code, error_detail)
SELECT seq, id, kind, key, method, arguments, priority, state, created_at, due_at, attempts, interruptions, lease_epoch, reply_kind, reply_key, reply_method, reply_tag, trace_parent, ended_at, result, error_type, error_message, error_code, error_detail
FROM messages;
DROP TABLE messages;
ALTER TABLE new_messages RENAME TO messages;
CREATE INDEX messages_line ON messages (kind, key, seq) WHERE state IN ('ready', 'leased');
CREATE INDEX messages_delayed ON messages (due_at, seq) WHERE state = 'delayed';
CREATE INDEX messages_parked ON messages (ended_at, seq) WHERE state = 'parked';
CREATE INDEX messages_done ON messages (ended_at) WHERE state = 'done';
