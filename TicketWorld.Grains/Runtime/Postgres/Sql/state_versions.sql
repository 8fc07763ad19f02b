SELECT s.kind, s.key, s.name, s.version
FROM states s
WHERE (s.kind, s.key) IN (SELECT t.kind, t.key FROM unnest(@kinds::text[], @keys::text[]) AS t (kind, key))
