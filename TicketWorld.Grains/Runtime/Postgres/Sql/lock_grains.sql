SELECT g.kind, g.key, g.owner, g.epoch, g.running, g.head_seq
FROM grains g
WHERE (g.kind, g.key) IN (SELECT t.kind, t.key FROM unnest(@kinds::text[], @keys::text[]) AS t (kind, key))
ORDER BY g.kind, g.key
FOR UPDATE
