SELECT id, title, body, kind, category, tags, attributes::text, coalesce(1 - (embedding <=> @embedding::real[]::vector), 0)
FROM articles WHERE id = ANY (@ids)
