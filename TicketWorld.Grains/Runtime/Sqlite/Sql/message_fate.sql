SELECT CASE WHEN state = 'parked' THEN 'parked' WHEN ended_at IS NULL THEN 'waiting' WHEN error_code = 'discarded' THEN 'discarded' ELSE 'ended' END
FROM messages WHERE id = @id
