INSERT INTO embedder (id, name) VALUES (1, @name) ON CONFLICT (id) DO UPDATE SET name = excluded.name
