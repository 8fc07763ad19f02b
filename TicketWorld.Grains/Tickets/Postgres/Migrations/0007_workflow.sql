-- What the last run of the workflow says of a ticket; null before one has ended.
ALTER TABLE tickets
    ADD COLUMN category      text,
    ADD COLUMN severity      text CHECK (severity IN ('low', 'medium', 'high', 'critical')),
    ADD COLUMN assigned_team text,
    ADD COLUMN priority      text CHECK (priority IN ('low', 'normal', 'high', 'urgent')),
    ADD COLUMN duplicate_of  text;

CREATE INDEX tickets_team ON tickets (assigned_team, opened_at) WHERE assigned_team IS NOT NULL;

CREATE TABLE workflow_runs (
    batch_id   text COLLATE "C" NOT NULL,
    ticket_id  text COLLATE "C" NOT NULL,
    number     integer NOT NULL CHECK (number >= 1),
    status     text    NOT NULL CHECK (status IN ('running', 'completed')),
    created_at bigint  NOT NULL,
    ended_at   bigint,
    result     text,
    PRIMARY KEY (batch_id, ticket_id, number),
    CHECK ((status = 'completed') = (ended_at IS NOT NULL) AND (status = 'completed') = (result IS NOT NULL))
);
