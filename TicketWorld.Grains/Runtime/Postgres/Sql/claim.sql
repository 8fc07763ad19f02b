WITH due AS MATERIALIZED (
    SELECT kind, key FROM grains
    WHERE head_seq IS NOT NULL AND NOT running AND head_priority = @priority AND head_due <= clock_ms(@now::bigint)
      AND (owner IS NULL OR owner = @silo OR expires_at <= clock_ms(@now::bigint))
    ORDER BY head_due, head_seq
    LIMIT @max
    FOR UPDATE SKIP LOCKED),
claimed AS (
    UPDATE grains g
    SET running = true, epoch = CASE WHEN g.owner = @silo THEN g.epoch ELSE g.epoch + 1 END, owner = @silo, expires_at = clock_ms(@now::bigint) + @lease
    FROM due WHERE g.kind = due.kind AND g.key = due.key
    RETURNING g.kind, g.key, g.epoch, g.head_seq),
leased AS (
    UPDATE line l SET state = 'leased', lease_epoch = c.epoch
    FROM claimed c WHERE l.seq = c.head_seq AND l.state = 'ready'
    RETURNING l.seq, l.message_id, l.attempts, l.interruptions, c.kind, c.key, c.epoch)
SELECT l.kind, l.key, l.epoch, l.seq, m.id, m.method, m.arguments, l.attempts, l.interruptions,
       m.reply_kind, m.reply_key, m.reply_method, m.reply_tag, m.trace_parent
FROM leased l JOIN messages m ON m.id = l.message_id
ORDER BY l.seq
