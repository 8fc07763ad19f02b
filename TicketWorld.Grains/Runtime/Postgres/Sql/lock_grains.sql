SELECT g.kind, g.key, g.owner, g.epoch, g.running, g.head_seq
FROM (SELECT u.kind, u.key FROM unnest(@kinds::text[], @keys::text[]) AS u (kind, key) ORDER BY u.kind COLLATE "C", u.key COLLATE "C" OFFSET 0) AS t
CROSS JOIN LATERAL (
    SELECT x.kind, x.key, x.owner, x.epoch, x.running, x.head_seq FROM grains x WHERE x.kind = t.kind AND x.key = t.key FOR UPDATE) AS g
