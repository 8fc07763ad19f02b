SELECT id AS Id, name AS Name, role AS Role, customer AS Customer, scopes AS Scopes, calls_per_minute AS CallsPerMinute, salt AS Salt, hash AS Hash,
    created_at AS CreatedAt, expires_at AS ExpiresAt, revoked_at AS RevokedAt, last_used_at AS LastUsedAt
FROM api_keys WHERE id = @id
