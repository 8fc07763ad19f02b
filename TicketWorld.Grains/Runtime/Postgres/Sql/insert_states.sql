INSERT INTO states (kind, key, name, version, content)
SELECT t.kind, t.key, t.name, 1, t.content
FROM unnest(@kinds::text[], @keys::text[], @names::text[], @contents::bytea[], @epochs::bigint[]) AS t (kind, key, name, content, epoch)
CROSS JOIN LATERAL (SELECT y.owner, y.epoch, y.running FROM grains y WHERE y.kind = t.kind AND y.key = t.key OFFSET 0) AS g
WHERE g.owner = @owner AND g.epoch = t.epoch AND g.running
ON CONFLICT (kind, key, name) DO NOTHING
