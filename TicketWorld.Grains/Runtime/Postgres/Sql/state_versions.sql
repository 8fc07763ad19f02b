SELECT s.kind, s.key, s.name, s.version
FROM unnest(@kinds::text[], @keys::text[]) AS t (kind, key)
CROSS JOIN LATERAL (SELECT x.kind, x.key, x.name, x.version FROM states x WHERE x.kind = t.kind AND x.key = t.key OFFSET 0) AS s
