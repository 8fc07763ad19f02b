CREATE TABLE batches (
    batch_id     text COLLATE "C"    PRIMARY KEY,
    created_at   bigint  NOT NULL,
    status       text    NOT NULL CHECK (status IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
    chunks_ready integer NOT NULL CHECK (chunks_ready >= 0),
    content      text    NOT NULL
) WITH (fillfactor = 70);

CREATE INDEX batches_newest ON batches (created_at, batch_id);

CREATE TABLE batch_files (
    batch_id     text COLLATE "C"    NOT NULL REFERENCES batches (batch_id),
    position     integer NOT NULL,
    name         text    NOT NULL,
    size         bigint  NOT NULL CHECK (size >= 0),
    sha256       text    NOT NULL CHECK (length(sha256) = 64),
    content_type text    NOT NULL,
    PRIMARY KEY (batch_id, name)
);
