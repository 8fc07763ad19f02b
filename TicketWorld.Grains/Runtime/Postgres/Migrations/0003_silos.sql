-- What each silo says of itself every two seconds. For display only: nothing is decided by it.
CREATE TABLE silos (
    silo_id          text COLLATE "C"  PRIMARY KEY,
    name             text             NOT NULL,
    process_id       integer          NOT NULL CHECK (process_id > 0),
    started_at       bigint           NOT NULL,
    heartbeat_at     bigint           NOT NULL,
    turns_done       bigint           NOT NULL CHECK (turns_done >= 0),
    turns_running    integer          NOT NULL CHECK (turns_running >= 0),
    turns_per_second double precision NOT NULL CHECK (turns_per_second >= 0),
    stopping         boolean          NOT NULL
) WITH (fillfactor = 50);
