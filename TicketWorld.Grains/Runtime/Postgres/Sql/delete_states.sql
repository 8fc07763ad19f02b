DELETE FROM states s
USING unnest(@kinds::text[], @keys::text[], @names::text[], @versions::bigint[], @epochs::bigint[]) AS t (kind, key, name, version, epoch)
JOIN grains g ON g.kind = t.kind AND g.key = t.key AND g.owner = @owner AND g.epoch = t.epoch AND g.running
WHERE s.kind = t.kind AND s.key = t.key AND s.name = t.name AND s.version = t.version
