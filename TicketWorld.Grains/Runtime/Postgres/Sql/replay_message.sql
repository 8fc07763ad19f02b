WITH replayed AS (
    DELETE FROM parked WHERE message_id = @id RETURNING message_id),
again AS (
    UPDATE messages m SET ended_at = NULL, error_type = NULL, error_message = NULL, error_code = NULL
    FROM replayed r WHERE m.id = r.message_id
    RETURNING m.id, m.kind, m.key, m.priority)
INSERT INTO line (message_id, kind, key, priority, state, due_at)
SELECT id, kind, key, priority, 'ready', clock_ms(@now::bigint) FROM again
