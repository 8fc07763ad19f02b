UPDATE grains g
SET head_seq = s.seq, head_priority = s.priority, head_due = s.due_at
FROM (
    SELECT x.tid, h.seq, h.priority, h.due_at
    FROM unnest(@kinds::text[], @keys::text[]) AS t (kind, key)
    CROSS JOIN LATERAL (SELECT y.ctid AS tid, y.head_seq FROM grains y WHERE y.kind = t.kind AND y.key = t.key OFFSET 0) AS x
    CROSS JOIN LATERAL (
        SELECT l.seq, l.priority, l.due_at FROM line l
        WHERE l.kind = t.kind AND l.key = t.key AND l.state IN ('ready', 'leased') ORDER BY l.seq LIMIT 1) AS h
    WHERE x.head_seq IS NULL) AS s
WHERE g.ctid = s.tid AND g.head_seq IS NULL
