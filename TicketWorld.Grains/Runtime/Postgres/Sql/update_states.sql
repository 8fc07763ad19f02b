UPDATE states s SET version = s.version + 1, content = t.content
FROM unnest(@kinds::text[], @keys::text[], @names::text[], @contents::bytea[], @versions::bigint[], @epochs::bigint[]) AS t (kind, key, name, content, version, epoch)
JOIN grains g ON g.kind = t.kind AND g.key = t.key AND g.owner = @owner AND g.epoch = t.epoch AND g.running
WHERE s.kind = t.kind AND s.key = t.key AND s.name = t.name AND s.version = t.version
