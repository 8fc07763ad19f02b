CREATE TABLE api_keys (
    id               TEXT    NOT NULL PRIMARY KEY,
    name             TEXT    NOT NULL,
    role             TEXT    NOT NULL CHECK (role IN ('admin', 'agent', 'analyst', 'customer')),
    customer         TEXT    CHECK ((customer IS NOT NULL) = (role = 'customer')),
    scopes           TEXT    NOT NULL,
    calls_per_minute INTEGER CHECK (calls_per_minute >= 0),
    salt             BLOB    NOT NULL CHECK (length(salt) = 16),
    hash             BLOB    NOT NULL CHECK (length(hash) = 32),
    created_at       INTEGER NOT NULL,
    expires_at       INTEGER,
    revoked_at       INTEGER,
    last_used_at     INTEGER
);
