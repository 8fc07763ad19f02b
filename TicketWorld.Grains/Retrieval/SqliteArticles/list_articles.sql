SELECT content, vector FROM articles ORDER BY id
