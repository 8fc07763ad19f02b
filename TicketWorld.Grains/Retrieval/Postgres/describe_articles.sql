-- The first use of an operator loads the extension, and with it its settings.
SELECT 'distance', ('[1,0]'::vector <=> '[0,1]'::vector)::text
UNION ALL SELECT 'server', split_part(version(), ' ', 2)
UNION ALL SELECT 'pgvector', extversion FROM pg_extension WHERE extname = 'vector'
UNION ALL SELECT name, coalesce(current_setting(name, true), '') FROM unnest(ARRAY[
    'shared_buffers', 'fsync', 'synchronous_commit', 'max_parallel_maintenance_workers', 'hnsw.ef_search', 'hnsw.iterative_scan']) AS s (name)
UNION ALL SELECT 'bytes of table with texts and vectors', (pg_relation_size('articles') + coalesce(pg_total_relation_size((SELECT nullif(reltoastrelid, 0) FROM pg_class WHERE oid = 'articles'::regclass)::regclass), 0))::text
UNION ALL SELECT 'bytes of ' || indexrelid::regclass::text, pg_relation_size(indexrelid)::text FROM pg_index WHERE indrelid = 'articles'::regclass
