CREATE TABLE api_keys (
    id               text    COLLATE "C" NOT NULL PRIMARY KEY,
    name             text    NOT NULL,
    role             text    NOT NULL CHECK (role IN ('admin', 'agent', 'analyst', 'customer')),
    customer         text    CHECK ((customer IS NOT NULL) = (role = 'customer')),
    scopes           text    NOT NULL,
    calls_per_minute integer CHECK (calls_per_minute >= 0),
    salt             bytea   NOT NULL CHECK (length(salt) = 16),
    hash             bytea   NOT NULL CHECK (length(hash) = 32),
    created_at       bigint  NOT NULL,
    expires_at       bigint,
    revoked_at       bigint,
    last_used_at     bigint
);
