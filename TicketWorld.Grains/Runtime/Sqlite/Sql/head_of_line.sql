SELECT seq, priority, due_at FROM messages
WHERE kind = @kind AND key = @key AND state IN ('ready', 'leased') ORDER BY seq LIMIT 1
