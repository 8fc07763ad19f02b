UPDATE grains g
SET running = false, owner = CASE WHEN s.lease IS NULL THEN NULL ELSE g.owner END,
    expires_at = (SELECT clock_ms(@now::bigint)) + s.lease,
    head_seq = s.seq, head_priority = s.priority, head_due = s.due_at
FROM (
    SELECT x.tid, u.epoch, u.lease, h.seq, h.priority, h.due_at
    FROM unnest(@kinds::text[], @keys::text[], @epochs::bigint[], @leases::bigint[]) AS u (kind, key, epoch, lease)
    CROSS JOIN LATERAL (SELECT y.ctid AS tid, y.owner, y.epoch, y.running FROM grains y WHERE y.kind = u.kind AND y.key = u.key OFFSET 0) AS x
    LEFT JOIN LATERAL (
        SELECT l.seq, l.priority, l.due_at FROM line l
        WHERE l.kind = u.kind AND l.key = u.key AND l.state IN ('ready', 'leased') ORDER BY l.seq LIMIT 1) AS h ON true
    WHERE x.owner = @owner AND x.epoch = u.epoch AND x.running) AS s
WHERE g.ctid = s.tid AND g.owner = @owner AND g.epoch = s.epoch
RETURNING g.head_priority, g.head_due - clock_ms(@now::bigint)
