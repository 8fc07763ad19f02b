-- What the last run of the workflow says of a ticket; null before one has ended.
ALTER TABLE tickets ADD COLUMN category TEXT;
ALTER TABLE tickets ADD COLUMN severity TEXT CHECK (severity IN ('low', 'medium', 'high', 'critical'));
ALTER TABLE tickets ADD COLUMN assigned_team TEXT;
ALTER TABLE tickets ADD COLUMN priority TEXT CHECK (priority IN ('low', 'normal', 'high', 'urgent'));
ALTER TABLE tickets ADD COLUMN duplicate_of TEXT;

CREATE INDEX tickets_team ON tickets (assigned_team, opened_at) WHERE assigned_team IS NOT NULL;

CREATE TABLE workflow_runs (
    batch_id   TEXT    NOT NULL,
    ticket_id  TEXT    NOT NULL,
    number     INTEGER NOT NULL CHECK (number >= 1),
    status     TEXT    NOT NULL CHECK (status IN ('running', 'completed')),
    created_at INTEGER NOT NULL,
    ended_at   INTEGER,
    result     TEXT,
    PRIMARY KEY (batch_id, ticket_id, number),
    CHECK ((status = 'completed') = (ended_at IS NOT NULL) AND (status = 'completed') = (result IS NOT NULL))
);
