WITH lost AS (
    DELETE FROM written_chunks w
    WHERE w.written_at < (SELECT clock_ms(@now::bigint)) - @age
    RETURNING w.batch, w.chunk, w.epoch)
DELETE FROM pieces p
USING lost l
WHERE p.batch = l.batch AND p.chunk = l.chunk AND p.epoch = l.epoch
  AND NOT EXISTS (SELECT 1 FROM kept_chunks k WHERE k.batch = l.batch AND k.chunk = l.chunk AND k.epoch = l.epoch)
