SELECT a.id, 1 - (a.embedding <=> @embedding::real[]::vector)
FROM articles a
WHERE a.embedding IS NOT NULL
    AND (cardinality(@kinds::text[]) = 0 OR a.kind = ANY (@kinds))
    AND (@category::text IS NULL OR a.category = @category)
    AND (cardinality(@tags::text[]) = 0 OR a.tags @> @tags)
    AND (@attributes::jsonb IS NULL OR a.attributes @> @attributes::jsonb)
    AND (cardinality(@without::text[]) = 0 OR a.id <> ALL (@without))
ORDER BY a.embedding <=> @embedding::real[]::vector
LIMIT @depth
