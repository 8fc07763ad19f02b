SET LOCAL maintenance_work_mem = '512MB';
CREATE INDEX articles_words ON articles USING gin (words) WITH (fastupdate = off);
CREATE INDEX articles_embedding ON articles USING hnsw (embedding vector_cosine_ops) WITH (m = 16, ef_construction = 64);
ANALYZE articles;
