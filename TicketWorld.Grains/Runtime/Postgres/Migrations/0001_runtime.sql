-- Times are milliseconds since 1970-01-01T00:00:00Z. Every statement takes its time from the database's clock unless the caller gives one,
-- so clocks of silos may differ.
CREATE FUNCTION clock_ms(given bigint) RETURNS bigint LANGUAGE sql VOLATILE
RETURN coalesce(given, (extract(epoch FROM clock_timestamp()) * 1000)::bigint);

-- One row for each grain that ever had a message: its lease, and a copy of the head of its line, by which it is claimed.
CREATE TABLE grains (
    kind          text COLLATE "C"     NOT NULL,
    key           text COLLATE "C"     NOT NULL,
    epoch         bigint   NOT NULL DEFAULT 0 CHECK (epoch >= 0),
    owner         text,
    expires_at    bigint,
    running       boolean  NOT NULL DEFAULT false,
    head_seq      bigint,
    head_priority smallint CHECK (head_priority BETWEEN 0 AND 2),
    head_due      bigint,
    PRIMARY KEY (kind, key),
    CHECK ((owner IS NULL) = (expires_at IS NULL)),
    CHECK (NOT running OR (owner IS NOT NULL AND head_seq IS NOT NULL)),
    CHECK ((head_seq IS NULL) = (head_priority IS NULL) AND (head_seq IS NULL) = (head_due IS NULL))
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);

CREATE INDEX grains_waiting ON grains (head_priority, head_due, head_seq) WHERE head_seq IS NOT NULL AND NOT running;
CREATE INDEX grains_running ON grains (expires_at) WHERE running;

-- What a message says, and how it ended. Written once and ended once; the row stays until it is purged, and with it the message's identity.
CREATE TABLE messages (
    id            text COLLATE "C"     NOT NULL CHECK (length(id) BETWEEN 1 AND 200),
    kind          text COLLATE "C"     NOT NULL,
    key           text COLLATE "C"     NOT NULL,
    method        text     NOT NULL,
    arguments     text     NOT NULL,
    priority      smallint NOT NULL CHECK (priority BETWEEN 0 AND 2),
    awaited       boolean  NOT NULL,
    created_at    bigint   NOT NULL,
    reply_kind    text,
    reply_key     text,
    reply_method  text,
    reply_tag     text,
    trace_parent  text,
    ended_at      bigint,
    result        text,
    error_type    text,
    error_message text,
    error_code    text,
    PRIMARY KEY (id),
    CHECK (result IS NULL OR error_code IS NULL),
    CHECK (ended_at IS NOT NULL OR (result IS NULL AND error_code IS NULL)),
    CHECK ((reply_kind IS NULL) = (reply_key IS NULL) AND (reply_kind IS NULL) = (reply_method IS NULL))
) WITH (fillfactor = 80);

-- A range index takes no part in updates, so ending a message stays within its page.
CREATE INDEX messages_ended ON messages USING brin (ended_at) WITH (pages_per_range = 16);

-- The messages that have not ended: small and hot, whatever the history holds.
CREATE TABLE line (
    seq           bigint   GENERATED ALWAYS AS IDENTITY (CACHE 1) PRIMARY KEY,
    message_id    text COLLATE "C"     NOT NULL,
    kind          text COLLATE "C"     NOT NULL,
    key           text COLLATE "C"     NOT NULL,
    priority      smallint NOT NULL CHECK (priority BETWEEN 0 AND 2),
    state         text     NOT NULL CHECK (state IN ('delayed', 'ready', 'leased')),
    due_at        bigint   NOT NULL,
    attempts      integer  NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    interruptions integer  NOT NULL DEFAULT 0 CHECK (interruptions >= 0),
    lease_epoch   bigint,
    CHECK ((state = 'leased') = (lease_epoch IS NOT NULL))
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);

CREATE INDEX line_order ON line (kind, key, seq) WHERE state IN ('ready', 'leased');
CREATE INDEX line_delayed ON line (due_at, seq) WHERE state = 'delayed';

-- The messages that failed at every attempt.
CREATE TABLE parked (
    message_id   text COLLATE "C"    PRIMARY KEY REFERENCES messages (id),
    parked_at    bigint  NOT NULL,
    attempts     integer NOT NULL CHECK (attempts >= 0),
    error_detail text    NOT NULL
);

CREATE INDEX parked_longest ON parked (parked_at, message_id);

CREATE TABLE states (
    kind    text COLLATE "C"   NOT NULL,
    key     text COLLATE "C"   NOT NULL,
    name    text COLLATE "C"   NOT NULL,
    version bigint NOT NULL CHECK (version >= 1),
    content bytea  NOT NULL,
    PRIMARY KEY (kind, key, name)
) WITH (fillfactor = 80);

-- The parts of chunked results that a turn's commit has named; pieces under any other epoch do not count.
CREATE TABLE kept_chunks (
    batch text COLLATE "C"   NOT NULL,
    chunk text COLLATE "C"   NOT NULL,
    epoch bigint NOT NULL CHECK (epoch >= 1),
    bytes bigint NOT NULL CHECK (bytes >= 0),
    PRIMARY KEY (batch, chunk)
);

CREATE TABLE pieces (
    batch   text COLLATE "C"    NOT NULL,
    chunk   text COLLATE "C"    NOT NULL,
    epoch   bigint  NOT NULL CHECK (epoch >= 1),
    number  integer NOT NULL CHECK (number >= 0),
    content bytea   COMPRESSION lz4 NOT NULL,
    PRIMARY KEY (batch, chunk, epoch, number)
);

-- When each chunk's writing began: one that no commit has named long after is of a turn that was lost.
CREATE TABLE written_chunks (
    batch      text COLLATE "C"   NOT NULL,
    chunk      text COLLATE "C"   NOT NULL,
    epoch      bigint NOT NULL,
    written_at bigint NOT NULL,
    PRIMARY KEY (batch, chunk, epoch)
);
