SELECT min(due) FROM (
    SELECT min(head_due) AS due FROM grains WHERE head_seq IS NOT NULL AND running = 0 AND head_priority = @priority AND head_due > @now
    UNION ALL
    SELECT min(due_at) FROM messages WHERE state = 'delayed')
