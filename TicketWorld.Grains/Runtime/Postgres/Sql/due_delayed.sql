SELECT seq, kind, key FROM line WHERE state = 'delayed' AND due_at <= (SELECT clock_ms(@now::bigint)) ORDER BY due_at, seq LIMIT 200 FOR UPDATE SKIP LOCKED
