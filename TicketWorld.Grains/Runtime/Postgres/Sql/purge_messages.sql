DELETE FROM messages WHERE id IN (
    SELECT m.id FROM messages m
    WHERE m.ended_at < (SELECT clock_ms(@now::bigint)) - @age AND NOT EXISTS (SELECT 1 FROM parked p WHERE p.message_id = m.id)
    LIMIT 500
    FOR UPDATE SKIP LOCKED)
