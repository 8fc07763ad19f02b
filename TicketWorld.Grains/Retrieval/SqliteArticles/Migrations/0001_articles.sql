-- Which embedder the vectors are of; see ArticleEmbedder.Name.
CREATE TABLE embedder (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    name TEXT    NOT NULL
);

-- An article as JSON, and its vector as little-endian 32-bit numbers; NULL where its text gives none.
CREATE TABLE articles (
    id      TEXT PRIMARY KEY,
    content TEXT NOT NULL,
    vector  BLOB
);
