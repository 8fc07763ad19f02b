WITH expired AS MATERIALIZED (
    SELECT ctid AS tid, head_seq FROM grains
    WHERE running AND expires_at <= (SELECT clock_ms(@now::bigint)) AND (owner <> @silo OR expires_at <= (SELECT clock_ms(@now::bigint)) - @lease)
    LIMIT 200
    FOR UPDATE SKIP LOCKED),
freed AS (
    UPDATE line l SET state = 'ready', lease_epoch = NULL, interruptions = l.interruptions + 1
    FROM (SELECT h.tid, h.state FROM expired e CROSS JOIN LATERAL (SELECT x.ctid AS tid, x.state FROM line x WHERE x.seq = e.head_seq OFFSET 0) AS h) AS h
    WHERE l.ctid = h.tid AND h.state = 'leased' AND l.lease_epoch IS NOT NULL)
UPDATE grains g SET running = false, owner = NULL, expires_at = NULL, epoch = g.epoch + 1
FROM expired e WHERE g.ctid = e.tid
