INSERT INTO grains (kind, key)
SELECT t.kind, t.key FROM unnest(@kinds::text[], @keys::text[]) AS t (kind, key) ORDER BY t.kind, t.key
ON CONFLICT (kind, key) DO NOTHING
