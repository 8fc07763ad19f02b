WITH due AS (
    DELETE FROM line WHERE seq = ANY (@seqs::bigint[]) AND state = 'delayed'
    RETURNING seq, message_id, kind, key, priority, due_at, attempts, interruptions)
INSERT INTO line (message_id, kind, key, priority, state, due_at, attempts, interruptions)
SELECT message_id, kind, key, priority, 'ready', due_at, attempts, interruptions FROM due ORDER BY due_at, seq
