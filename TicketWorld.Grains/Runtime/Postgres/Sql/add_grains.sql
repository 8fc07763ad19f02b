INSERT INTO grains (kind, key)
SELECT t.kind, t.key FROM unnest(@kinds::text[], @keys::text[]) AS t (kind, key) ORDER BY t.kind COLLATE "C", t.key COLLATE "C"
ON CONFLICT (kind, key) DO NOTHING
