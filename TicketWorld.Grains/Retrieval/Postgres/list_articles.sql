SELECT id, title, body, kind, category, tags, attributes::text, 0::double precision FROM articles ORDER BY id
