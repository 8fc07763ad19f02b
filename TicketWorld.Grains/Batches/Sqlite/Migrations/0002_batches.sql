CREATE TABLE batches (
    batch_id     TEXT    PRIMARY KEY,
    created_at   INTEGER NOT NULL,
    status       TEXT    NOT NULL CHECK (status IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
    chunks_ready INTEGER NOT NULL CHECK (chunks_ready >= 0),
    content      TEXT    NOT NULL
);

CREATE INDEX batches_newest ON batches (created_at, batch_id);

CREATE TABLE batch_files (
    batch_id     TEXT    NOT NULL REFERENCES batches (batch_id),
    position     INTEGER NOT NULL,
    name         TEXT    NOT NULL,
    size         INTEGER NOT NULL CHECK (size >= 0),
    sha256       TEXT    NOT NULL CHECK (length(sha256) = 64),
    content_type TEXT    NOT NULL,
    PRIMARY KEY (batch_id, name)
);
