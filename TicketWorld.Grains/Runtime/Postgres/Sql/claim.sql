WITH due AS MATERIALIZED (
    SELECT ctid AS tid FROM grains
    WHERE head_seq IS NOT NULL AND NOT running AND head_priority = @priority AND head_due <= (SELECT clock_ms(@now::bigint))
      AND (owner IS NULL OR owner = @silo OR expires_at <= (SELECT clock_ms(@now::bigint)))
    ORDER BY head_due, head_seq
    LIMIT @max
    FOR UPDATE SKIP LOCKED),
claimed AS (
    UPDATE grains g
    SET running = true, epoch = CASE WHEN g.owner = @silo THEN g.epoch ELSE g.epoch + 1 END, owner = @silo, expires_at = (SELECT clock_ms(@now::bigint)) + @lease
    FROM due WHERE g.ctid = due.tid
    RETURNING g.epoch, g.head_seq),
heads AS (
    SELECT c.epoch, l.tid, l.state
    FROM claimed c CROSS JOIN LATERAL (SELECT x.ctid AS tid, x.state FROM line x WHERE x.seq = c.head_seq OFFSET 0) AS l),
leased AS (
    UPDATE line l SET state = 'leased', lease_epoch = h.epoch
    FROM heads h WHERE l.ctid = h.tid AND h.state = 'ready' AND l.lease_epoch IS NULL
    RETURNING l.kind, l.key, h.epoch, l.seq, l.message_id, l.attempts, l.interruptions)
SELECT l.kind, l.key, l.epoch, l.seq, m.id, m.method, m.arguments, l.attempts, l.interruptions,
       m.reply_kind, m.reply_key, m.reply_method, m.reply_tag, m.trace_parent
FROM leased l CROSS JOIN LATERAL (SELECT x.* FROM messages x WHERE x.id = l.message_id OFFSET 0) AS m
ORDER BY l.seq
