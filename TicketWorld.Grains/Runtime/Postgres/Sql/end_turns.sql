UPDATE grains g
SET running = false, owner = CASE WHEN t.lease IS NULL THEN NULL ELSE g.owner END,
    expires_at = clock_ms(@now::bigint) + t.lease,
    head_seq = t.seq, head_priority = t.priority, head_due = t.due_at
FROM (
    SELECT u.kind, u.key, u.epoch, u.lease, h.seq, h.priority, h.due_at
    FROM unnest(@kinds::text[], @keys::text[], @epochs::bigint[], @leases::bigint[]) AS u (kind, key, epoch, lease)
    LEFT JOIN LATERAL (
        SELECT l.seq, l.priority, l.due_at FROM line l
        WHERE l.kind = u.kind AND l.key = u.key AND l.state IN ('ready', 'leased') ORDER BY l.seq LIMIT 1) AS h ON true) AS t
WHERE g.kind = t.kind AND g.key = t.key AND g.owner = @owner AND g.epoch = t.epoch AND g.running
RETURNING g.head_priority, g.head_due - clock_ms(@now::bigint)
