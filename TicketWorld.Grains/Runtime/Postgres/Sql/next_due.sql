SELECT (SELECT min(head_due) FROM grains WHERE head_seq IS NOT NULL AND NOT running AND head_priority = @priority AND head_due > (SELECT clock_ms(@now::bigint))) - clock_ms(@now::bigint),
       (SELECT min(due_at) FROM line WHERE state = 'delayed') - clock_ms(@now::bigint)
