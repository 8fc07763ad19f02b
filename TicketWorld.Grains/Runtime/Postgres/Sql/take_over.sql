WITH expired AS MATERIALIZED (
    SELECT kind, key, head_seq FROM grains
    WHERE running AND expires_at <= clock_ms(@now::bigint) AND (owner <> @silo OR expires_at <= clock_ms(@now::bigint) - @lease)
    LIMIT 200
    FOR UPDATE SKIP LOCKED),
freed AS (
    UPDATE line l SET state = 'ready', lease_epoch = NULL, interruptions = l.interruptions + 1
    FROM expired e WHERE l.seq = e.head_seq AND l.state = 'leased')
UPDATE grains g SET running = false, owner = NULL, expires_at = NULL, epoch = g.epoch + 1
FROM expired e WHERE g.kind = e.kind AND g.key = e.key AND g.running
