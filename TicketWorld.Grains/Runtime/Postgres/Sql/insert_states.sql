INSERT INTO states (kind, key, name, version, content)
SELECT t.kind, t.key, t.name, 1, t.content
FROM unnest(@kinds::text[], @keys::text[], @names::text[], @contents::bytea[], @epochs::bigint[]) AS t (kind, key, name, content, epoch)
JOIN grains g ON g.kind = t.kind AND g.key = t.key AND g.owner = @owner AND g.epoch = t.epoch AND g.running
ON CONFLICT (kind, key, name) DO NOTHING
