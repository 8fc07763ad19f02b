SELECT seq, kind, key, priority, due_at FROM messages WHERE state = 'delayed' AND due_at <= @now ORDER BY due_at, seq LIMIT 200
