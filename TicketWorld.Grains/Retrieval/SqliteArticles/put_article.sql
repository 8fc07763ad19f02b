INSERT INTO articles (id, content, vector) VALUES (@id, @content, @vector)
ON CONFLICT (id) DO UPDATE SET content = excluded.content, vector = excluded.vector
