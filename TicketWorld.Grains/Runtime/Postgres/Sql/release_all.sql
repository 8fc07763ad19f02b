WITH held AS MATERIALIZED (
    SELECT kind, key FROM grains WHERE owner = @owner AND NOT running ORDER BY kind, key FOR UPDATE)
UPDATE grains g SET owner = NULL, expires_at = NULL
FROM held h WHERE g.kind = h.kind AND g.key = h.key AND g.owner = @owner AND NOT g.running
