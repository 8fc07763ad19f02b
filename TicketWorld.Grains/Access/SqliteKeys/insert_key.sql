INSERT INTO api_keys (id, name, role, customer, scopes, calls_per_minute, salt, hash, created_at, expires_at)
VALUES (@id, @name, @role, @customer, @scopes, @calls_per_minute, @salt, @hash, @created_at, @expires_at)
ON CONFLICT (id) DO NOTHING
