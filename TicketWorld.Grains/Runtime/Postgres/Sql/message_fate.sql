SELECT CASE WHEN p.message_id IS NOT NULL THEN 'parked' WHEN m.ended_at IS NULL THEN 'waiting' WHEN m.error_code = 'discarded' THEN 'discarded' ELSE 'ended' END
FROM messages m LEFT JOIN parked p ON p.message_id = m.id WHERE m.id = @id
