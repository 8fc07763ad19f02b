WITH given AS (
    SELECT * FROM unnest(@kinds::text[], @keys::text[], @epochs::bigint[]) AS t (kind, key, epoch)),
held AS MATERIALIZED (
    SELECT g.kind, g.key, g.epoch FROM grains g JOIN given t ON g.kind = t.kind AND g.key = t.key AND g.epoch = t.epoch
    WHERE g.owner = @owner AND NOT g.running
    ORDER BY g.kind, g.key
    FOR UPDATE OF g)
UPDATE grains g SET owner = NULL, expires_at = NULL
FROM held h WHERE g.kind = h.kind AND g.key = h.key AND g.owner = @owner AND g.epoch = h.epoch AND NOT g.running
