UPDATE grains g
SET head_seq = h.seq, head_priority = h.priority, head_due = h.due_at
FROM (SELECT DISTINCT t.kind, t.key FROM unnest(@kinds::text[], @keys::text[]) AS t (kind, key)) AS t
CROSS JOIN LATERAL (
    SELECT l.seq, l.priority, l.due_at FROM line l
    WHERE l.kind = t.kind AND l.key = t.key AND l.state IN ('ready', 'leased') ORDER BY l.seq LIMIT 1) AS h
WHERE g.kind = t.kind AND g.key = t.key AND g.head_seq IS NULL
