DELETE FROM messages WHERE seq IN (SELECT seq FROM messages WHERE state = 'done' AND ended_at < @before ORDER BY ended_at LIMIT 500)
